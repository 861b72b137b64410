import type { RatchetTree } from 'ts-mls';
import { toBase64Url } from '../../base64url.ts';
import { MlsError } from '../errors.ts';
import { leavesOf } from './leaves.ts';

/**
 * One leaf for each participant, each signature key once, each HPKE key once over leaves and parents
 * (RFC 9420 sections 7.3 and 12.4.3.1). The library compares the tree with itself only, never with what is
 * added, and lets a second leaf of one identity in; so this is asked of every tree before it is taken.
 * @throws MlsError `duplicate`, or `malformed` for a credential outside our grammar.
 */
export function checkUnique(tree: RatchetTree): void {
  const participants = new Set<string>();
  const signatureKeys = new Set<string>();
  const hpkeKeys = new Set<string>();
  for (const { credential, node } of leavesOf(tree)) {
    addOnce(participants, credential.participantId, 'two leaves have one participant id');
    addOnce(signatureKeys, toBase64Url(node.signaturePublicKey), 'two leaves have one signature key');
  }
  for (const node of tree) {
    if (node === undefined) continue;
    const key = node.nodeType === 'leaf' ? node.leaf.hpkePublicKey : node.parent.hpkePublicKey;
    addOnce(hpkeKeys, toBase64Url(key), 'two nodes have one encryption key');
  }
}

function addOnce(seen: Set<string>, value: string, text: string): void {
  if (seen.has(value)) throw new MlsError('duplicate', text);
  seen.add(value);
}
