import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../testing/freePort.ts';
import { until } from '../../testing/until.ts';
import { writeBindingRequest } from '../../testing/writeBindingRequest.ts';
import { readBindingRequest } from '../ice/bindingRequest.ts';
import type { PacketMemory } from '../native/PacketMemory.ts';
import { toSocketAddress } from '../udp/SocketAddress.ts';
import { FrameReader, frame, MAX_FRAME } from './framing.ts';
import type { IceTcpConnection, TcpReceiver } from './IceTcpConnection.ts';
import { IceTcpListener, type IceTcpOptions } from './IceTcpListener.ts';

const check = writeBindingRequest('ours:theirs', 'password');
const limits = { total: 12, perAddress: 10, pending: 6, pendingPerAddress: 5 };

/** Knows one transport, and writes down what comes. */
class Receiver implements TcpReceiver {
  readonly admitted: IceTcpConnection[] = [];
  readonly received: { packet: string; from: IceTcpConnection }[] = [];
  readonly closed: IceTcpConnection[] = [];
  /** What the test has to say about a packet. */
  onPacket: (connection: IceTcpConnection) => void = () => {};

  admit(connection: IceTcpConnection, packet: Buffer): boolean {
    const found = readBindingRequest(packet);
    if (found?.ufrag !== 'ours' || !found.isFrom('password')) return false;
    this.admitted.push(connection);
    this.onPacket(connection);
    return true;
  }

  deliver(connection: IceTcpConnection, packet: PacketMemory, length: number): void {
    this.received.push({ packet: packet.bytes.toString('hex', 0, length), from: connection });
    this.onPacket(connection);
  }

  onClosed(connection: IceTcpConnection): void {
    this.closed.push(connection);
  }
}

let open: AsyncDisposableStack;
let receiver: Receiver;
let faults: string[];
let tcpPort: number;

beforeEach(() => {
  open = new AsyncDisposableStack();
  receiver = new Receiver();
  faults = [];
});
afterEach(() => open.disposeAsync());

async function listen(options: Partial<IceTcpOptions> = {}): Promise<IceTcpListener> {
  tcpPort = await freePort();
  const onFault = (where: string) => void faults.push(where);
  return open.use(await IceTcpListener.open({ tcpPort, receiver, onFault, limits, ...options }));
}

interface Client {
  readonly socket: Socket;
  readonly packets: string[];
  readonly closed: () => boolean;
}

async function dial(host = '127.0.0.1'): Promise<Client> {
  const socket = connect(tcpPort, host);
  open.defer(() => void socket.destroy());
  const packets: string[] = [];
  const reader = new FrameReader();
  let closed = false;
  socket.on('data', (chunk: Buffer) => reader.push(chunk, (packet) => packets.push(packet.toString('hex'))));
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  return { socket, packets, closed: () => closed };
}

/** A client and its connection at our end. */
async function admitted(): Promise<Client & { connection: IceTcpConnection }> {
  const { length } = receiver.admitted;
  const client = await dial();
  client.socket.write(frame(check));
  await until(() => receiver.admitted.length > length);
  const connection = receiver.admitted[length];
  if (connection === undefined) throw new Error('not admitted');
  return { ...client, connection };
}

test('carries whole packets both ways, and tells one connection from the other', async () => {
  await listen();
  const [one, two] = [await admitted(), await admitted()];
  expect(one.connection).not.toBe(two.connection);

  one.socket.write(Buffer.concat([frame(Buffer.from([1, 2])), frame(Buffer.from([3])), frame(check)]));
  await until(() => receiver.received.length === 3);
  expect(receiver.received).toEqual([
    { packet: '0102', from: one.connection },
    { packet: '03', from: one.connection },
    { packet: check.toString('hex'), from: one.connection },
  ]);

  expect(two.connection.send(Buffer.from([9, 9, 9]), 2)).toBe(true);
  await until(() => two.packets.length === 1);
  expect([one.packets, two.packets]).toEqual([[], ['0909']]);
});

test('the longest packet passes both ways', async () => {
  await listen();
  const client = await admitted();
  const longest = Buffer.alloc(MAX_FRAME, 7);
  client.socket.write(frame(longest));
  client.connection.send(longest, longest.length);
  await until(() => receiver.received.length === 1 && client.packets.length === 1);
  expect(receiver.received[0]?.packet).toBe(longest.toString('hex'));
  expect(client.packets).toEqual([longest.toString('hex')]);
});

test('what is sent may be written over at once', async () => {
  await listen();
  const { connection, packets } = await admitted();
  const memory = Buffer.alloc(1_000);
  for (let value = 0; value < 20; value++) connection.send(memory.fill(value), memory.length);
  memory.fill(255);
  await until(() => packets.length === 20);
  expect(packets.map((packet) => packet.slice(0, 2))).toEqual(
    Array.from({ length: 20 }, (_, value) => value.toString(16).padStart(2, '0')),
  );
});

