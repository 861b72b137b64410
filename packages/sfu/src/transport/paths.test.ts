import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorkerEvent } from '../control/events.ts';
import { MediaWorker } from '../host/MediaWorker.ts';
import { freePort } from '../testing/freePort.ts';
import { MediaPeer } from '../testing/MediaPeer.ts';
import { ALL, USES } from '../testing/Meeting.ts';
import { TcpPath } from '../testing/TcpPath.ts';
import { until } from '../testing/until.ts';

let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

interface Options {
  readonly announcedAddresses?: string[];
  readonly bindAddress?: string;
  readonly tcpPort?: number;
}

/** A worker of its own, and the answer it gives to one peer. */
async function answered(options: Options) {
  const udpPort = await freePort();
  const events: WorkerEvent[] = [];
  const worker = open.use(await MediaWorker.start({ udpPort, log: () => {}, ...options }));
  worker.onEvent((event) => events.push(event));
  await worker.openRoom('room');
  const peer = open.use(await MediaPeer.open(USES));
  const { offer, lines } = peer;
  const { answer } = await worker.connect({
    room: 'room',
    peer: 'peer',
    offer,
    lines: [...lines],
    allowed: ALL,
    sources: ALL,
  });
  const candidates = [
    ...answer.matchAll(/^a=candidate:\S+ 1 (\w+) (\d+) (\S+) (\d+) typ host(.*?)\r?$/gm),
  ].map(([, transport, priority, address = '', port, rest]) => ({
    transport,
    priority: Number(priority),
    address,
    port: Number(port),
    rest: rest?.trim() ?? '',
  }));
  const states = () => events.flatMap((event) => (event.type === 'transport' ? [event.state] : []));
  const packetsIn = async () => (await worker.stats('room')).peers[0]?.packetsIn ?? 0;
  return { udpPort, worker, peer, answer, candidates, states, packetsIn };
}

/** RTP that nobody knows. */
const packet = (number: number) => Buffer.from([0x80, 96, 0, number, 0, 0, 0, 1, 0, 0, 0, 9, 1, 2, 3]);

test('media flows over IPv6', async () => {
  const { peer, answer, candidates, packetsIn } = await answered({ announcedAddresses: ['::1'] });
  expect(candidates.map(({ address }) => address)).toEqual(['::1']);
  await peer.accept(answer);
  peer.send(packet(1));
  await until(async () => (await packetsIn()) > 0);
});

test('a machine offers its own addresses, IPv6 and IPv4, over UDP and TCP', async () => {
  const tcpPort = await freePort();
  const { candidates, udpPort } = await answered({ tcpPort });
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
  const over = (transport: string) =>
    candidates.filter((candidate) => candidate.transport?.toLowerCase() === transport);
  expect(own).toEqual(expect.arrayContaining(over('udp').map(({ address }) => address)));
  for (const version of [true, false])
    if (own.some((address) => isIPv6(address) === version))
      expect(over('udp').some(({ address }) => isIPv6(address) === version)).toBe(true);
  expect(over('tcp').map(({ address }) => address)).toEqual(over('udp').map(({ address }) => address));
  expect(over('tcp').every(({ port, rest }) => port === tcpPort && rest === 'tcptype passive')).toBe(true);
  expect(over('udp').every(({ port, rest }) => port === udpPort && rest === '')).toBe(true);
});

test('everything over UDP comes before everything over TCP', async () => {
  const { candidates } = await answered({
    tcpPort: await freePort(),
    announcedAddresses: ['203.0.113.7', '2001:db8::7'],
  });
  expect(candidates.map(({ transport, address }) => `${transport} ${address}`)).toEqual([
    'udp 203.0.113.7',
    'udp 2001:db8::7',
    'tcp 203.0.113.7',
    'tcp 2001:db8::7',
  ]);
  const priorities = (transport: string) =>
    candidates.filter((each) => each.transport === transport).map(({ priority }) => priority);
  expect(Math.min(...priorities('udp'))).toBeGreaterThan(Math.max(...priorities('tcp')));
  expect(new Set(candidates.map(({ priority }) => priority)).size).toBe(4);
});

test('without a TCP port no TCP candidate is offered', async () => {
  const { candidates } = await answered({ announcedAddresses: ['127.0.0.1'] });
  expect(candidates.map(({ transport }) => transport)).toEqual(['udp']);
});

test.each([undefined, '127.0.0.1'])('media flows over TCP alone, bound to %s', async (bindAddress) => {
  const tcpPort = await freePort();
  const { peer, answer, packetsIn, states, worker } = await answered({
    tcpPort,
    announcedAddresses: ['127.0.0.1'],
    ...(bindAddress === undefined ? {} : { bindAddress }),
  });
  const path = open.use(await TcpPath.open(tcpPort));
  // Connected means that DTLS went both ways.
  await peer.accept(path.only(answer));
  for (let number = 0; number < 20; number++) peer.send(packet(number));
  await until(async () => (await packetsIn()) >= 20);
  expect(states()).toContain('connected');
  // The end of the transport is the end of the connection.
  await worker.disconnect('room', 'peer');
  await until(() => path.socket.closed);
});

test('a worker whose TCP port is taken does not start', async () => {
  const tcpPort = await freePort();
  await answered({ tcpPort });
  await expect(answered({ tcpPort })).rejects.toMatchObject({ code: 'port_unavailable' });
});
