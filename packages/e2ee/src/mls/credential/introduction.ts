import { concat, owned } from '../bytes/bytes.ts';
import { ed25519 } from '../crypto/ed25519.ts';
import { MlsError } from '../errors.ts';
import { decodeCredential } from './decodeCredential.ts';
import { encodeBinding } from './encodeCredential.ts';
import { fieldsOf, issueCredential, type NamedJoiner, type ProofLabels } from './issueCredential.ts';
import type { MeetingKeys } from './MeetingKeys.ts';
import type { MemberCredential, NamedFields } from './MemberCredential.ts';

/** Apart from a credential's: neither can be taken for the other. */
const labels: ProofLabels = {
  signature: 'Conclave introduction v1',
  tag: 'Conclave introduction admission v1',
};
const leafLabel = 'Conclave introduced leaf v1';
const signatureBytes = 64;

export interface LeafKeys {
  readonly publicKey: Uint8Array;
  readonly signKey: Uint8Array;
}

/**
 * Who an unnamed leaf is, for those alone who may know it, in TLS presentation language:
 *
 * ```text
 * struct {
 *   MemberCredential who;        // guest or member, with the leaf's participant id; both proofs under labels of their own,
 *                                // "Conclave introduction v1" and "Conclave introduction admission v1"
 *   opaque leaf_signature[64];   // Ed25519 by the leaf's key over CredentialBinding, label "Conclave introduced leaf v1"
 * } Introduction;
 * ```
 *
 * The device says that the leaf is its, and the leaf that it is the device's: without the second, a member could have others'
 * leaves shown under their own name. Both bind meeting and leaf's key as a credential does.
 */
export async function issueIntroduction(
  named: NamedJoiner,
  meetingId: string,
  keys: MeetingKeys,
  leaf: LeafKeys,
): Promise<Uint8Array<ArrayBuffer>> {
  const fields = await fieldsOf(named);
  const who = await issueCredential(named, meetingId, keys, leaf.publicKey, labels);
  const binding = encodeBinding(leafLabel, meetingId, leaf.publicKey, fields);
  return concat(who, owned(await ed25519.sign(leaf.signKey, binding)));
}

/** Says nothing of signatures and tag. @throws MlsError `malformed`. */
export function openIntroduction(introduction: Uint8Array) {
  const end = introduction.length - signatureBytes;
  if (end <= 0) throw new MlsError('malformed', 'an introduction is too short');
  const who = decodeCredential(introduction.subarray(0, end));
  if (who.kind === 'unnamed') throw new MlsError('malformed', 'an introduction without a name');
  return {
    who: who satisfies NamedFields as NamedFields & MemberCredential,
    leafSignature: owned(introduction.subarray(end)),
    labels,
    leafLabel,
  };
}
