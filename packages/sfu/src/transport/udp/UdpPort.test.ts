import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../testing/freePort.ts';
import { until } from '../../testing/until.ts';
import { PACKET_BYTES } from '../native/PacketMemory.ts';
import { DgramPort } from './DgramPort.ts';
import { LinuxPort } from './LinuxPort.ts';
import { type SocketAddress, toSocketAddress } from './SocketAddress.ts';
import type { DatagramListener, DatagramSource, UdpPeer, UdpPort, UdpPortOptions } from './UdpPort.ts';

const LOOPBACKS = ['127.0.0.1', '::1'];

let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

/** Somebody who sends to the port and hears from it. */
interface Client {
  readonly port: number;
  readonly datagrams: Buffer[];
  send(bytes: Uint8Array): Promise<void>;
  close(): void;
}

async function client(port: number, host = '127.0.0.1'): Promise<Client> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: 4 * 1_024 * 1_024 });
  socket.bind(0, host);
  await once(socket, 'listening');
  let isClosed = false;
  const close = () => {
    if (!isClosed) socket.close();
    isClosed = true;
  };
  open.defer(close);
  const datagrams: Buffer[] = [];
  socket.on('message', (datagram) => datagrams.push(datagram));
  const send = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) =>
      socket.send(bytes, port, host, (error) => (error === null ? resolve() : reject(error))),
    );
  return { port: socket.address().port, datagrams, send, close };
}

interface Datagram {
  readonly bytes: Buffer;
  readonly key: string;
  readonly peer: UdpPeer;
}

function text({ bytes, scope, port }: SocketAddress): string {
  return `${Buffer.from(bytes).toString('hex')} ${scope} ${port}`;
}