test('takes a check that comes byte by byte', async () => {
  await listen();
  const { socket } = await dial();
  for (const byte of frame(check)) socket.write(Buffer.from([byte]));
  await until(() => receiver.admitted.length === 1);
});

test('tells where a connection comes from', async () => {
  await listen();
  const { socket, connection } = await admitted();
  expect(connection.source).toEqual(toSocketAddress('127.0.0.1', socket.localPort ?? 0));
});

test.each([
  ['something that is no check', frame(Buffer.from('GET / HTTP/1.1\r\n\r\n'))],
  ['a request without a length before it', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n')],
  ['a check of a transport that we do not have', frame(writeBindingRequest('other:theirs', 'password'))],
  ['a check without the password', frame(writeBindingRequest('ours:theirs', 'passwore'))],
  ['a check that is cut short', frame(check.subarray(0, -1))],
  ['a packet before its check', Buffer.concat([frame(Buffer.from([0x80, 1])), frame(check)])],
  ['a packet that is too long', frame(Buffer.alloc(MAX_FRAME + 1))],
])('closes on %s, answers nothing and tells nobody', async (_, bytes) => {
  const listener = await listen();
  const client = await dial();
  client.socket.write(bytes);
  await until(client.closed);
  await until(() => listener.size === 0);
  expect(receiver).toMatchObject({ admitted: [], received: [], closed: [] });
  expect(client.packets).toEqual([]);
});

test('closes an admitted connection on a packet that is too long', async () => {
  await listen();
  const { socket, closed, connection } = await admitted();
  socket.write(Buffer.from([0xff, 0xff]));
  await until(closed);
  expect(receiver.closed).toEqual([connection]);
});

test('a flood of small packets is read no faster than a peer may send', async () => {
  await listen();
  const client = await admitted();
  const flood = Buffer.concat(new Array<Buffer>(2_000).fill(frame(Buffer.from([0x80, 1]))));
  for (let count = 0; count < 50; count++) client.socket.write(flood);
  const begin = performance.now();
  await until(() => performance.now() - begin > 1_500 || receiver.received.length > 30_000);
  const seconds = (performance.now() - begin) / 1_000;
  expect(receiver.received.length).toBeLessThan(3_500 * (seconds + 1) + 100);
  expect(client.closed()).toBe(false);
});

test('whoever says nothing, or says it too slowly, is closed', async () => {
  const listener = await listen({ times: { admission: 150, idle: 60_000 } });
  const [silent, slow] = [await dial(), await dial()];
  const drip = setInterval(() => slow.socket.write(Buffer.from([0])), 20);
  open.defer(() => clearInterval(drip));
  await until(() => silent.closed() && slow.closed());
  expect(listener.size).toBe(0);
  expect(receiver.closed).toEqual([]);
});

test('whoever falls silent is closed; bytes without a whole packet are silence', async () => {
  await listen({ times: { admission: 5_000, idle: 200 } });
  const { socket, closed, connection } = await admitted();
  socket.write(Buffer.from([4, 0]));
  const drip = setInterval(() => socket.write(Buffer.from([1])), 20);
  open.defer(() => clearInterval(drip));
  await until(closed);
  expect(receiver.closed).toEqual([connection]);
});

test('whoever sends packets is not silent', async () => {
  await listen({ times: { admission: 5_000, idle: 300 } });
  const { socket, closed } = await admitted();
  const media = setInterval(() => socket.write(frame(Buffer.from([0x80, 1]))), 30);
  open.defer(() => clearInterval(media));
  await until(() => receiver.received.length > 20);
  expect(closed()).toBe(false);
  clearInterval(media);
  await until(closed);
});

test('a flood of silent connections is bounded, and the next honest one gets in', async () => {
  const listener = await listen({
    limits: { ...limits, total: 100, perAddress: 100, pendingPerAddress: 100 },
  });
  const flood = await Promise.all(Array.from({ length: 60 }, () => dial()));
  expect(listener.size).toBeLessThanOrEqual(limits.pending);
  const honest = await admitted();
  expect(honest.closed()).toBe(false);
  await until(() => flood.filter(({ closed }) => closed()).length >= 60 - limits.pending);
});

test('one address gets so many at once and no more', async () => {
  const listener = await listen();
  const flood = await Promise.all(Array.from({ length: 30 }, () => dial()));
  await until(() => flood.filter(({ closed }) => closed()).length === 30 - limits.pendingPerAddress);
  expect(listener.size).toBe(limits.pendingPerAddress);
});

test('one address gets so many admitted ones and no more, until one of them ends', async () => {
  const listener = await listen();
  const clients: Client[] = [];
  for (let count = 0; count < limits.perAddress; count++) clients.push(await admitted());
  const more = await dial();
  await until(more.closed);
  expect(listener.size).toBe(limits.perAddress);
  clients[0]?.socket.destroy();
  await until(() => listener.size === limits.perAddress - 1);
  expect((await admitted()).closed()).toBe(false);
});

test('a client that does not read costs no memory, and gets whole what was said to be on its way', async () => {
  await listen();
  const { socket, packets, connection } = await admitted();
  socket.pause();
  const memory = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  const before = memory();
  const packet = Buffer.alloc(1_200);
  const sent: number[] = [];
  let refused = 0;
  // 48 MB; the system itself takes some, and some is not collected yet.
  for (let count = 0; count < 40_000; count++) {
    packet.writeUInt32BE(count);
    if (connection.send(packet, packet.length)) sent.push(count);
    else refused += 1;
    if (count % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(memory() - before).toBeLessThan(16 * 1024 * 1024);
  expect(refused).toBeGreaterThan(0);
  socket.resume();
  await until(() => packets.length === sent.length);
  expect(packets.map((each) => Number.parseInt(each.slice(0, 8), 16))).toEqual(sent);
  expect(new Set(packets.map((each) => each.length))).toEqual(new Set([2 * packet.length]));
  // Once it reads again, all is well.
  expect(connection.send(packet, packet.length)).toBe(true);
});

test('the end of the client, of the connection or of the listener closes and is told of once', async () => {
  const listener = await listen();
  const [one, two, three] = [await admitted(), await admitted(), await admitted()];
  one.socket.end();
  await until(() => listener.size === 2);
  expect(receiver.closed).toEqual([one.connection]);

  two.connection.close();
  two.connection.close();
  await until(two.closed);
  expect(listener.size).toBe(1);
  expect(receiver.closed).toEqual([one.connection, two.connection]);

  const pending = await dial();
  await until(() => listener.size === 2);
  listener[Symbol.dispose]();
  await until(() => three.closed() && pending.closed());
  expect(listener.size).toBe(0);
  expect(receiver.closed).toEqual([one.connection, two.connection, three.connection]);
  await until((await dial()).closed);
});

test('nothing is sent on a connection that is closed', async () => {
  await listen();
  const { connection, packets, closed } = await admitted();
  connection.close();
  expect(connection.send(Buffer.from([1]), 1)).toBe(false);
  await until(closed);
  expect(packets).toEqual([]);
});

test('a receiver that closes a connection gets nothing more of it, were it in the same chunk', async () => {
  const listener = await listen();
  const { socket, closed, connection } = await admitted();
  receiver.onPacket = (each) => each.close();
  socket.write(Buffer.concat([frame(Buffer.from([1])), frame(Buffer.from([2])), frame(Buffer.from([3]))]));
  await until(closed);
  expect(receiver.received).toEqual([{ packet: '01', from: connection }]);
  expect(receiver.closed).toEqual([connection]);
  expect(listener.size).toBe(0);
});

test('a receiver may close a connection while it admits it', async () => {
  const listener = await listen();
  receiver.onPacket = (each) => each.close();
  const client = await dial();
  client.socket.write(Buffer.concat([frame(check), frame(Buffer.from([1]))]));
  await until(client.closed);
  expect(listener.size).toBe(0);
  expect(receiver).toMatchObject({ received: [], closed: [] });
});

test('a receiver that throws is told of, and the others go on', async () => {
  await listen();
  const [one, two] = [await admitted(), await admitted()];
  receiver.onPacket = (each) => {
    if (each === one.connection) throw new Error('receiver');
  };
  one.socket.write(frame(Buffer.from([1])));
  await until(() => faults.length === 1);
  expect(faults).toEqual(['tcp']);
  two.socket.write(frame(Buffer.from([2])));
  await until(() => receiver.received.length === 2);
});

test('a port that somebody has cannot be had', async () => {
  await listen();
  const onFault = () => {};
  await expect(IceTcpListener.open({ tcpPort, receiver, onFault })).rejects.toThrow();
});

test('listens on IPv6 too', async () => {
  await listen();
  const client = await dial('::1');
  client.socket.write(frame(check));
  await until(() => receiver.admitted.length === 1);
  expect(receiver.admitted[0]?.source).toEqual(toSocketAddress('::1', client.socket.localPort ?? 0));
});

test('listens on the one address that it is given', async () => {
  await listen({ bindAddress: '127.0.0.1' });
  expect((await dial('127.0.0.1')).closed()).toBe(false);
  await until((await dial('::1')).closed);
});
