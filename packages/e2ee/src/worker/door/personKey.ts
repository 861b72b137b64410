import { toBase64Url } from '../../base64url.ts';
import type { MemberIdentity } from '../../mls/index.ts';

/** Somebody with this device under this name, in whichever stay. Equal for no two others. */
export function personKey(person: MemberIdentity): string {
  const owner = person.kind === 'member' ? person.accountId : 'guest';
  return `${owner} ${toBase64Url(person.deviceKey)} ${person.name}`;
}
