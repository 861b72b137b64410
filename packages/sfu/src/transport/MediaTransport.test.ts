import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MediaPeer } from '../testing/MediaPeer.ts';
import { readLocalDescription } from '../testing/readLocalDescription.ts';
import { until } from '../testing/until.ts';
import { writeBindingRequest } from '../testing/writeBindingRequest.ts';
import { writeTransportAnswer } from '../testing/writeTransportAnswer.ts';
import { DtlsContext } from './dtls/DtlsContext.ts';
import { type BindingRequest, readBindingRequest } from './ice/bindingRequest.ts';
import { writeBindingSuccess } from './ice/bindingResponse.ts';
import {
  MAX_PACKET,
  MediaTransport,
  type TransportListeners,
  type TransportState,
} from './MediaTransport.ts';
import { PacketMemory } from './native/PacketMemory.ts';
import type { PeerPath } from './PeerPath.ts';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');
/** As the class has them, ms. */
const SILENCE = 15_000;
const DESERTED = 1_000;

let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

class Path implements PeerPath {
  readonly sent: Buffer[] = [];
  readonly #pass: (datagram: Buffer) => void;
  isClosed = false;

  constructor(pass: (datagram: Buffer) => void = () => {}) {
    this.#pass = pass;
  }

  send(bytes: Uint8Array, length: number): boolean {
    const datagram = Buffer.from(bytes.subarray(0, length));
    this.sent.push(datagram);
    this.#pass(datagram);
    return true;
  }

  close(): void {
    this.isClosed = true;
  }
}

/** A transport whose time and whose paths are the test's. */
class Bench {
  readonly transport: MediaTransport;
  readonly states: TransportState[] = [];
  readonly packets: Buffer[] = [];
  readonly faults: string[] = [];
  readonly released: PeerPath[] = [];
  ends = 0;
  time = 1_000;
  readonly #memory = new PacketMemory();

  constructor(listeners: Partial<TransportListeners> = {}) {
    this.transport = new MediaTransport(
      {
        remote: { iceUfrag: 'theirs', icePwd: 'password', fingerprint: FINGERPRINT },
        onPacket: (packet) => void this.packets.push(packet),
        onState: (state) => void this.states.push(state),
        onFault: (where) => void this.faults.push(where),
        ...listeners,
      },
      {
        dtls: open.use(new DtlsContext()),
        candidates: [],
        now: () => this.time,
        release: (paths) => void this.released.push(...paths),
        onClosed: () => {
          this.ends += 1;
        },
      },
    );
    open.use(this.transport);
  }

  check(password = this.transport.local.icePwd): BindingRequest {
    const check = readBindingRequest(
      writeBindingRequest(`${this.transport.local.iceUfrag}:theirs`, password),
    );
    if (check === null) throw new Error('no check');
    return check;
  }

  deliver(path: PeerPath, datagram: Buffer): void {
    this.#memory.bytes.set(datagram);
    this.transport.deliver(path, this.#memory, datagram.length);
  }
}

/** A bench with a real peer, whose datagrams come over the path that the test says. */
class Call extends Bench {
  readonly peer: MediaPeer;
  readonly paths: readonly [Path, Path];
  /** What the peer has got. */
  readonly heard: Buffer[] = [];
  /** Where what the peer sends comes from; null: it gets lost. */
  via: Path | null;
  /** What has come of its media, as it was on the way. */
  readonly media: Buffer[] = [];

  private constructor(
    peer: MediaPeer,
    pass: (datagram: Buffer) => void,
    listeners: Partial<TransportListeners>,
  ) {
    super({ remote: readLocalDescription(peer.offer), ...listeners });
    this.peer = peer;
    this.paths = [new Path(pass), new Path(pass)];
    [this.via] = this.paths;
    peer.onPacket((packet) => this.heard.push(packet));
  }

  static async open(listeners: Partial<TransportListeners> = {}): Promise<Call> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    let isOpen = true;
    let port = 0;
    open.defer(() => {
      isOpen = false;
      socket.close();
    });
    const peer = open.use(await MediaPeer.open(['microphone']));
    const call = new Call(
      peer,
      (datagram) => {
        if (isOpen) socket.send(datagram, port, '127.0.0.1');
      },
      listeners,
    );
    socket.on('message', (datagram, from) => {
      ({ port } = from);
      call.#take(datagram, port);
    });
    const accepted = peer.accept(writeTransportAnswer(call.transport.local, socket.address().port));
    // A peer that is refused never opens.
    accepted.catch(() => {});
    return call;
  }

  /** Once both ends can send. */
  async connected(): Promise<this> {
    await until(() => {
      this.transport.shakeHands();
      return this.transport.state === 'connected' && this.peer.open;
    });
    return this;
  }

