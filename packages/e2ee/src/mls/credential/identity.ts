import { fromBase64Url, toBase64Url } from '../../base64url.ts';
import type { ByteReader } from '../bytes/ByteReader.ts';
import { bigEndian, concat, equalBytes, opaque16, utf8 } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import type { GuestFields, MemberFields, UnnamedFields } from './MemberCredential.ts';
import { isMemberName } from './memberName.ts';

/** Who somebody is in one stay, by whatever leaf: what a credential says but for its time. */
export type MemberIdentity =
  | Omit<GuestFields, 'notAfter'>
  | Omit<MemberFields, 'notAfter'>
  | Omit<UnnamedFields, 'notAfter'>;

const kindCodes = { guest: 1, member: 2, unnamed: 3 } as const;
const participantIdText = /^[A-Za-z0-9_-]{16}$/;
const uuidText = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const deviceKeyBytes = 32;

/** `MemberIdentity` as `MemberCredential.ts` describes it. @throws MlsError `malformed`. */
export function encodeIdentity(identity: MemberIdentity): Uint8Array<ArrayBuffer> {
  return concat(
    bigEndian(kindCodes[identity.kind], 1),
    encodeParticipantId(identity.participantId),
    identity.kind === 'unnamed' ? new Uint8Array() : encodeName(identity.name),
    identity.kind === 'member' ? uuidBytes(identity.accountId) : new Uint8Array(),
    encodeDeviceKey(identity.deviceKey),
  );
}

function encodeName(name: string): Uint8Array<ArrayBuffer> {
  if (!isMemberName(name)) throw new MlsError('malformed', 'not a name');
  return opaque16(utf8(name));
}

/** @throws MlsError `malformed`. */
export function readIdentity(reader: ByteReader): MemberIdentity {
  const kind = reader.uint8();
  const participantId = readParticipantId(reader);
  if (kind === kindCodes.unnamed)
    return { kind: 'unnamed', participantId, deviceKey: reader.take(deviceKeyBytes) };
  if (kind !== kindCodes.guest && kind !== kindCodes.member)
    throw new MlsError('malformed', 'somebody of no known kind');
  const name = decodeName(reader.opaque16(1, 256));
  const accountId = kind === kindCodes.member ? uuidOf(reader.take(16)) : null;
  const common = { participantId, name, deviceKey: reader.take(deviceKeyBytes) };
  return accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
}

/** What somebody calls themselves; empty where that is not said. */
export function nameIn(identity: MemberIdentity): string {
  return identity.kind === 'unnamed' ? '' : identity.name;
}

/** Whether both are the same person with the same device, under the same name. */
export function isSameIdentity(one: MemberIdentity, other: MemberIdentity): boolean {
  return (
    one.kind === other.kind &&
    one.participantId === other.participantId &&
    nameIn(one) === nameIn(other) &&
    accountOf(one) === accountOf(other) &&
    equalBytes(one.deviceKey, other.deviceKey)
  );
}

/** What is said of somebody but for its time, and nothing that stands beside it. */
export function identityOf(said: MemberIdentity): MemberIdentity {
  const { participantId, deviceKey } = said;
  if (said.kind === 'unnamed') return { kind: 'unnamed', participantId, deviceKey };
  const common = { participantId, name: said.name, deviceKey };
  return said.kind === 'member'
    ? { kind: 'member', accountId: said.accountId, ...common }
    : { kind: 'guest', ...common };
}

function accountOf(identity: MemberIdentity): string | null {
  return identity.kind === 'member' ? identity.accountId : null;
}

export function encodeParticipantId(participantId: string): Uint8Array<ArrayBuffer> {
  if (!participantIdText.test(participantId)) throw new MlsError('malformed', 'not a participant id');
  return fromBase64Url(participantId);
}

export function readParticipantId(reader: ByteReader): string {
  return toBase64Url(reader.take(12));
}

export function encodeDeviceKey(deviceKey: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (deviceKey.length !== deviceKeyBytes) throw new MlsError('malformed', 'not an Ed25519 key');
  return deviceKey;
}

/** ms since 1970 in eight bytes. */
export function encodeTime(time: number): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(time) || time < 0) throw new MlsError('malformed', 'not a time');
  return bigEndian(time, 8);
}

function decodeName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MlsError('malformed', 'a name is not UTF-8');
  }
  if (!isMemberName(name)) throw new MlsError('malformed', 'not a name');
  return name;
}

function uuidBytes(uuid: string): Uint8Array<ArrayBuffer> {
  if (!uuidText.test(uuid)) throw new MlsError('malformed', 'not an account id');
  const digits = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

function uuidOf(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
