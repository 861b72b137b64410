import { fromBase64Url, toBase64Url } from '../../base64url.ts';
import { concat, equalBytes, owned, utf8 } from '../bytes/bytes.ts';
import { digitGroups } from './digits.ts';

/** Makes each try of who looks for a key with a wanted code dearer, by 12 bits. */
const rounds = 5_200;
const fingerprintBytes = 30;
const qrPrefix = 'CONCLAVE-PERSON-1:';

/**
 * What two people compare to know each other's devices, in this meeting and in all to come: twelve groups of five
 * digits, the same on both sides. 30 digits come from each device key, the smaller 30 digits first.
 *
 * Fingerprint of a key: PBKDF2-HMAC-SHA-512 with the raw public key (32 bytes) as password, salt
 * "Conclave person code v1", 5,200 rounds, 30 bytes; digits by `digitGroups`.
 */
export async function personCode(
  oneDeviceKey: Uint8Array,
  otherDeviceKey: Uint8Array,
): Promise<readonly string[]> {
  const fingerprints = await Promise.all([fingerprint(oneDeviceKey), fingerprint(otherDeviceKey)]);
  return fingerprints
    .map((bytes) => digitGroups(bytes))
    .sort((one, other) => (one.join('') < other.join('') ? -1 : 1))
    .flat();
}

/**
 * What a QR code shows to whoever is to scan it: `CONCLAVE-PERSON-1:` and base64url of the shower's own device
 * key and the key that it sees of the other.
 */
export function personQr(ownDeviceKey: Uint8Array, seenDeviceKey: Uint8Array): string {
  return qrPrefix + toBase64Url(concat(ownDeviceKey, seenDeviceKey));
}

/**
 * What scanning it means: `match` when the shower has the key that we see, and sees ours. `unknown` is no
 * code of ours at all.
 */
export function compareQr(
  scanned: string,
  ownDeviceKey: Uint8Array,
  seenDeviceKey: Uint8Array,
): 'match' | 'mismatch' | 'unknown' {
  if (!/^CONCLAVE-PERSON-1:[A-Za-z0-9_-]{86}$/.test(scanned)) return 'unknown';
  const keys = fromBase64Url(scanned.slice(qrPrefix.length));
  return equalBytes(keys, concat(seenDeviceKey, ownDeviceKey)) ? 'match' : 'mismatch';
}

/** What stands for one key in the code of two people: six groups of five digits. @param deviceKey raw, 32 bytes */
export async function deviceCode(deviceKey: Uint8Array): Promise<readonly string[]> {
  return digitGroups(await fingerprint(deviceKey));
}

async function fingerprint(deviceKey: Uint8Array): Promise<Uint8Array> {
  if (deviceKey.length !== 32) throw new TypeError('a device key has 32 bytes');
  const key = await crypto.subtle.importKey('raw', owned(deviceKey), 'PBKDF2', false, ['deriveBits']);
  const salt = utf8('Conclave person code v1');
  return new Uint8Array(
    await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-512', salt, iterations: rounds },
      key,
      fingerprintBytes * 8,
    ),
  );
}