describe.each([
  { name: 'LinuxPort', adapter: LinuxPort, isHere: process.platform === 'linux' },
  { name: 'DgramPort', adapter: DgramPort, isHere: true },
])('$name', ({ adapter, isHere }) => {
  const specified = test.runIf(isHere);

  /** A port that writes down what comes. */
  async function listen(
    options: Partial<UdpPortOptions> = {},
  ): Promise<{ port: UdpPort; datagrams: Datagram[] }> {
    const datagrams: Datagram[] = [];
    const onDatagram: DatagramListener = ({ bytes }, length, source) =>
      void datagrams.push({
        bytes: Buffer.from(bytes.subarray(0, length)),
        key: source.key,
        peer: source.peer(),
      });
    const port = open.use(await adapter.open({ port: await freePort(), onDatagram, ...options }));
    return { port, datagrams };
  }

  /** A client that the port knows, and its peer there. */
  async function acquaint(
    { port, datagrams }: { port: UdpPort; datagrams: Datagram[] },
    host?: string,
  ): Promise<Client & { peer: UdpPeer }> {
    const { length } = datagrams;
    const each = await client(port.port, host);
    await each.send(Buffer.from([1]));
    await until(() => datagrams.length > length);
    const peer = datagrams[length]?.peer;
    if (peer === undefined) throw new Error('nothing came');
    return { ...each, peer };
  }

  specified.each(LOOPBACKS)('receives and sends over %s', async (host) => {
    const { port, datagrams } = await listen();
    const { send, port: from, datagrams: answers } = await client(port.port, host);
    await send(Buffer.from([1, 2, 3]));
    await until(() => datagrams.length === 1);
    const [{ bytes, peer }] = datagrams as [Datagram];
    expect(bytes).toEqual(Buffer.from([1, 2, 3]));
    expect(text(peer.address)).toBe(text(toSocketAddress(host, from)));
    expect(port.send(Buffer.from([4, 5, 6]), 2, peer)).toBe(true);
    await until(() => answers.length === 1);
    expect(answers).toEqual([Buffer.from([4, 5])]);
  });

  specified('tells which port it has', async () => {
    const wanted = await freePort();
    expect((await listen({ port: wanted })).port.port).toBe(wanted);
  });

  specified(
    'a source has one key, whichever of its datagrams shows it, and no other source has it',
    async () => {
      const { port, datagrams } = await listen();
      const clients = await Promise.all(
        [...LOOPBACKS, ...LOOPBACKS, ...LOOPBACKS].map((host) => client(port.port, host)),
      );
      // Many at once, so that they come by every way that there is.
      const rounds = 10;
      for (let round = 0; round < rounds; round++)
        await Promise.all(clients.map(({ send }, index) => send(Buffer.from([index]))));
      await until(() => datagrams.length === rounds * clients.length);
      const keys = clients.map(
        (_, index) => new Set(datagrams.filter(({ bytes }) => bytes[0] === index).map(({ key }) => key)),
      );
      expect(keys.map(({ size }) => size)).toEqual(clients.map(() => 1));
      expect(new Set(keys.flatMap((each) => [...each])).size).toBe(clients.length);
    },
  );

  specified('a peer stays good after its datagram is gone', async () => {
    const listening = await listen();
    const { port } = listening;
    const clients: (Client & { peer: UdpPeer })[] = [];
    for (let count = 0; count < 4; count++) clients.push(await acquaint(listening));
    for (const [index, { peer }] of clients.entries()) port.send(Buffer.from([index]), 1, peer);
    await until(() => clients.every(({ datagrams }) => datagrams.length === 1));
    expect(clients.map(({ datagrams }) => datagrams[0]?.[0])).toEqual([0, 1, 2, 3]);
    expect(clients.map(({ peer }) => peer.address.port)).toEqual(clients.map((each) => each.port));
  });

  specified('what is sent may be written over at once', async () => {
    const listening = await listen();
    const { peer, datagrams } = await acquaint(listening);
    const memory = Buffer.alloc(500);
    for (let value = 0; value < 30; value++) listening.port.send(memory.fill(value), memory.length, peer);
    memory.fill(255);
    await until(() => datagrams.length === 30);
    expect(datagrams).toEqual(Array.from({ length: 30 }, (_, value) => Buffer.alloc(500, value)));
  });

  /** Few different lengths, so that runs of equal ones are likely. */
  const length = fc.oneof(fc.constantFrom(1, 60, 1_200, 1_436), fc.integer({ min: 1, max: 1_436 }));
  const run = fc
    .tuple(fc.nat(2), length, fc.integer({ min: 1, max: 25 }))
    .map(([to, bytes, times]) => Array.from({ length: times }, () => ({ to, bytes })));
  const single = fc.record({ to: fc.nat(2), bytes: length }).map((each) => [each]);
  const burst = fc
    .array(fc.oneof(run, single), { minLength: 1, maxLength: 30 })
    .map((parts) => parts.flat().slice(0, 60));

  specified.each(LOOPBACKS)(
    'any sequence of datagrams to several peers over %s arrives byte for byte, in order for each',
    async (host) => {
      const listening = await listen();
      const { port } = listening;
      const clients = [
        await acquaint(listening, host),
        await acquaint(listening, host),
        await acquaint(listening, host),
      ];
      const arrived = () => clients.reduce((sum, { datagrams }) => sum + datagrams.length, 0);
      await fc.assert(
        fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 3 }), async (bursts) => {
          for (const { datagrams } of clients) datagrams.length = 0;
          const sent = clients.map((): Buffer[] => []);
          const memory = Buffer.alloc(PACKET_BYTES);
          let number = 0;
          for (const datagrams of bursts) {
            for (const { to, bytes } of datagrams) {
              number += 1;
              for (let at = 0; at < bytes; at++) memory[at] = number * 31 + at * 7;
              const { peer } = clients[to] ?? {};
              expect(peer !== undefined && port.send(memory, bytes, peer)).toBe(true);
              sent[to]?.push(Buffer.from(memory.subarray(0, bytes)));
            }
            // As much as a socket holds; then they are read.
            while (arrived() < number) await turn();
          }
          expect(clients.map(({ datagrams }) => datagrams)).toEqual(sent);
        }),
        { numRuns: 60, timeout: 5_000 },
      );
    },
  );

  specified('answers that are given while datagrams are told of arrive in order', async () => {
    const peers = new Map<string, UdpPeer>();
    let answering: UdpPort | null = null;
    const { port } = await listen({
      onDatagram: ({ bytes }, size, source) => {
        const peer = peers.get(source.key) ?? source.peer();
        peers.set(source.key, peer);
        answering?.send(bytes, size, peer);
      },
    });
    answering = port;
    const clients = await Promise.all([client(port.port), client(port.port), client(port.port, '::1')]);
    const sent = clients.map((_, index) =>
      Array.from({ length: 60 }, (__, turns) => Buffer.alloc(20 + (turns % 7 === 0 ? index : 100), turns)),
    );
    for (let at = 0; at < 60; at++)
      for (const [index, { send }] of clients.entries()) void send(sent[index]?.[at] ?? Buffer.alloc(0));
    await until(() => clients.every(({ datagrams }) => datagrams.length === 60));
    expect(clients.map(({ datagrams }) => datagrams)).toEqual(sent);
    expect(peers.size).toBe(3);
  });

  specified(
    'takes all that comes, one at a time or many at once, after busy times and after quiet ones',
    async () => {
      const peers = new Map<string, UdpPeer>();
      let answering: UdpPort | null = null;
      const { port } = await listen({
        onDatagram: ({ bytes }, size, source) => {
          const peer = peers.get(source.key) ?? source.peer();
          peers.set(source.key, peer);
          answering?.send(bytes, size, peer);
        },
      });
      answering = port;
      const { send, datagrams } = await client(port.port);
      let sent = 0;
      const answered = async (times: number, atOnce: number) => {
        for (let count = 0; count < times; count++) {
          for (let each = 0; each < atOnce; each++) void send(Buffer.alloc(100, sent++));
          while (datagrams.length < sent) await turn();
        }
      };
      for (let round = 0; round < 3; round++) {
        await answered(60, 1);
        await answered(30, 20);
        const quietUntil = performance.now() + 120;
        await until(() => performance.now() > quietUntil);
      }
      expect(datagrams).toEqual(Array.from({ length: sent }, (_, index) => Buffer.alloc(100, index)));
      expect(peers.size).toBe(1);
      await answered(60, 1);
      // The end in a busy time.
      port[Symbol.dispose]();
      const next = await listen({ port: port.port });
      await acquaint(next);
    },
  );

  specified('datagrams that are too long are not taken, and cost the others nothing', async () => {
    const { port, datagrams } = await listen();
    const { send } = await client(port.port);
    const sizes = [PACKET_BYTES + 1, PACKET_BYTES, 60_000, 3, PACKET_BYTES + 1, PACKET_BYTES + 1, 4];
    await Promise.all(sizes.map((size) => send(Buffer.alloc(size, 9))));
    await send(Buffer.from([1]));
    await until(() => datagrams.some(({ bytes }) => bytes.length === 1));
    expect(datagrams.map(({ bytes }) => bytes.length)).toEqual([PACKET_BYTES, 3, 4, 1]);
  });

  specified('a peer that is gone costs the others nothing', async () => {
    const listening = await listen();
    const [gone, one, two] = [
      await acquaint(listening),
      await acquaint(listening),
      await acquaint(listening),
    ];
    gone.close();
    for (let count = 0; count < 20; count++)
      for (const { peer } of [one, gone, two]) listening.port.send(Buffer.alloc(300, count), 300, peer);
    await until(() => one.datagrams.length === 20 && two.datagrams.length === 20);
    await one.send(Buffer.from([2]));
    await until(() => listening.datagrams.length === 4);
  });

  specified('a port that somebody has cannot be had', async () => {
    const { port } = await listen();
    await expect(listen({ port: port.port })).rejects.toThrow();
    await expect(listen({ port: port.port, bindAddress: '127.0.0.1' })).rejects.toThrow();
    const other = createSocket('udp4');
    other.bind(0, '127.0.0.1');
    await once(other, 'listening');
    open.defer(() => void other.close());
    await expect(listen({ port: other.address().port })).rejects.toThrow();
  });

  specified('nobody else gets the port, also not who would share it', async () => {
    const { port, datagrams } = await listen();
    const refused = { code: 'EADDRINUSE' };
    const share = (type: 'udp4' | 'udp6') => {
      const other = createSocket({ type, reuseAddr: true });
      open.defer(() => void other.close());
      other.bind(port.port);
      return once(other, 'listening');
    };
    await expect(share('udp6')).rejects.toMatchObject(refused);
    // Many at once, so that it is busy, and then quiet again.
    const { send } = await client(port.port);
    await Promise.all(Array.from({ length: 100 }, () => send(Buffer.from([1]))));
    await until(() => datagrams.length === 100);
    await expect(share('udp6')).rejects.toMatchObject(refused);
    await expect(share('udp4')).rejects.toMatchObject(refused);
    await send(Buffer.from([2]));
    await until(() => datagrams.length === 101);
  });

  specified('a port of which somebody has one family cannot be had', async () => {
    const wanted = await freePort();
    const other = createSocket({ type: 'udp6', ipv6Only: true });
    other.bind(wanted, '::');
    await once(other, 'listening');
    open.defer(() => void other.close());
    await expect(listen({ port: wanted })).rejects.toThrow();
  });

  specified('an address that this machine does not have cannot be bound', async () => {
    await expect(listen({ bindAddress: '203.0.113.7' })).rejects.toThrow();
  });

  specified.each(LOOPBACKS)('listens on %s alone when it is told to', async (bindAddress) => {
    const { port, datagrams } = await listen({ bindAddress });
    const heard = await client(port.port, bindAddress);
    for (const host of LOOPBACKS)
      if (host !== bindAddress) await (await client(port.port, host)).send(Buffer.from([1]));
    await heard.send(Buffer.from([2]));
    await heard.send(Buffer.from([3]));
    await until(() => datagrams.length === 2);
    expect(datagrams.map(({ bytes }) => bytes[0])).toEqual([2, 3]);
    expect(new Set(datagrams.map(({ key }) => key)).size).toBe(1);
    const [{ peer }] = datagrams as [Datagram];
    expect(text(peer.address)).toBe(text(toSocketAddress(bindAddress, heard.port)));
    expect(port.send(Buffer.from([4]), 1, peer)).toBe(true);
    await until(() => heard.datagrams.length === 1);
  });

  specified('nothing is sent and nothing comes after the end', async () => {
    const listening = await listen();
    const { port } = listening;
    const { peer, datagrams, send } = await acquaint(listening);
    port[Symbol.dispose]();
    expect(port.send(Buffer.from([1]), 1, peer)).toBe(false);
    port[Symbol.dispose]();
    // Who has the port next shows that what came in between has come.
    await send(Buffer.from([2]));
    const next = await listen({ port: await freePort() });
    await acquaint(next);
    expect(datagrams).toEqual([]);
    expect(listening.datagrams).toHaveLength(1);
  });

  specified('its port is free at once, and a second end does not touch who has it next', async () => {
    const { port: first } = await listen();
    const number = first.port;
    for (let count = 0; count < 5; count++) {
      first[Symbol.dispose]();
      const { port: next, datagrams } = await listen({ port: number });
      first[Symbol.dispose]();
      const { send, datagrams: answers } = await client(number);
      await send(Buffer.from([1]));
      await until(() => datagrams.length === 1);
      const [{ peer }] = datagrams as [Datagram];
      expect(first.send(Buffer.from([2]), 1, peer)).toBe(false);
      expect(next.send(Buffer.from([3]), 1, peer)).toBe(true);
      await until(() => answers.length === 1);
      expect(answers).toEqual([Buffer.from([3])]);
      next[Symbol.dispose]();
    }
  });

  specified('may end while it tells of a datagram: that was the last', async () => {
    let told = 0;
    let ending: UdpPort | null = null;
    const { port } = await listen({
      onDatagram: (_, __, source: DatagramSource) => {
        told += 1;
        ending?.send(Buffer.from([1]), 1, source.peer());
        if (told === 3) ending?.[Symbol.dispose]();
      },
    });
    ending = port;
    const { send } = await client(port.port);
    await Promise.all(Array.from({ length: 20 }, () => send(Buffer.alloc(10))));
    await until(() => told >= 3);
    await turn();
    await turn();
    expect(told).toBe(3);
  });
});

