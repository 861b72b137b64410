/** Which candidate pair the page's newest transport uses (W3C webrtc-stats). */
export interface PathInUse {
  /** `host`, `srflx`, `prflx` or `relay`. */
  readonly type: string;
  /** Between this browser and the media server, or the relay. */
  readonly protocol: string;
  /** Where packets go to. */
  readonly remote: string;
}

/** Runs in the page. Null while nothing is connected. */
export async function pathInUse(): Promise<PathInUse | null> {
  const peer = window.__peers.findLast((one) => one.connectionState === 'connected');
  if (peer === undefined) return null;
  const entries = new Map<string, Record<string, unknown>>();
  for (const entry of (await peer.getStats()).values())
    entries.set(String((entry as { id: string }).id), entry as Record<string, unknown>);
  const all = [...entries.values()];
  const named = all.find((entry) => entry['type'] === 'transport')?.['selectedCandidatePairId'];
  const pair =
    named === undefined
      ? all.find((entry) => entry['type'] === 'candidate-pair' && entry['selected'] === true)
      : entries.get(String(named));
  const local = entries.get(String(pair?.['localCandidateId']));
  const remote = entries.get(String(pair?.['remoteCandidateId']));
  if (local === undefined) return null;
  return {
    type: String(local['candidateType']),
    protocol: String(local['relayProtocol'] ?? local['protocol']),
    remote: String(remote?.['address'] ?? remote?.['ip'] ?? ''),
  };
}
