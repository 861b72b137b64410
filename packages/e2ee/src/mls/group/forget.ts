import type { ClientState, SecretTree } from 'ts-mls';

/** The state without the keys of epochs before `oldest`; they are overwritten. */
export function forgetEpochs(state: ClientState, oldest: bigint): ClientState {
  const kept = new Map(state.historicalReceiverData);
  for (const [epoch, past] of kept) {
    if (epoch >= oldest) continue;
    wipeTree(past.secretTree);
    past.senderDataSecret.fill(0);
    past.resumptionPsk.fill(0);
    kept.delete(epoch);
  }
  return { ...state, historicalReceiverData: kept };
}

/** Private keys of nodes that are blank now open nothing any more (RFC 9420 section 7.5: they are deleted). */
export function forgetBlankNodes(state: ClientState): ClientState {
  const privateKeys: Record<number, Uint8Array> = {};
  for (const [index, key] of Object.entries(state.privatePath.privateKeys)) {
    if (state.ratchetTree[Number(index)] !== undefined) privateKeys[Number(index)] = key;
  }
  return { ...state, privatePath: { ...state.privatePath, privateKeys } };
}

/** Overwrites every secret of a state that is never used again. Best effort: script may have been moved in memory. */
export function wipe(state: ClientState): void {
  forgetEpochs(state, state.groupContext.epoch + 1n);
  wipeTree(state.secretTree);
  for (const secret of Object.values<Uint8Array>({ ...state.keySchedule })) secret.fill(0);
  for (const key of Object.values(state.privatePath.privateKeys)) key.fill(0);
  state.signaturePrivateKey.fill(0);
}

function wipeTree(tree: SecretTree): void {
  for (const { application, handshake } of tree) {
    for (const ratchet of [application, handshake]) {
      ratchet.secret.fill(0);
      for (const secret of Object.values(ratchet.unusedGenerations)) secret.fill(0);
    }
  }
}
