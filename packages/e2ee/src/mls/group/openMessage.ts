import type { ClientState, Commit, PrivateMessage, SecretTree } from 'ts-mls';
import { unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { equalBytes } from '../bytes/bytes.ts';
import { asMlsError, MlsError } from '../errors.ts';
import { leafNodeAt } from '../tree/leaves.ts';
import type { Seat } from './Seat.ts';

/** A message whose protection and signature hold: from whom, and what. */
export type OpenedMessage =
  | { readonly kind: 'commit'; readonly sender: number; readonly commit: Commit }
  | {
      readonly kind: 'application';
      readonly sender: number;
      readonly epoch: bigint;
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** The state with this message's key used up. */
      readonly after: ClientState;
    };

/**
 * Opens a PrivateMessage (RFC 9420 section 6.3). Commits of the present epoch only; application messages of past
 * epochs too, as long as their keys are kept and their sender is the same member still: who was removed
 * is not heard any more, also not by keys of before.
 * @throws MlsError `wrong_group`, `stale_epoch`, `future_epoch`, `bad_commit` or `bad_message`.
 */
export async function openMessage(
  message: PrivateMessage,
  state: ClientState,
  seat: Seat,
): Promise<OpenedMessage> {
  checkPlace(message, state);
  const past = message.epoch === state.groupContext.epoch ? null : pastEpoch(message, state);
  const keys = past ?? { ...state, senderDataSecret: state.keySchedule.senderDataSecret };
  const bad = message.contentType === 'commit' ? 'bad_commit' : 'bad_message';
  const opened = await unprotectPrivateMessage(
    keys.senderDataSecret,
    message,
    keys.secretTree,
    keys.ratchetTree,
    keys.groupContext,
    state.clientConfig.keyRetentionConfig,
    seat.suite,
  ).catch((error: unknown) => {
    throw asMlsError(error, bad, 'a message does not open');
  });
  const { content } = opened.content;
  if (content.sender.senderType !== 'member') throw new MlsError(bad, 'a message of somebody outside');
  const sender = content.sender.leafIndex;
  if (sender === state.privatePath.leafIndex) throw new MlsError(bad, 'a message of our own comes back');
  if (content.contentType === 'commit') return { kind: 'commit', sender, commit: content.commit };
  if (content.contentType !== 'application') throw new MlsError('bad_message', 'a proposal on its own');
  const signedBy = leafNodeAt(keys.ratchetTree, sender);
  const now = leafNodeAt(state.ratchetTree, sender);
  if (!signedBy || !now || !equalBytes(signedBy.signaturePublicKey, now.signaturePublicKey))
    throw new MlsError('bad_message', 'a message of somebody who is no member any more');
  const after = withSecretTree(state, message.epoch, opened.tree);
  for (const secret of opened.consumed) secret.fill(0);
  return {
    kind: 'application',
    sender,
    epoch: message.epoch,
    bytes: new Uint8Array(content.applicationData),
    after,
  };
}

function checkPlace(message: PrivateMessage, state: ClientState): void {
  const { epoch, groupId } = state.groupContext;
  if (!equalBytes(message.groupId, groupId)) throw new MlsError('wrong_group', 'a message of another group');
  if (message.epoch > epoch) throw new MlsError('future_epoch', 'a message of an epoch to come');
  if (message.contentType === 'proposal') throw new MlsError('bad_message', 'a proposal on its own');
  if (message.contentType === 'commit' && message.epoch < epoch)
    throw new MlsError('stale_epoch', 'a commit of an epoch that is over');
}

function pastEpoch(message: PrivateMessage, state: ClientState) {
  const past = state.historicalReceiverData.get(message.epoch);
  if (past === undefined) throw new MlsError('stale_epoch', 'a message of an epoch whose keys are gone');
  return past;
}

function withSecretTree(state: ClientState, epoch: bigint, secretTree: SecretTree): ClientState {
  if (epoch === state.groupContext.epoch) return { ...state, secretTree };
  const history = new Map(state.historicalReceiverData);
  const past = history.get(epoch);
  if (past !== undefined) history.set(epoch, { ...past, secretTree });
  return { ...state, historicalReceiverData: history };
}