  /** The peer sends a packet of media; resolves when it has come to our end of the wire. */
  async send(packet: Buffer): Promise<void> {
    const { length } = this.media;
    this.peer.send(packet);
    await until(() => this.media.length > length);
  }

  #take(datagram: Buffer, port: number): void {
    const first = datagram[0] ?? 0;
    if (first >= 128) this.media.push(datagram);
    if (this.via === null) return;
    if (first >= 4) {
      this.deliver(this.via, datagram);
      return;
    }
    const check = readBindingRequest(datagram);
    if (check === null || !this.transport.admits(check, true)) return;
    const address = Buffer.from([127, 0, 0, 1]);
    const answer = writeBindingSuccess(check.transactionId, { address, port }, this.transport.local.icePwd);
    this.via.send(answer, answer.length);
    this.transport.onCheck(this.via, check.nominates);
  }
}

/** RTP that nobody knows. */
const rtp = (number: number) => Buffer.from([0x80, 96, 0, number, 0, 0, 0, 1, 0, 0, 0, 9, 1, 2, 3]);
const isMedia = (datagram: Buffer) => (datagram[0] ?? 0) >= 128;

test('shows credentials of its own, and is new until a check comes', () => {
  const [one, two] = [new Bench().transport, new Bench().transport];
  expect(one.local.iceUfrag).toMatch(/^[\w+/]{8}$/);
  expect(one.local.icePwd).toMatch(/^[\w+/]{32}$/);
  expect(one.local.fingerprint).toMatch(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);
  expect(one.local.setup).toBe('passive');
  expect(two.local.iceUfrag).not.toBe(one.local.iceUfrag);
  expect(two.local.icePwd).not.toBe(one.local.icePwd);
  expect(one.state).toBe('new');
});

test('connects, and carries packets both ways that are the receiver’s to keep', async () => {
  const call = await (await Call.open()).connected();
  expect(call.states).toEqual(['connecting', 'connected']);
  for (let number = 0; number < 5; number++) call.peer.send(rtp(number));
  await until(() => call.packets.length === 5);
  expect(call.packets).toEqual([0, 1, 2, 3, 4].map(rtp));
  for (let number = 0; number < 5; number++) expect(call.transport.send(rtp(number))).toBe(true);
  await until(() => call.heard.length === 5);
  expect(call.heard).toEqual([0, 1, 2, 3, 4].map(rtp));
  expect(call.faults).toEqual([]);
});

test('sends nothing before it is connected, nor what is too large, nor after its end', async () => {
  const call = await Call.open();
  expect(call.transport.send(rtp(1))).toBe(false);
  await call.connected();
  const largest = Buffer.concat([rtp(2), Buffer.alloc(MAX_PACKET)]).subarray(0, MAX_PACKET);
  expect(call.transport.send(Buffer.concat([largest, Buffer.alloc(1)]))).toBe(false);
  expect(call.transport.send(largest)).toBe(true);
  await until(() => call.heard.length === 1);
  expect(call.heard[0]?.equals(largest)).toBe(true);
  call.transport.close();
  const { length } = call.paths[0].sent;
  expect(call.transport.send(rtp(3))).toBe(false);
  expect(call.paths[0].sent).toHaveLength(length);
});

test('silence makes it disconnected, and then it sends nothing; a check brings it back', async () => {
  const call = await (await Call.open()).connected();
  call.via = null;
  call.time += SILENCE;
  call.transport.watch();
  expect(call.transport.state).toBe('connected');
  call.time += 1;
  call.transport.watch();
  call.transport.watch();
  expect(call.states).toEqual(['connecting', 'connected', 'disconnected']);
  expect(call.transport.send(rtp(1))).toBe(false);

  call.transport.onCheck(call.paths[0], false);
  expect(call.states.slice(2)).toEqual(['disconnected', 'connected']);
  call.transport.watch();
  expect(call.transport.state).toBe('connected');
  expect(call.transport.send(rtp(2))).toBe(true);
});

test('media brings it back too, but nothing that is forged or has come before does', async () => {
  const call = await (await Call.open()).connected();
  await call.send(rtp(1));
  await until(() => call.packets.length === 1);
  const [old = Buffer.alloc(0)] = call.media;
  call.via = null;
  call.time += SILENCE + 1;
  call.transport.watch();
  const [path] = call.paths;
  call.deliver(path, old);
  call.deliver(path, rtp(7));
  call.deliver(path, forgedRecord(23, 40));
  expect(call.transport.state).toBe('disconnected');
  call.via = path;
  await call.send(rtp(2));
  expect(call.transport.state).toBe('connected');
  expect(call.packets).toEqual([rtp(1), rtp(2)]);
});

