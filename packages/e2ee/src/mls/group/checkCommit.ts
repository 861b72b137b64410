import type { ClientState, Commit, LeafNode, Proposal } from 'ts-mls';
import { equalBytes } from '../bytes/bytes.ts';
import { LIFETIMES } from '../credential/lifetime.ts';
import { checkEncryptionKey } from '../crypto/encryptionKeys.ts';
import { MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import { checkLeaf } from '../tree/checkLeaf.ts';
import { identityOf, leafNodeAt } from '../tree/leaves.ts';
import { checkPskIds } from './externalPsk.ts';
import { type CheckedKeyPackage, checkKeyPackage } from './keyPackage.ts';
import type { Seat } from './Seat.ts';

/** A commit that is within our profile: what it adds and whom it removes. */
export interface CommitPlan {
  readonly added: readonly CheckedKeyPackage[];
  readonly removed: readonly number[];
}

/**
 * Our profile of RFC 9420 section 12.4, asked of every commit before it is made known and before it is processed:
 *
 * - proposals by value only, and of three types: Add, Remove, external PSK;
 * - one PSK proposal, of the meeting's secret, when somebody is added, and none otherwise;
 * - an UpdatePath when somebody is removed or nothing is proposed; a commit that only adds has none (section 12.4
 *   lets it be left out: who joins gets new secrets in any case, and 50 joins stay one small message);
 * - the committer's credential is still valid; it stays in the group, keeps credential and signature key, and takes a new encryption key.
 *
 * @throws MlsError `bad_commit`, `bad_credential`, `not_a_member`, `too_large`, or what `checkKeyPackage` throws.
 */
export async function checkCommit(
  commit: Commit,
  committer: number,
  state: ClientState,
  seat: Seat,
): Promise<CommitPlan> {
  const proposals = commit.proposals.map((entry) => {
    if (entry.proposalOrRefType !== 'proposal') throw new MlsError('bad_commit', 'a proposal by reference');
    return entry.proposal;
  });
  const adds = proposals.filter(isAdd);
  const removed = proposals.filter(isRemove).map((proposal) => proposal.remove.removed);
  const psks = proposals.filter(isPsk).map((proposal) => proposal.psk.preSharedKeyId);
  if (adds.length + removed.length + psks.length !== proposals.length)
    throw new MlsError('bad_commit', 'a proposal of a type that we do not use');
  if (adds.length > MLS_LIMITS.addsPerCommit || removed.length > MLS_LIMITS.removesPerCommit)
    throw new MlsError('too_large', 'a commit does too much at once');
  if (adds.length > 0) checkPskIds(psks, seat.suite.kdf.size, 'bad_commit');
  else if (psks.length > 0) throw new MlsError('bad_commit', 'a PSK where nobody is added');
  const before = leafNodeAt(state.ratchetTree, committer);
  if (before === undefined) throw new MlsError('not_a_member', 'a committer is no member');
  // Its credential was valid when it came in; it may be over by now.
  const isOurs = committer === state.privatePath.leafIndex;
  const [committing, adding] = isOurs
    ? [LIFETIMES.committing, LIFETIMES.adding]
    : [LIFETIMES.committed, LIFETIMES.added];
  await checkLeaf(before, seat.suiteName, seat.authentication, committing);
  checkRemoved(removed, committer, state);
  checkPath(commit.path?.leafNode, adds.length > 0 && removed.length === 0, before);
  for (const { hpkePublicKey } of commit.path?.nodes ?? []) checkEncryptionKey(hpkePublicKey);
  const added = await Promise.all(
    adds.map((proposal) => checkKeyPackage(proposal.add.keyPackage, seat, adding)),
  );
  return { added, removed };
}

function checkRemoved(removed: readonly number[], committer: number, state: ClientState): void {
  if (new Set(removed).size !== removed.length) throw new MlsError('bad_commit', 'a leaf is removed twice');
  for (const leafIndex of removed) {
    if (leafNodeAt(state.ratchetTree, leafIndex) === undefined)
      throw new MlsError('not_a_member', 'a leaf to be removed is blank');
    if (leafIndex === committer) throw new MlsError('bad_commit', 'a committer removes itself');
  }
}

function checkPath(path: LeafNode | undefined, onlyAdds: boolean, before: LeafNode): void {
  if (path === undefined) {
    if (!onlyAdds) throw new MlsError('bad_commit', 'a commit that must re-key has no UpdatePath');
    return;
  }
  checkEncryptionKey(path.hpkePublicKey);
  const kept =
    equalBytes(identityOf(path), identityOf(before)) &&
    equalBytes(path.signaturePublicKey, before.signaturePublicKey) &&
    path.extensions.length === 0 &&
    JSON.stringify(path.capabilities) === JSON.stringify(before.capabilities);
  if (!kept) throw new MlsError('bad_commit', 'a committer changes who it is');
  if (equalBytes(path.hpkePublicKey, before.hpkePublicKey))
    throw new MlsError('bad_commit', 'a committer keeps its encryption key');
}

type Typed<T extends string> = Extract<Proposal, { proposalType: T }>;

function isAdd(proposal: Proposal): proposal is Typed<'add'> {
  return proposal.proposalType === 'add';
}

function isRemove(proposal: Proposal): proposal is Typed<'remove'> {
  return proposal.proposalType === 'remove';
}

function isPsk(proposal: Proposal): proposal is Typed<'psk'> {
  return proposal.proposalType === 'psk';
}
