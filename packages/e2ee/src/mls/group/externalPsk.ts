import type { PreSharedKeyID, Proposal, PskIndex } from 'ts-mls';
import { equalBytes, utf8 } from '../bytes/bytes.ts';
import { MlsError, type MlsErrorCode } from '../errors.ts';

const pskId = utf8('Conclave meeting secret v1');

/** The meeting's secret as the one PSK that can be asked for. */
export function pskIndexOf(externalPsk: Uint8Array): PskIndex {
  return {
    findPsk: (id) => (isOurs(id) ? externalPsk : undefined),
  };
}

/** RFC 9420 section 8.4: a fresh nonce of the KDF's size for each use. */
export function pskProposal(nonceBytes: number): Proposal {
  const pskNonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  return { proposalType: 'psk', psk: { preSharedKeyId: { psktype: 'external', pskId, pskNonce } } };
}

/** Exactly one use of the meeting's secret and nothing else. @throws MlsError with the code given. */
export function checkPskIds(ids: readonly PreSharedKeyID[], nonceBytes: number, code: MlsErrorCode): void {
  const [only] = ids;
  if (only === undefined || ids.length !== 1 || !isOurs(only))
    throw new MlsError(code, "somebody is added without the meeting's secret");
  if (only.pskNonce.length !== nonceBytes) throw new MlsError(code, 'the nonce of a PSK has another size');
}

function isOurs(id: PreSharedKeyID): boolean {
  return id.psktype === 'external' && equalBytes(id.pskId, pskId);
}