test.runIf(process.platform === 'linux')(
  'may end in a busy time while it tells of a datagram, and touches nothing that is opened then',
  async () => {
    let told = 0;
    let ending: UdpPort | null = null;
    const port = await LinuxPort.open({
      port: await freePort(),
      onDatagram: (_, __, source) => {
        told += 1;
        ending?.send(Buffer.from([1]), 1, source.peer());
        if (told === 100) ending?.[Symbol.dispose]();
      },
    });
    ending = open.use(port);
    const { send, datagrams } = await client(port.port);
    while (told < 100) {
      const expected = told + 1;
      await send(Buffer.from([2]));
      while (datagrams.length < expected) await turn();
    }
    // They are likely to get the descriptors that have just become free.
    const next = await Promise.all(
      [1, 2, 3].map(async () => {
        const received: number[] = [];
        const opened = await LinuxPort.open({
          port: await freePort(),
          onDatagram: ({ bytes }) => void received.push(bytes[0] ?? 0),
        });
        return { opened: open.use(opened), received };
      }),
    );
    const quietUntil = performance.now() + 150;
    await until(() => performance.now() > quietUntil);
    for (const { opened, received } of next) {
      const visitor = await client(opened.port);
      for (let count = 0; count < 30; count++) await visitor.send(Buffer.from([3]));
      await until(() => received.length === 30);
    }
    expect(told).toBe(100);
  },
);

test.runIf(process.platform === 'linux')('what waits to leave still leaves at the end', async () => {
  const peers: UdpPeer[] = [];
  const port = await LinuxPort.open({
    port: await freePort(),
    onDatagram: (_, __, source) => void peers.push(source.peer()),
  });
  open.use(port);
  const { send, datagrams } = await client(port.port);
  await send(Buffer.from([1]));
  await until(() => peers.length === 1);
  for (const peer of peers) {
    port.send(Buffer.alloc(100, 1), 100, peer);
    port.send(Buffer.alloc(100, 2), 100, peer);
    port.send(Buffer.alloc(50, 3), 50, peer);
  }
  port[Symbol.dispose]();
  await until(() => datagrams.length === 3);
  expect(datagrams).toEqual([Buffer.alloc(100, 1), Buffer.alloc(100, 2), Buffer.alloc(50, 3)]);
});