test('a transport that is new or connecting is not watched', () => {
  const bench = new Bench();
  bench.time += SILENCE * 2;
  bench.transport.watch();
  expect(bench.states).toEqual([]);
  bench.transport.onCheck(new Path(), true);
  bench.time += SILENCE * 2;
  bench.transport.watch();
  expect(bench.states).toEqual(['connecting']);
});

test('when a NAT gives the peer another port, media goes there as soon as the old one is silent, and that is told once', async () => {
  const pathChanges: number[] = [];
  const call = await (await Call.open({ onPathChanged: () => void pathChanges.push(call.time) })).connected();
  const [former, next] = call.paths;
  // As the browser checks again; it has nominated before and sees no reason to do so anew.
  call.transport.onCheck(former, true);
  call.transport.onCheck(next, false);
  call.via = next;
  await call.send(rtp(1));
  call.transport.send(rtp(1));
  expect(former.sent.filter(isMedia)).toHaveLength(1);
  expect(next.sent).toEqual([]);
  expect(pathChanges).toEqual([]);

  call.time += DESERTED + 1;
  await call.send(rtp(2));
  call.transport.send(rtp(2));
  expect(next.sent.filter(isMedia)).toHaveLength(1);
  expect(former.sent.filter(isMedia)).toHaveLength(1);
  call.transport.send(rtp(3));
  expect(pathChanges).toEqual([call.time]);
  expect(call.packets).toEqual([rtp(1), rtp(2)]);
  await until(() => call.heard.length === 3);
});

test('media that was recorded, or forged, does not lead us anywhere', async () => {
  const call = await (await Call.open()).connected();
  const [former, next] = call.paths;
  call.transport.onCheck(former, true);
  call.transport.onCheck(next, false);
  await call.send(rtp(1));
  await until(() => call.packets.length === 1);
  call.via = null;
  call.time += DESERTED * 2;
  for (const datagram of call.media) call.deliver(next, datagram);
  call.deliver(next, rtp(2));
  call.transport.send(rtp(3));
  expect(next.sent).toEqual([]);
  expect(former.sent.filter(isMedia)).toHaveLength(1);
  expect(call.packets).toHaveLength(1);
});

test('when the path in use ends, the other is used; without any it sends nothing and is soon disconnected', async () => {
  const call = await (await Call.open()).connected();
  const [former, next] = call.paths;
  call.via = null;
  call.transport.onCheck(former, true);
  call.transport.onCheck(next, false);
  call.transport.onPathClosed(former);
  expect(call.transport.send(rtp(1))).toBe(true);
  expect(next.sent.filter(isMedia)).toHaveLength(1);
  call.transport.onPathClosed(next);
  expect(call.transport.send(rtp(2))).toBe(false);
  call.transport.watch();
  expect(call.transport.state).toBe('disconnected');
  call.transport.onCheck(former, false);
  expect(call.transport.send(rtp(3))).toBe(true);
});

test('gives back the paths that make room', () => {
  const bench = new Bench();
  const paths = Array.from({ length: 10 }, () => new Path());
  for (const path of paths) bench.transport.onCheck(path, false);
  expect(bench.released).toEqual(paths.slice(1, 3));
});

test('ends once: gives its paths back, is told of once, and takes nothing more', async () => {
  const call = await (await Call.open()).connected();
  const [path] = call.paths;
  call.via = null;
  await call.send(rtp(1));
  call.transport.close();
  call.transport.close();
  expect(call.states).toEqual(['connecting', 'connected', 'closed']);
  expect(call).toMatchObject({ ends: 1, released: [path] });
  for (const datagram of call.media) call.deliver(path, datagram);
  call.deliver(path, Buffer.from([22, 1, 2, 3]));
  call.transport.shakeHands();
  call.transport.watch();
  call.transport.onPathClosed(path);
  expect(call.transport.state).toBe('closed');
  expect(call.packets).toEqual([]);
});

test('tells its peer of its end', async () => {
  const call = await (await Call.open()).connected();
  call.transport.close();
  await until(() => !call.peer.open);
});

/** Of DTLS 1.2 after the handshake, as somebody writes it who has none of its keys. */
function forgedRecord(type: number, length: number): Buffer {
  const header = Buffer.from([type, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 9, 0, length]);
  return Buffer.concat([header, Buffer.alloc(length, 7)]);
}

