import {
  type CiphersuiteImpl,
  type ClientState,
  createCommit,
  defaultAuthenticationService,
  encodeMlsMessage,
  type MLSMessage,
  type Proposal,
} from 'ts-mls';
import { applyProposals, nextEpochContext } from 'ts-mls/clientState.js';
import { createConfirmationTag, createContentCommitSignature } from 'ts-mls/framedContent.js';
import { initializeEpoch } from 'ts-mls/keySchedule.js';
import { protect } from 'ts-mls/messageProtection.js';
import { treeHashRoot } from 'ts-mls/treeHash.js';
import { toLeafIndex } from 'ts-mls/treemath.js';
import { deriveMeetingKeys } from '../credential/MeetingKeys.ts';
import { defaultSuite, loadSuite } from '../crypto/suite.ts';
import { pskIndexOf, pskProposal } from '../group/externalPsk.ts';
import { type MeetingGroup, stateOf } from '../group/MeetingGroup.ts';
import { readKeyPackage } from '../group/wire.ts';
import { psk } from './people.ts';

export const suite: CiphersuiteImpl = await loadSuite(defaultSuite);
export const pskIndex = pskIndexOf((await deriveMeetingKeys(psk)).externalPsk);

/** A member's state in the hands of somebody who checks nothing. */
export function rogueState(group: MeetingGroup): ClientState {
  const state = stateOf(group);
  return { ...state, clientConfig: { ...state.clientConfig, authService: defaultAuthenticationService } };
}

export function add(keyPackage: Uint8Array): Proposal {
  return { proposalType: 'add', add: { keyPackage: readKeyPackage(keyPackage) } };
}

export function removal(removed: number): Proposal {
  return { proposalType: 'remove', remove: { removed } };
}

export function useOfPsk(): Proposal {
  return pskProposal(suite.kdf.size);
}

/** A commit by the library itself, without any of our rules. */
export async function rawCommit(
  state: ClientState,
  extraProposals: Proposal[],
  wireAsPublicMessage = false,
  cipherSuite = suite,
) {
  const made = await createCommit(
    { state, cipherSuite, pskIndex },
    { extraProposals, wireAsPublicMessage, ratchetTreeExtension: true },
  );
  return { bytes: encodeMlsMessage(made.commit), next: made.newState, welcome: made.welcome };
}

/** A commit without an UpdatePath, correct in all else: signature, confirmation tag, encryption. */
export async function pathlessCommit(state: ClientState, proposals: Proposal[]) {
  const entries = proposals.map((proposal) => ({ proposalOrRefType: 'proposal' as const, proposal }));
  const own = state.privatePath.leafIndex;
  const applied = await applyProposals(state, entries, toLeafIndex(own), pskIndex, true, suite);
  const { signature, framedContent } = await createContentCommitSignature(
    state.groupContext,
    'mls_private_message',
    { proposals: entries, path: undefined },
    { senderType: 'member', leafIndex: own },
    new Uint8Array(),
    state.signaturePrivateKey,
    suite.signature,
  );
  const context = await nextEpochContext(
    state.groupContext,
    'mls_private_message',
    framedContent,
    signature,
    await treeHashRoot(applied.tree, suite.hash),
    state.confirmationTag,
    suite.hash,
  );
  const zeroes = new Uint8Array(suite.kdf.size);
  const epoch = await initializeEpoch(
    state.keySchedule.initSecret,
    zeroes,
    context,
    applied.pskSecret,
    suite.kdf,
  );
  const { confirmationKey } = epoch.keySchedule;
  const confirmationTag = await createConfirmationTag(
    confirmationKey,
    context.confirmedTranscriptHash,
    suite.hash,
  );
  const auth = { contentType: 'commit' as const, signature, confirmationTag };
  const sealed = await protect(
    state.keySchedule.senderDataSecret,
    new Uint8Array(),
    state.groupContext,
    state.secretTree,
    { ...framedContent, auth },
    own,
    state.clientConfig.paddingConfig,
    suite,
  );
  const message: MLSMessage = {
    version: 'mls10',
    wireformat: 'mls_private_message',
    privateMessage: sealed.privateMessage,
  };
  return { bytes: encodeMlsMessage(message), context, keySchedule: epoch.keySchedule };
}
