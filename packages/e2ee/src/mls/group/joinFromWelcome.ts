import type { ClientState, GroupInfo, RatchetTree } from 'ts-mls';
import {
  ratchetTreeFromExtension,
  verifyGroupInfoConfirmationTag,
  verifyGroupInfoSignature,
} from 'ts-mls/groupInfo.js';
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import { deriveKeySchedule } from 'ts-mls/keySchedule.js';
import { accumulatePskSecret } from 'ts-mls/pskIndex.js';
import { createSecretTree } from 'ts-mls/secretTree.js';
import { decryptGroupInfo, decryptGroupSecrets } from 'ts-mls/welcome.js';
import { equalBytes } from '../bytes/bytes.ts';
import { asMlsError, MlsError } from '../errors.ts';
import { MLS_LIMITS } from '../limits.ts';
import { checkTree } from '../tree/checkTree.ts';
import { leafNodeAt } from '../tree/leaves.ts';
import { checkPskIds } from './externalPsk.ts';
import type { OwnKeyPackage } from './keyPackage.ts';
import { pathKeysOf } from './pathKeys.ts';
import type { Seat } from './Seat.ts';
import { readWelcome } from './wire.ts';

/**
 * Joining by Welcome (RFC 9420 section 12.4.3.1), step by step as the section lists it. Written here and not
 * left to the library's `joinGroup`, which refuses honest trees (see `unmergedLeaves.ts`), takes a Welcome
 * without the meeting's secret, and does not compare the path's keys with the tree's.
 * @throws MlsError `bad_welcome`, `wrong_group`, `too_large`, or what `checkTree` throws.
 */
export async function joinFromWelcome(
  bytes: Uint8Array,
  groupId: Uint8Array,
  own: OwnKeyPackage,
  seat: Seat,
): Promise<ClientState> {
  try {
    return await join(bytes, groupId, own, seat);
  } catch (error) {
    throw asMlsError(error, 'bad_welcome', 'a Welcome does not lead to a group');
  }
}

async function join(
  bytes: Uint8Array,
  groupId: Uint8Array,
  own: OwnKeyPackage,
  seat: Seat,
): Promise<ClientState> {
  const { suite } = seat;
  const { publicPackage, privatePackage } = own;
  const welcome = readWelcome(bytes);
  if (welcome.cipherSuite !== seat.suiteName) throw new MlsError('bad_welcome', 'a Welcome of another suite');
  const initKey = await suite.hpke.importPrivateKey(privatePackage.initPrivateKey);
  const ref = await makeKeyPackageRef(publicPackage, suite.hash);
  const secrets = await decryptGroupSecrets(initKey, ref, welcome, suite.hpke);
  if (secrets === undefined) throw new MlsError('bad_welcome', 'a Welcome for somebody else');
  checkPskIds(secrets.psks, suite.kdf.size, 'bad_welcome');
  const zeroes = new Uint8Array(suite.kdf.size);
  const [pskSecret] = await accumulatePskSecret(secrets.psks, seat.pskIndex, suite, zeroes);
  const info = await decryptGroupInfo(welcome, secrets.joinerSecret, pskSecret, suite);
  if (info === undefined) throw new MlsError('bad_welcome', "a Welcome's GroupInfo is not readable");
  checkContext(info, groupId, seat);
  const tree = treeOf(info);
  await checkTree(tree, info.groupContext, suite, seat.suiteName, seat.authentication);
  const leafIndex = ownLeafIn(tree, own);
  await checkSigner(info, tree, leafIndex, seat);
  const privateKeys = await pathKeysOf(tree, leafIndex, info.signer, secrets.pathSecret, suite);
  privateKeys[leafIndex * 2] = privatePackage.hpkePrivateKey;
  if (!(await verifyGroupInfoConfirmationTag(info, secrets.joinerSecret, pskSecret, suite)))
    throw new MlsError('bad_welcome', 'the confirmation tag is wrong');
  const [keySchedule, encryptionSecret] = await deriveKeySchedule(
    secrets.joinerSecret,
    pskSecret,
    info.groupContext,
    suite.kdf,
  );
  const secretTree = await createSecretTree((tree.length + 1) / 2, encryptionSecret, suite.kdf);
  encryptionSecret.fill(0);
  secrets.joinerSecret.fill(0);
  return {
    groupContext: info.groupContext,
    keySchedule,
    secretTree,
    ratchetTree: tree,
    privatePath: { leafIndex, privateKeys },
    signaturePrivateKey: privatePackage.signaturePrivateKey,
    unappliedProposals: {},
    confirmationTag: info.confirmationTag,
    historicalReceiverData: new Map(),
    groupActiveState: { kind: 'active' },
    clientConfig: seat.config,
  };
}

function checkContext(info: GroupInfo, groupId: Uint8Array, seat: Seat): void {
  const context = info.groupContext;
  if (!equalBytes(context.groupId, groupId)) throw new MlsError('wrong_group', 'a Welcome to another group');
  if (context.version !== 'mls10' || context.cipherSuite !== seat.suiteName)
    throw new MlsError('bad_welcome', 'a group of another version or suite');
  if (context.extensions.length > 0) throw new MlsError('bad_welcome', 'a group with extensions');
  if (context.epoch < 1n || context.epoch > BigInt(Number.MAX_SAFE_INTEGER))
    throw new MlsError('bad_welcome', 'an impossible epoch');
}

function treeOf(info: GroupInfo): RatchetTree {
  const [extension] = info.extensions;
  if (info.extensions.length !== 1 || extension?.extensionType !== 'ratchet_tree')
    throw new MlsError('bad_welcome', 'a GroupInfo must bring the tree and nothing else');
  const tree = ratchetTreeFromExtension(info);
  if (tree === undefined) throw new MlsError('bad_welcome', 'a tree is not readable');
  if (tree.length > MLS_LIMITS.leaves * 2 - 1) throw new MlsError('too_large', 'a tree has too many leaves');
  return tree;
}

function ownLeafIn(tree: RatchetTree, own: OwnKeyPackage): number {
  const { signature } = own.publicPackage.leafNode;
  const nodeIndex = tree.findIndex(
    (node) => node?.nodeType === 'leaf' && equalBytes(node.leaf.signature, signature),
  );
  if (nodeIndex < 0) throw new MlsError('bad_welcome', 'the tree has no leaf of ours');
  return nodeIndex / 2;
}

async function checkSigner(info: GroupInfo, tree: RatchetTree, ownLeaf: number, seat: Seat): Promise<void> {
  const signer = leafNodeAt(tree, info.signer);
  if (signer === undefined || info.signer === ownLeaf)
    throw new MlsError('bad_welcome', 'a Welcome is signed by nobody in the tree');
  if (!(await verifyGroupInfoSignature(info, signer.signaturePublicKey, seat.suite.signature)))
    throw new MlsError('bad_welcome', 'a Welcome is not signed');
}
