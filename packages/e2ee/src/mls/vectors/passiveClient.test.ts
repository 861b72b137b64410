import { readFileSync } from 'node:fs';
import { acceptAll, decodeMlsMessage, joinGroup, makePskIndex, processPublicMessage } from 'ts-mls';
import { expect, test } from 'vitest';
import { defaultSuite, loadSuite } from '../crypto/suite.ts';
import { rootOf, subtreeHashes } from '../tree/hashes.ts';
import { checkParentHashes } from '../tree/parentHashes.ts';
import { checkUnmergedLeaves } from '../tree/unmergedLeaves.ts';

/**
 * RFC 9420's passive-client vectors, made by another implementation: the first case of suite 1 of
 * test-vectors/passive-client-handling-commit.json of github.com/mlswg/mls-implementations. A Welcome, then two
 * commits of others with UpdatePaths, one of them with an Add. It goes through the library as it is, since its people
 * have no credentials of ours, with our primitives and our checks of trees.
 */
interface Vector {
  readonly external_psks: readonly { readonly psk_id: string; readonly psk: string }[];
  readonly key_package: string;
  readonly signature_priv: string;
  readonly encryption_priv: string;
  readonly init_priv: string;
  readonly welcome: string;
  readonly initial_epoch_authenticator: string;
  readonly epochs: readonly { readonly commit: string; readonly epoch_authenticator: string }[];
}

const path = new URL('passive-client-handling-commit.json', import.meta.url);
const vectors: Vector[] = JSON.parse(readFileSync(path, 'utf8'));

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

test('a passive client follows a group of another implementation', async () => {
  const suite = await loadSuite(defaultSuite);
  for (const vector of vectors) {
    const keyPackage = decodeMlsMessage(bytes(vector.key_package), 0)?.[0];
    const welcome = decodeMlsMessage(bytes(vector.welcome), 0)?.[0];
    if (keyPackage?.wireformat !== 'mls_key_package' || welcome?.wireformat !== 'mls_welcome')
      throw new Error('not the messages of a vector');
    const psks = vector.external_psks.map(({ psk_id, psk }) => [
      Buffer.from(psk_id, 'hex').toString('base64'),
      bytes(psk),
    ]);
    const pskIndex = makePskIndex(undefined, Object.fromEntries(psks));
    const privateKeys = {
      initPrivateKey: bytes(vector.init_priv),
      hpkePrivateKey: bytes(vector.encryption_priv),
      signaturePrivateKey: bytes(vector.signature_priv),
    };
    let state = await joinGroup(welcome.welcome, keyPackage.keyPackage, privateKeys, pskIndex, suite);
    expect(hex(state.keySchedule.epochAuthenticator)).toBe(vector.initial_epoch_authenticator);
    for (const epoch of vector.epochs) {
      const commit = decodeMlsMessage(bytes(epoch.commit), 0)?.[0];
      if (commit?.wireformat !== 'mls_public_message') throw new Error('not a commit in the clear');
      state = (await processPublicMessage(state, commit.publicMessage, pskIndex, suite, acceptAll)).newState;
      expect(hex(state.keySchedule.epochAuthenticator)).toBe(epoch.epoch_authenticator);
      const hashes = await subtreeHashes(state.ratchetTree, suite);
      expect(hashes[rootOf(state.ratchetTree)]).toEqual(state.groupContext.treeHash);
      checkUnmergedLeaves(state.ratchetTree);
      await checkParentHashes(state.ratchetTree, hashes, suite);
    }
  }
});
