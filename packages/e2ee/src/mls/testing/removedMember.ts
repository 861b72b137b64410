import type { ClientState, GroupContext } from 'ts-mls';
import { decryptWithLabel } from 'ts-mls/crypto/hpke.js';
import { deriveSecret } from 'ts-mls/crypto/kdf.js';
import { encodeGroupContext } from 'ts-mls/groupContext.js';
import { initializeEpoch } from 'ts-mls/keySchedule.js';
import { unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { equalBytes } from '../bytes/bytes.ts';
import { readPrivateMessage } from '../group/wire.ts';
import { suite } from './rogue.ts';

/** A copy that does not notice when the group wipes its own. */
export function snapshot(state: ClientState): ClientState {
  return structuredClone({ ...state, clientConfig: undefined }) as unknown as ClientState;
}

/**
 * Tries to derive the epoch after a commit from the state of before, the commit, and the new epoch's whole
 * GroupContext: more than the server and a removed member have between them. Every private key is tried
 * on every ciphertext of the UpdatePath, and zeroes where there is none.
 * @returns whether one of the tries gives the epoch authenticator.
 */
export async function canDeriveNext(
  state: ClientState,
  commit: Uint8Array,
  next: { readonly groupContext: GroupContext; readonly epochAuthenticator: Uint8Array },
): Promise<boolean> {
  const zeroes = new Uint8Array(suite.kdf.size);
  const candidates: Uint8Array[] = [zeroes];
  for (const pathSecret of await openedPathSecrets(state, commit, next.groupContext)) {
    // Which level it is of is not known: up to the root and once more.
    let secret = pathSecret;
    for (let level = 0; level < 10; level++) {
      secret = await deriveSecret(secret, 'path', suite.kdf);
      candidates.push(secret);
    }
  }
  for (const commitSecret of candidates) {
    const { initSecret } = state.keySchedule;
    const epoch = await initializeEpoch(initSecret, commitSecret, next.groupContext, zeroes, suite.kdf);
    if (equalBytes(epoch.keySchedule.epochAuthenticator, next.epochAuthenticator)) return true;
  }
  return false;
}

async function openedPathSecrets(
  state: ClientState,
  commit: Uint8Array,
  groupContext: GroupContext,
): Promise<Uint8Array[]> {
  const opened = await unprotectPrivateMessage(
    state.keySchedule.senderDataSecret,
    readPrivateMessage(commit),
    state.secretTree,
    state.ratchetTree,
    state.groupContext,
    { retainKeysForEpochs: 1, retainKeysForGenerations: 1, maximumForwardRatchetSteps: 100 },
    suite,
  );
  if (opened.content.content.contentType !== 'commit') return [];
  // The context that path secrets are sealed under: the new tree's, with the transcript of before (section 7.6).
  const { confirmedTranscriptHash } = state.groupContext;
  const info = encodeGroupContext({ ...groupContext, confirmedTranscriptHash });
  const found: Uint8Array[] = [];
  for (const { encryptedPathSecret } of opened.content.content.commit.path?.nodes ?? []) {
    for (const { kemOutput, ciphertext } of encryptedPathSecret) {
      for (const key of Object.values(state.privatePath.privateKeys)) {
        const privateKey = await suite.hpke.importPrivateKey(key);
        const secret = await decryptWithLabel(
          privateKey,
          'UpdatePathNode',
          info,
          kemOutput,
          ciphertext,
          suite.hpke,
        ).catch(() => null);
        if (secret !== null) found.push(secret);
      }
    }
  }
  return found;
}
