import { expect, test } from 'vitest';
import { isDirectCandidate, stunServers, withoutCandidates } from './candidates.ts';

test.each([
  ['candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host generation 0', true],
  ['candidate:1 1 UDP 2122260223 2001:db8::1 54321 typ host', true],
  ['candidate:2 1 udp 1686052607 198.51.100.7 54321 typ srflx raddr 0.0.0.0 rport 0', true],
  ['candidate:3 1 udp 41885439 203.0.113.9 3478 typ relay raddr 0.0.0.0 rport 0', false],
  ['candidate:4 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active', false],
  ['candidate:5 2 UDP 2122187006 192.0.2.1 54322 typ host', false],
  ['nonsense', false],
])('%s', (candidate, used) => {
  expect(isDirectCandidate(candidate)).toBe(used);
});

test('no address travels inside a description', () => {
  const sdp =
    'a=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=end-of-candidates\r\na=sendrecv\r\n';
  expect(withoutCandidates(sdp)).toBe('a=mid:0\r\na=sendrecv\r\n');
});

test('a relay is asked for our address, and never to relay', () => {
  const servers = stunServers([
    {
      urls: [
        'turn:turn.example.org:3478?transport=udp',
        'turn:turn.example.org:3478?transport=tcp',
        'turns:turn.example.org:443',
      ],
      username: 'ada',
      credential: 'secret',
    },
    { urls: 'stun:stun.example.org' },
  ]);
  expect(servers).toEqual([{ urls: ['stun:turn.example.org:3478', 'stun:stun.example.org'] }]);
  expect(stunServers([])).toEqual([]);
});
