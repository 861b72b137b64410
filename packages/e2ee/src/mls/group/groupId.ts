import { utf8 } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';

/** @throws MlsError `malformed` unless it is 1 to 64 bytes of UTF-8. */
export function groupIdBytes(groupId: string): Uint8Array<ArrayBuffer> {
  const bytes = utf8(groupId);
  if (bytes.length < 1 || bytes.length > MLS_LIMITS.groupIdBytes)
    throw new MlsError('malformed', 'not a group id');
  return bytes;
}
