import type { MediaPath } from '../meeting/types.ts';

type Entry = Record<string, unknown>;

/**
 * Which way media takes to the server, by the candidate pair that is in use (W3C webrtc-stats); null while none is.
 * Chromium names the pair in its transport, Firefox marks the pair itself.
 */
export function readMediaPath(report: RTCStatsReport): MediaPath | null {
  const entries = new Map<string, Entry>();
  report.forEach((entry: Entry) => {
    entries.set(String(entry['id']), entry);
  });
  const all = [...entries.values()];
  const named = all.find(({ type, selectedCandidatePairId: id }) => type === 'transport' && id !== undefined);
  const pair =
    named === undefined
      ? all.find((entry) => entry['type'] === 'candidate-pair' && entry['selected'] === true)
      : entries.get(String(named['selectedCandidatePairId']));
  const local = entries.get(String(pair?.['localCandidateId']));
  if (local === undefined) return null;
  if (local['candidateType'] === 'relay') return 'relay';
  return local['protocol'] === 'tcp' ? 'server-tcp' : 'server-udp';
}
