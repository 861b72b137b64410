import { decodeMlsMessage, type KeyPackage, type PrivateMessage, type Welcome } from 'ts-mls';
import { asMlsError, MlsError, type MlsErrorCode } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';

/** The three messages we take, each an MLSMessage (RFC 9420 section 6) alone in its bytes. */
export function readPrivateMessage(bytes: Uint8Array): PrivateMessage {
  const limit = Math.max(MLS_LIMITS.commitBytes, MLS_LIMITS.messageBytes);
  const message = readMessage(bytes, limit, 'malformed');
  if (message.wireformat !== 'mls_private_message')
    throw new MlsError('malformed', 'a message in the clear, or none of the group');
  const { contentType, authenticatedData } = message.privateMessage;
  const own = contentType === 'commit' ? MLS_LIMITS.commitBytes : MLS_LIMITS.messageBytes;
  if (bytes.length > own) throw new MlsError('too_large', 'a message is too large');
  if (authenticatedData.length > 0)
    throw new MlsError('malformed', 'a message carries data beside its content');
  return message.privateMessage;
}

export function readWelcome(bytes: Uint8Array): Welcome {
  const message = readMessage(bytes, MLS_LIMITS.welcomeBytes, 'bad_welcome');
  if (message.wireformat !== 'mls_welcome') throw new MlsError('bad_welcome', 'not a Welcome');
  return message.welcome;
}

export function readKeyPackage(bytes: Uint8Array): KeyPackage {
  const message = readMessage(bytes, MLS_LIMITS.keyPackageBytes, 'bad_key_package');
  if (message.wireformat !== 'mls_key_package') throw new MlsError('bad_key_package', 'not a KeyPackage');
  return message.keyPackage;
}

function readMessage(bytes: Uint8Array, limit: number, code: MlsErrorCode) {
  if (bytes.length > limit) throw new MlsError('too_large', 'a message is too large');
  // A copy: what the library decodes are views, and the caller's buffer may be written to again.
  const own = new Uint8Array(bytes);
  try {
    const decoded = decodeMlsMessage(own, 0);
    if (decoded !== undefined && decoded[1] === own.length) return decoded[0];
  } catch (error) {
    throw asMlsError(error, code, 'not a message of MLS');
  }
  throw new MlsError(code, 'not a message of MLS');
}
