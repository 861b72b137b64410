import type { CiphersuiteImpl, ClientState } from 'ts-mls';
import { createConfirmationTag } from 'ts-mls/framedContent.js';
import { initializeEpoch } from 'ts-mls/keySchedule.js';
import { createSecretTree } from 'ts-mls/secretTree.js';
import { leavesOf } from '../tree/leaves.ts';

/**
 * The epoch of a member who is alone after a commit, with a commit secret that nobody else knows.
 *
 * Alone, an UpdatePath has no nodes, and the library then takes zeroes for the commit secret (RFC 9420 section 7.4
 * derives it from the leaf's path secret). Whoever was just removed knows everything else that goes into the next
 * epoch and would read on until somebody re-keys. As nobody else has to arrive at this epoch, a random secret
 * serves as well as the one of the RFC. A state with other members is returned as it is.
 * @param initSecret of the epoch before.
 */
export async function rekeyAlone(
  state: ClientState,
  initSecret: Uint8Array,
  suite: CiphersuiteImpl,
): Promise<ClientState> {
  if (leavesOf(state.ratchetTree).length > 1) return state;
  const commitSecret = suite.rng.randomBytes(suite.kdf.size);
  const noPsk = new Uint8Array(suite.kdf.size);
  const epoch = await initializeEpoch(initSecret, commitSecret, state.groupContext, noPsk, suite.kdf);
  const { confirmedTranscriptHash } = state.groupContext;
  const confirmationTag = await createConfirmationTag(
    epoch.keySchedule.confirmationKey,
    confirmedTranscriptHash,
    suite.hash,
  );
  const secretTree = await createSecretTree(
    (state.ratchetTree.length + 1) / 2,
    epoch.encryptionSecret,
    suite.kdf,
  );
  for (const secret of [commitSecret, epoch.encryptionSecret, epoch.joinerSecret, epoch.welcomeSecret])
    secret.fill(0);
  return { ...state, keySchedule: epoch.keySchedule, confirmationTag, secretTree };
}
