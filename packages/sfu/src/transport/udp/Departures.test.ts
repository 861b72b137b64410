import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { PACKET_BYTES } from '../native/PacketMemory.ts';
import { Departures, LinuxPeer } from './Departures.ts';
import { toSocketAddress } from './SocketAddress.ts';

const EIO = 5;
const EAGAIN = 11;
const EINVAL = 22;
const ENOPROTOOPT = 92;
const HEADERS = 28;

/** A socket as udp(7) has it, and what has left by it. */
const system = vi.hoisted(() => ({
  /** No `UDP_SEGMENT` before Linux 4.18. */
  knowsSegments: true,
  /** Before Linux 6.14 a segment longer than the path's packets is refused even where nothing is cut. */
  refusesLongSegments: false,
  /** Some network cards make no checksums. */
  cutsSegments: true,
  isFull: false,
  /** By the first byte of an address. */
  packetBytes: [1_500, 1_280, 600],
  errno: 0,
  segment: 0,
  calls: 0,
  left: [] as { to: number; bytes: Buffer }[],
}));

vi.mock('../native/library.ts', () => {
  const fails = (errno: number): number => {
    system.errno = errno;
    return -1;
  };
  const setsockopt = (_: number, __: number, ___: number, option: Buffer): number => {
    if (!system.knowsSegments) return fails(ENOPROTOOPT);
    system.segment = option.readInt32LE();
    return 0;
  };
  const sendto = (_: number, bytes: Uint8Array, length: number, __: number, address: Buffer): number => {
    system.calls += 1;
    const { segment } = system;
    const to = address[0] ?? 0;
    const most = system.packetBytes[to] ?? 0;
    const longest = system.refusesLongSegments ? segment : Math.min(segment, length);
    if (segment > 0 && longest + HEADERS > most) return fails(EINVAL);
    if (segment > 0 && length > segment && !system.cutsSegments) return fails(EIO);
    if (system.isFull) return fails(EAGAIN);
    const step = segment === 0 ? length : segment;
    for (let at = 0; at < length; at += step)
      system.left.push({ to, bytes: Buffer.from(bytes.subarray(at, Math.min(at + step, length))) });
    return length;
  };
  return {
    native: (_: string, name: string) => (name === 'sendto' ? sendto : setsockopt),
    lastError: () => system.errno,
  };
});

const MODERN = { knowsSegments: true, refusesLongSegments: false, cutsSegments: true };
let peers: LinuxPeer[];
beforeEach(() => begin(MODERN));

/** A new system, and peers that it knows nothing of. */
function begin(kind: Partial<typeof system>): void {
  Object.assign(system, kind, { isFull: false, segment: 0, calls: 0, left: [] });
  peers = [0, 1, 2].map((index) => new LinuxPeer(Buffer.from([index]), toSocketAddress('::', index)));
}

function peer(index: number): LinuxPeer {
  const found = peers[index];
  if (found === undefined) throw new Error(`no peer ${index}`);
  return found;
}

const length = fc.oneof(
  fc.constantFrom(1, 60, 1_200, 1_436, PACKET_BYTES),
  fc.integer({ min: 1, max: 1_500 }),
);
const run = fc
  .tuple(fc.nat(2), length, fc.integer({ min: 1, max: 25 }))
  .map(([to, bytes, times]) => Array.from({ length: times }, () => ({ to, bytes })));
const bursts = fc.array(
  fc.array(run, { maxLength: 12 }).map((runs) => runs.flat()),
  { maxLength: 4 },
);