const forgedRecords = [
  ...[0, 1, 2, 8, 16, 17, 23, 24, 25, 26, 40].flatMap((length) =>
    [20, 21, 22, 23, 26, 63].map((type) => forgedRecord(type, length)),
  ),
  // Alerts of the epoch before the keys, which anybody can write: that it closes, and that it has failed.
  Buffer.from('15fefd000000000000000900020100', 'hex'),
  Buffer.from('15fefd000000000000000900020228', 'hex'),
  Buffer.from('16fefd0001', 'hex'),
  Buffer.concat([Buffer.from([22]), Buffer.alloc(100, 0xff)]),
];

test('whoever has no keys cannot end it, were he to send from its peer’s own address', async () => {
  const call = await (await Call.open()).connected();
  for (const datagram of forgedRecords) {
    call.deliver(call.paths[0], datagram);
    expect(call.transport.state, datagram.toString('hex')).toBe('connected');
  }
  await call.send(rtp(1));
  expect(call.packets).toEqual([rtp(1)]);
});

test('fails for a peer whose certificate is not the one that signalling spoke of', async () => {
  const call = await Call.open({
    remote: { iceUfrag: 'theirs', icePwd: 'password', fingerprint: FINGERPRINT },
  });
  await until(() => {
    call.transport.shakeHands();
    return call.transport.state === 'failed';
  });
  expect(call.states).toEqual(['connecting', 'failed']);
  expect(call).toMatchObject({ ends: 1, released: [call.paths[0]] });
  expect(call.transport.send(rtp(1))).toBe(false);
  call.transport.close();
  expect(call.states).toEqual(['connecting', 'failed']);
});

test.each(['connecting', 'connected', 'disconnected'] as const)(
  'may be closed by whoever is told that it is %s, and tells nothing after that',
  async (when) => {
    const call: Call = await Call.open({
      onState: (state) => {
        call.states.push(state);
        if (state === when) call.transport.close();
      },
    });
    await until(() => {
      call.transport.shakeHands();
      return call.transport.state === 'closed' || call.transport.state === 'connected';
    });
    call.via = null;
    call.time += SILENCE + 1;
    call.transport.watch();
    expect(call.states.slice(-2)).toEqual([when, 'closed']);
    expect(call).toMatchObject({ ends: 1, faults: [] });
  },
);

test('may be closed by whoever is told that media brought it back: that packet is not told of any more', async () => {
  const call: Call = await Call.open({
    onState: (state) => {
      call.states.push(state);
      if (state === 'connected' && call.states.includes('disconnected')) call.transport.close();
    },
  });
  await call.connected();
  call.via = null;
  call.time += SILENCE + 1;
  call.transport.watch();
  [call.via] = call.paths;
  const { length } = call.packets;
  await call.send(rtp(1));
  expect(call.transport.state).toBe('closed');
  expect(call.packets).toHaveLength(length);
});

test('may be closed by whoever is told of a packet', async () => {
  const call: Call = await Call.open({
    onPacket: (packet) => {
      call.packets.push(packet);
      call.transport.close();
    },
  });
  await call.connected();
  call.via = null;
  for (const number of [1, 2]) await call.send(rtp(number));
  for (const datagram of call.media) call.deliver(call.paths[0], datagram);
  expect(call.packets).toEqual([rtp(1)]);
  expect(call).toMatchObject({ ends: 1, faults: [] });
});

test('a listener that throws is told of, and the transport goes on', async () => {
  const call: Call = await Call.open({
    onPacket: () => {
      throw new Error('packet');
    },
    onState: () => {
      throw new Error('state');
    },
  });
  await call.connected();
  await call.send(rtp(1));
  await until(() => call.faults.includes('onPacket'));
  expect(call.faults).toEqual(['onState', 'onState', 'onPacket']);
  expect(call.transport.send(rtp(2))).toBe(true);
  call.transport.close();
  expect(call.ends).toBe(1);
});

test.each([true, false])('knows who knows its password, over a known path: %s', (isKnown) => {
  const bench = new Bench();
  expect(bench.transport.admits(bench.check(), isKnown)).toBe(true);
  expect(bench.transport.admits(bench.check('another'), isKnown)).toBe(false);
});

test('looks at 300 checks at once, and at 100 a second after that; strangers take nothing from known paths', () => {
  const bench = new Bench();
  const check = bench.check();
  const admitted = (times: number, isKnown: boolean) =>
    Array.from({ length: times }, () => bench.transport.admits(check, isKnown)).filter((each) => each).length;
  expect(admitted(1_000, false)).toBe(300);
  expect(admitted(1_000, true)).toBe(300);
  bench.time += 500;
  expect(admitted(1_000, true)).toBe(50);
  expect(admitted(1_000, false)).toBe(50);
  bench.time += 60_000;
  expect(admitted(1_000, false)).toBe(300);
});
