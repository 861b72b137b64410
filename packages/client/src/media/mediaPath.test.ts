import { expect, test } from 'vitest';
import { readMediaPath } from './mediaPath.ts';

type Entry = Record<string, unknown> & { id: string };
const report = (...entries: Entry[]) =>
  new Map(entries.map((entry) => [entry.id, entry])) as unknown as RTCStatsReport;
const pair = (id: string, localCandidateId: string, more: object = {}) => ({
  id,
  type: 'candidate-pair',
  localCandidateId,
  state: 'succeeded',
  ...more,
});
const candidate = (id: string, candidateType: string, protocol: string) => ({
  id,
  type: 'local-candidate',
  candidateType,
  protocol,
});
const candidates = [
  candidate('U', 'host', 'udp'),
  candidate('R', 'prflx', 'udp'),
  candidate('T', 'host', 'tcp'),
  // TURN over TLS: the protocol is that between relay and server.
  candidate('L', 'relay', 'udp'),
];

test.each([
  ['U', 'server-udp'],
  ['R', 'server-udp'],
  ['T', 'server-tcp'],
  ['L', 'relay'],
] as const)('the pair in use decides: %s is %s', (local, path) => {
  const other = local === 'U' ? 'L' : 'U';
  const chromium = report(
    pair('other', other, { nominated: true }),
    pair('mine', local, { nominated: true }),
    { id: 'transport', type: 'transport', selectedCandidatePairId: 'mine' },
    ...candidates,
  );
  expect(readMediaPath(chromium)).toBe(path);
  const firefox = report(
    pair('other', other, { nominated: true, selected: false }),
    pair('mine', local, { nominated: true, selected: true }),
    ...candidates,
  );
  expect(readMediaPath(firefox)).toBe(path);
});

test('nothing is said before a pair is in use', () => {
  expect(readMediaPath(report({ id: 'transport', type: 'transport' }, ...candidates))).toBeNull();
  expect(readMediaPath(report())).toBeNull();
});
