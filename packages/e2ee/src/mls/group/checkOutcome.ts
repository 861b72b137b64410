import type { ClientState } from 'ts-mls';
import { equalBytes } from '../bytes/bytes.ts';
import { MlsError } from '../errors.ts';
import { checkUnique } from '../tree/checkUnique.ts';
import { identityOf, type Leaf, leafNodeAt, leavesOf } from '../tree/leaves.ts';
import type { CommitPlan } from './checkCommit.ts';
import { type GroupChange, memberOf } from './GroupMember.ts';

/**
 * The new epoch is what the commit said: the old leaves without the removed and with the added, everybody with
 * the same identity and signature key as before, nobody twice. Does not trust the library's own bookkeeping.
 * @throws MlsError `bad_commit` or `duplicate`.
 */
export function checkOutcome(
  before: ClientState,
  after: ClientState,
  committer: number,
  plan: CommitPlan,
): GroupChange {
  if (after.groupContext.epoch !== before.groupContext.epoch + 1n)
    throw new MlsError('bad_commit', 'a commit does not lead to the next epoch');
  if (after.groupContext.extensions.length > 0) throw new MlsError('bad_commit', 'a commit sets extensions');
  checkUnique(after.ratchetTree);
  const removed = new Set(plan.removed);
  const stayed = leavesOf(before.ratchetTree).filter((leaf) => !removed.has(leaf.leafIndex));
  for (const leaf of stayed) checkStayed(leaf, after);
  const stayedIndexes = new Set(stayed.map((leaf) => leaf.leafIndex));
  const added = leavesOf(after.ratchetTree).filter((leaf) => !stayedIndexes.has(leaf.leafIndex));
  checkAdded(added, plan);
  return {
    committer: memberOf(leafOf(before, committer)),
    added: added.map(memberOf),
    removed: plan.removed.map((leafIndex) => memberOf(leafOf(before, leafIndex))),
  };
}

export function leafOf(state: ClientState, leafIndex: number): Leaf {
  const found = leavesOf(state.ratchetTree).find((leaf) => leaf.leafIndex === leafIndex);
  if (found === undefined) throw new MlsError('not_a_member', 'a leaf is blank');
  return found;
}

function checkStayed(leaf: Leaf, after: ClientState): void {
  const now = leafNodeAt(after.ratchetTree, leaf.leafIndex);
  const same =
    now !== undefined &&
    equalBytes(now.signaturePublicKey, leaf.node.signaturePublicKey) &&
    equalBytes(identityOf(now), identityOf(leaf.node));
  if (!same) throw new MlsError('bad_commit', 'a commit changes a leaf that it does not name');
}

function checkAdded(added: readonly Leaf[], plan: CommitPlan): void {
  const wanted = plan.added.map(({ keyPackage }) => keyPackage.leafNode);
  const matches =
    added.length === wanted.length &&
    added.every((leaf) => wanted.some((node) => equalBytes(node.signature, leaf.node.signature)));
  if (!matches) throw new MlsError('bad_commit', 'a commit adds others than it names');
}
