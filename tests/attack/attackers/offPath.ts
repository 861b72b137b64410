import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { bindingRequest } from '../harness/stun.ts';
import { type Attack, type AttackContext, atRate, Tally } from './context.ts';

const HOST = '127.0.0.1';

/** Sends datagrams from so many sockets in turn; none of them is known to the worker. */
function flood(make: (context: AttackContext) => (index: number) => Buffer): Attack {
  return async (context) => {
    const { port, seconds, options } = context;
    const tally = new Tally();
    const sockets = await Promise.all(
      Array.from({ length: Number(options['sockets'] ?? 4) }, () => open(tally)),
    );
    const next = make(context);
    await context.begin();
    await atRate(Number(options['rate'] ?? 50_000), seconds, (index) => {
      const datagram = next(index);
      sockets[index % sockets.length]?.send(datagram, port, HOST);
      tally.out(datagram.length);
    });
    for (const socket of sockets) socket.close();
    return tally.deeds;
  };
}

async function open(tally: Tally, port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (data) => tally.in(data.length));
  socket.bind(port, HOST);
  await once(socket, 'listening');
  // Whoever attacks a port where nobody listens hears of it.
  socket.on('error', () => {});
  return socket;
}

/** Made beforehand: it is the worker that is to be loaded, not the one who computes these. */
function some(count: number, make: (index: number) => Buffer): (index: number) => Buffer {
  const made = Array.from({ length: count }, (_, index) => make(index));
  return (index) => made[index % made.length] ?? Buffer.alloc(1);
}

const random = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

export const offPath: Readonly<Record<string, Attack>> = {
  /** Checks for transports that do not exist. */
  stunUnknown: flood(() =>
    some(2_000, () => bindingRequest({ username: `${random(4)}:${random(4)}`, password: random(22) })),
  ),
  /** Checks for one that does, whose password one does not know. */
  stunForged: flood(({ options }) =>
    some(2_000, () => bindingRequest({ username: String(options['username']), password: random(22) })),
  ),
  stunTruncated: flood(() =>
    some(2_000, (index) => {
      const whole = bindingRequest({ username: `${random(4)}:${random(4)}`, password: random(22) });
      const cut = Buffer.from(whole.subarray(0, 1 + (index % (whole.length - 1))));
      if (index % 3 === 0 && cut.length > 4) cut.writeUInt16BE((cut.length - 20) & 0xfffc, 2);
      return cut;
    }),
  ),
  /** What looks like the beginning of a handshake, and like records of one that has been. */
  dtls: flood(() =>
    some(2_000, (index) =>
      Buffer.concat([DTLS_HEADS[index % DTLS_HEADS.length] ?? CLIENT_HELLO, randomBytes(index % 400)]),
    ),
  ),
  rtp: flood(() =>
    some(2_000, (index) =>
      Buffer.concat([Buffer.from([0x80, index % 2 === 0 ? 96 : 200]), randomBytes(20 + (index % 1_000))]),
    ),
  ),
  /** A check from each of very many ports, whose password is wrong, for a transport that exists. */
  stunPorts: async (context) => {
    const { port, options } = context;
    const tally = new Tally();
    const datagram = bindingRequest({ username: String(options['username']), password: random(22) });
    await context.begin();
    const count = Number(options['ports'] ?? 2_000);
    const begin = performance.now();
    for (let index = 0; index < count && performance.now() - begin < context.seconds * 1_000; index += 50) {
      const ports = Array.from({ length: 50 }, (_, each) => 2_000 + index + each).filter(
        (each) => each !== port,
      );
      const opened = await Promise.allSettled(ports.map((each) => open(tally, each)));
      const sockets = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      await Promise.all(
        sockets.map((socket) => new Promise((sent) => socket.send(datagram, port, HOST, sent))),
      );
      for (const socket of sockets) {
        tally.out(datagram.length);
        socket.close();
      }
    }
    return tally.deeds;
  },
};

/** DTLS 1.2, epoch 0, a fragment of a ClientHello that claims to be larger than it is. */
const CLIENT_HELLO = Buffer.from('16feff00000000000000000040010000340000000000000034fefd', 'hex');
const DTLS_HEADS = [
  CLIENT_HELLO,
  Buffer.from('16fefd0000000000000001ffff', 'hex'),
  Buffer.from('17fefd00010000000000010040', 'hex'),
  Buffer.from('15fefd000000000000000000020100', 'hex'),
];
