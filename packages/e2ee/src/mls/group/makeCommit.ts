import { type ClientState, createCommit, encodeMlsMessage, type Proposal } from 'ts-mls';
import { unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { consumeRatchet } from 'ts-mls/secretTree.js';
import { asMlsError, MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import { rekeyAlone } from './aloneEpoch.ts';
import { checkCommit } from './checkCommit.ts';
import { checkOutcome } from './checkOutcome.ts';
import { pskProposal } from './externalPsk.ts';
import type { GroupChange } from './GroupMember.ts';
import type { CheckedKeyPackage } from './keyPackage.ts';
import type { Seat } from './Seat.ts';

export interface MadeCommit {
  readonly commit: Uint8Array<ArrayBuffer>;
  readonly welcome: Uint8Array<ArrayBuffer> | null;
  readonly change: GroupChange;
  /** Where the commit leads, for when the delivery service took it. */
  readonly next: ClientState;
  /** Where the group is now: one handshake key further on, so that no key protects two commits. */
  readonly current: ClientState;
  /** Secrets that must be gone once `next` is the state. */
  readonly consumed: readonly Uint8Array[];
}

/**
 * One commit by value (RFC 9420 section 12.4.1) and the Welcome for whom it adds. Our own commit is opened and
 * held against the same rules as everybody else's before it leaves.
 * @throws MlsError as `checkCommit` and `checkOutcome`, and `too_large`.
 */
export async function makeCommit(
  state: ClientState,
  seat: Seat,
  added: readonly CheckedKeyPackage[],
  removed: readonly number[],
): Promise<MadeCommit> {
  const { suite, pskIndex } = seat;
  const own = state.privatePath.leafIndex;
  if (removed.includes(own)) throw new MlsError('not_a_member', 'nobody removes itself by a commit');
  const made = await createCommit(
    { state, cipherSuite: suite, pskIndex },
    { extraProposals: proposalsFor(added, removed, suite.kdf.size), ratchetTreeExtension: added.length > 0 },
  ).catch((error: unknown) => {
    throw asMlsError(error, 'bad_commit', 'a commit cannot be made');
  });
  if (made.commit.wireformat !== 'mls_private_message')
    throw new MlsError('bad_commit', 'a commit in the clear');
  const opened = await unprotectPrivateMessage(
    state.keySchedule.senderDataSecret,
    made.commit.privateMessage,
    state.secretTree,
    state.ratchetTree,
    state.groupContext,
    state.clientConfig.keyRetentionConfig,
    suite,
  );
  if (opened.content.content.contentType !== 'commit') throw new MlsError('bad_commit', 'not a commit');
  const plan = await checkCommit(opened.content.content.commit, own, state, seat);
  const change = checkOutcome(state, made.newState, own, plan);
  const commit = new Uint8Array(encodeMlsMessage(made.commit));
  const welcome = encodeWelcome(made.welcome);
  if (commit.length > MLS_LIMITS.commitBytes || (welcome?.length ?? 0) > MLS_LIMITS.welcomeBytes)
    throw new MlsError('too_large', 'a commit is too large: do it in parts');
  const next = await rekeyAlone(made.newState, state.keySchedule.initSecret, suite);
  const used = await consumeRatchet(state.secretTree, own * 2, 'commit', suite);
  return {
    commit,
    welcome,
    change,
    next,
    current: { ...state, secretTree: used.newTree },
    consumed: made.consumed,
  };
}

function proposalsFor(
  added: readonly CheckedKeyPackage[],
  removed: readonly number[],
  nonceBytes: number,
): Proposal[] {
  return [
    ...removed.map((leafIndex): Proposal => ({ proposalType: 'remove', remove: { removed: leafIndex } })),
    ...added.map(({ keyPackage }): Proposal => ({ proposalType: 'add', add: { keyPackage } })),
    ...(added.length > 0 ? [pskProposal(nonceBytes)] : []),
  ];
}

function encodeWelcome(welcome: Awaited<ReturnType<typeof createCommit>>['welcome']) {
  if (welcome === undefined) return null;
  return new Uint8Array(encodeMlsMessage({ welcome, wireformat: 'mls_welcome', version: 'mls10' }));
}
