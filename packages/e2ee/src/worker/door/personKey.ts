import { toBase64Url } from '../../base64url.ts';
import { type MemberIdentity, nameIn } from '../../mls/index.ts';

/** Somebody with this device under this name, in whichever stay. Equal for no two others. */
export function personKey(person: MemberIdentity): string {
  const owner = person.kind === 'member' ? person.accountId : person.kind;
  return `${owner} ${toBase64Url(person.deviceKey)} ${nameIn(person)}`;
}
