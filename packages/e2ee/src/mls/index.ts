export { type AdmissionFields, type AdmittingHost, admissionLifetimeMs } from './admission/HostAdmission.ts';
export { type SigningHost, signAdmission } from './admission/signAdmission.ts';
export { verifyAdmission } from './admission/verifyAdmission.ts';
export { devicePublicKey, makeDeviceKey } from './credential/deviceKey.ts';
export { isSameIdentity, type MemberIdentity, nameIn } from './credential/identity.ts';
export type { Joiner, NamedJoiner } from './credential/issueCredential.ts';
export type {
  CredentialFields,
  GuestFields,
  MemberFields,
  NamedFields,
} from './credential/MemberCredential.ts';
export { defaultSuite, type MlsSuite } from './crypto/suite.ts';
export {
  CommitterElection,
  ELECTION,
  type ElectionStep,
  type PendingChanges,
} from './election/CommitterElection.ts';
export { MlsError, type MlsErrorCode } from './errors.ts';
export type { ChangePolicy, GroupChange, GroupMember, ProposedChange } from './group/GroupMember.ts';
export { Introductions } from './group/Introductions.ts';
export type { LeafSignatures } from './group/LeafSignatures.ts';
export type { LeafSealed } from './group/leafSeal.ts';
export { type FoundOptions, MeetingGroup, type Processed } from './group/MeetingGroup.ts';
export type { PendingCommit } from './group/PendingCommit.ts';
export { PendingJoiner } from './group/PendingJoiner.ts';
export type { SeatOptions } from './group/Seat.ts';
export { MLS_LIMITS } from './limits.ts';
export { type EnteredEpoch, EpochOverlap, OVERLAP } from './overlap/EpochOverlap.ts';
export { type Emoji, emojiTable } from './verification/emoji.ts';
export { compareQr, deviceCode, personCode, personQr } from './verification/personCode.ts';
export { RoomCodeRound, type RoundOptions, type RoundStep } from './verification/RoomCodeRound.ts';
export type { RoomCode } from './verification/roomCode.ts';