test.each([
  ['Linux as it is', MODERN],
  ['Linux before 6.14', { ...MODERN, refusesLongSegments: true }],
  ['Linux before 4.18', { ...MODERN, knowsSegments: false }],
  ['a network card that makes no checksums', { ...MODERN, cutsSegments: false }],
])('on %s all that is sent leaves, in order for each peer, whatever their paths carry', async (_, kind) => {
  await fc.assert(
    fc.asyncProperty(bursts, async (all) => {
      begin(kind);
      const departures = new Departures(3);
      const sent = peers.map((): Buffer[] => []);
      const memory = Buffer.alloc(PACKET_BYTES);
      let number = 0;
      for (const burst of all) {
        for (const { to, bytes } of burst) {
          memory.fill(++number);
          expect(departures.add(memory, bytes, peer(to))).toBe(true);
          sent[to]?.push(Buffer.from(memory.subarray(0, bytes)));
        }
        await Promise.resolve();
      }
      const left = peers.map((_, index) =>
        system.left.filter(({ to }) => to === index).map(({ bytes }) => bytes),
      );
      expect(left).toEqual(sent);
    }),
  );
});

test('ten of one length leave in one call, and each peer has its own', async () => {
  const departures = new Departures(3);
  for (let count = 0; count < 10; count++)
    for (const each of peers) departures.add(Buffer.alloc(500, count), 500, each);
  expect(system.calls).toBe(0);
  await Promise.resolve();
  expect(system.calls).toBe(3);
  expect(system.left).toHaveLength(30);
});

test('a thousand peers at once each get theirs, by batches of which no more are ever made', async () => {
  const departures = new Departures(3);
  const many = Array.from({ length: 1_000 }, () => new LinuxPeer(Buffer.from([0]), toSocketAddress('::', 1)));
  const allocations = vi.spyOn(Buffer, 'alloc');
  for (let turn = 0; turn < 3; turn++) {
    for (const each of many) departures.add(Uint8Array.of(turn), 1, each);
    await Promise.resolve();
  }
  expect(system.left).toHaveLength(3_000);
  expect(allocations).toHaveBeenCalledTimes(512);
  allocations.mockRestore();
});

test('a peer whose path refuses segments gets one by one from then on, and others do not', async () => {
  const departures = new Departures(3);
  for (let turn = 0; turn < 2; turn++) {
    for (let count = 0; count < 10; count++)
      for (const each of [0, 2]) departures.add(Buffer.alloc(1_000, count), 1_000, peer(each));
    await Promise.resolve();
  }
  expect(peers.map(({ refusesSegments }) => refusesSegments)).toEqual([false, false, true]);
  expect(system.left).toHaveLength(40);
  expect(system.calls).toBe(2 + 1 + 20);
});

test('what the system has no room for is lost, and nobody is taken to refuse segments for it', async () => {
  const departures = new Departures(3);
  system.isFull = true;
  for (let count = 0; count < 10; count++) departures.add(Buffer.alloc(500), 500, peer(0));
  await Promise.resolve();
  expect(system).toMatchObject({ left: [], calls: 1 });
  system.isFull = false;
  departures.add(Buffer.alloc(500), 500, peer(0));
  departures.flush();
  expect(system.left).toHaveLength(1);
  expect(peer(0).refusesSegments).toBe(false);
});

test('a flush sends at once, and the end of the turn finds nothing more', async () => {
  const departures = new Departures(3);
  departures.add(Buffer.alloc(500), 500, peer(0));
  departures.flush();
  expect(system.left).toHaveLength(1);
  await Promise.resolve();
  departures.flush();
  expect(system.calls).toBe(1);
});

test('at its end what waits leaves, and nothing after that', async () => {
  const departures = new Departures(3);
  departures.add(Buffer.alloc(500), 500, peer(0));
  departures[Symbol.dispose]();
  expect(system.left).toHaveLength(1);
  expect(departures.isClosed).toBe(true);
  expect(departures.add(Buffer.alloc(500), 500, peer(0))).toBe(false);
  await Promise.resolve();
  departures[Symbol.dispose]();
  expect(system.calls).toBe(1);
});

test('refuses what is longer than its bytes', () => {
  const departures = new Departures(3);
  expect(departures.add(Buffer.alloc(500), 501, peer(0))).toBe(false);
  departures.flush();
  expect(system.calls).toBe(0);
});
