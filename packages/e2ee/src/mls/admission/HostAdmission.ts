import type { MemberIdentity } from '../credential/identity.ts';

/** Under which a host's device signs. Apart from the admission tag of a credential, which shows knowledge of the passcode. */
export const hostAdmissionLabel = 'Conclave host admission v1';

/** So long an admission is good at most, ms: longer than a day of meetings, shorter than a credential. */
export const admissionLifetimeMs = 24 * 60 * 60 * 1_000;

export interface AdmissionFields {
  readonly meetingId: string;
  /** Whom the host has let in: this person, by this device, under this name. Not one KeyPackage of theirs. */
  readonly who: MemberIdentity;
  /** ms since 1970, by the host's clock. */
  readonly issuedAt: number;
  /** Later than `issuedAt`, by 24 h at most. From then on it lets nobody in. */
  readonly notAfter: number;
  readonly host: AdmittingHost;
}

export interface AdmittingHost {
  readonly participantId: string;
  /** Ed25519, raw, 32 bytes: of the host's own credential. */
  readonly deviceKey: Uint8Array<ArrayBuffer>;
}

/**
 * A host's signed word that somebody who waited may come in, in TLS presentation language; at most 511 bytes:
 *
 * ```text
 * struct {
 *   uint16 version = 1;
 *   opaque meeting_id<1..64>;
 *   MemberIdentity who;              // as in `MemberCredential.ts`
 *   uint64 issued_at;                // ms
 *   uint64 not_after;                // ms; issued_at < not_after <= issued_at + 24 h
 *   opaque host_participant_id[12];
 *   opaque host_device_key[32];
 * } AdmissionFields;
 *
 * struct {
 *   AdmissionFields fields;
 *   opaque signature[64];            // Ed25519 by host_device_key over AdmissionBinding, label "Conclave host admission v1"
 * } HostAdmission;
 *
 * struct {
 *   opaque label<1..64>;
 *   AdmissionFields fields;
 * } AdmissionBinding;
 * ```
 */
export type HostAdmission = AdmissionFields & { readonly signature: Uint8Array<ArrayBuffer> };
