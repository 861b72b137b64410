import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DtlsClient } from '../../testing/DtlsClient.ts';
import { DtlsPair } from '../../testing/DtlsPair.ts';
import { freePort } from '../../testing/freePort.ts';
import { MediaPeer } from '../../testing/MediaPeer.ts';
import { readLocalDescription } from '../../testing/readLocalDescription.ts';
import { until } from '../../testing/until.ts';
import { writeBindingRequest } from '../../testing/writeBindingRequest.ts';
import { writeTransportAnswer } from '../../testing/writeTransportAnswer.ts';
import { MediaEndpoint } from '../MediaEndpoint.ts';
import type { MediaTransport, TransportState } from '../MediaTransport.ts';
import { SRTP_PROFILES } from '../srtp/profiles.ts';
import { DtlsContext } from './DtlsContext.ts';

const MTU = 1_200;
/** Content types of records (RFC 6347, section 4.1). */
const [CHANGE_CIPHER, ALERT, HANDSHAKE, DATA] = [20, 21, 22, 23] as const;
const [WARNING, FATAL] = [1, 2] as const;

/** A whole handshake, and all that the client sent in it. */
function recorded(pair: DtlsPair): Buffer[] {
  const sent: Buffer[] = [];
  pair.client.start();
  pair.exchange((datagram, isClients) => {
    if (isClients) sent.push(datagram);
    return 1;
  });
  return sent;
}

/** The session is still what it was: nothing was told, keys are the client’s, and the client can end it. */
function expectUntouched(pair: DtlsPair): void {
  expect(pair.events).toEqual(['connected']);
  expect(pair.keys?.remote).toEqual(pair.client.keys.local);
  pair.client.close();
  pair.exchange();
  expect(pair.events).toEqual(['connected', 'closed']);
}

describe('a handshake', () => {
  test.each(SRTP_PROFILES)('gives both ends the same keys, with $name alone', (profile) => {
    using context = new DtlsContext([profile]);
    using pair = new DtlsPair({ context }).shakeHands();
    expect(pair.events).toEqual(['connected']);
    expect(pair.client.connected).toBe(true);
    expect(pair.keys?.profile).toBe(profile);
    expect(pair.client.keys.profile).toBe(profile);
    expect(pair.keys?.local).toEqual(pair.client.keys.remote);
    expect(pair.keys?.remote).toEqual(pair.client.keys.local);
    expect(pair.keys?.local.key).toHaveLength(profile.keyLength);
    expect(pair.keys?.local.salt).toHaveLength(profile.saltLength);
    expect(pair.keys?.local).not.toEqual(pair.keys?.remote);
  });

  test('takes the profile that we wish for most of those that the client knows', () => {
    for (const [offered, taken] of [
      ['SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM:SRTP_AEAD_AES_256_GCM', 'SRTP_AEAD_AES_256_GCM'],
      ['SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM', 'SRTP_AEAD_AES_128_GCM'],
      ['SRTP_AES128_CM_SHA1_32:SRTP_AES128_CM_SHA1_80', 'SRTP_AES128_CM_SHA1_80'],
    ] as const) {
      using pair = new DtlsPair({ client: { profiles: offered } }).shakeHands();
      expect(pair.keys?.profile.name).toBe(taken);
    }
  });

  test('gives other keys each time', () => {
    using one = new DtlsPair().shakeHands();
    using other = new DtlsPair().shakeHands();
    expect(one.keys).not.toEqual(other.keys);
  });

  test.each([null, 'SRTP_AES128_CM_SHA1_32'])('fails with a client whose profiles are %s', (profiles) => {
    using pair = new DtlsPair({ client: { profiles } }).shakeHands();
    expect(pair.events).toEqual(['failed: no SRTP profile in common']);
    expect(pair.keys).toBeNull();
  });

  test('fails with a client that has no certificate', () => {
    using pair = new DtlsPair({ client: { identity: null } }).shakeHands();
    expect(pair.events).toEqual(['failed: the DTLS handshake failed']);
  });

  test('fails with a certificate that is not the one of the fingerprint, whatever comes after', () => {
    using other = new DtlsContext();
    using pair = new DtlsPair({ fingerprint: other.fingerprint }).shakeHands();
    expect(pair.events).toEqual(['failed: another certificate']);
    pair.client.write(Buffer.from('let me in'));
    pair.exchange();
    pair.session.tick();
    expect(pair.events).toEqual(['failed: another certificate']);
    expect(pair.keys).toBeNull();
  });

  test('sends no datagram that is longer than a path carries', () => {
    const lengths: number[] = [];
    using pair = new DtlsPair({ on: (_, { sent }) => void lengths.push(sent.at(-1)?.length ?? 0) });
    pair.shakeHands();
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MTU);
  });

  test('goes on in the midst of a callback: a peer that answers while it is sent to is connected once', () => {
    using pair = new DtlsPair({
      on: (port, { sent, client, session }) => {
        if (port !== 'send') return;
        for (const datagram of sent.splice(0)) client.receive(datagram);
        for (const datagram of client.sent.splice(0)) session.receive(datagram, datagram.length);
      },
    });
    pair.shakeHands();
    expectUntouched(pair);
  });

  test('is over once, though the next datagram comes in the midst of a callback', () => {
    let hello = Buffer.alloc(0);
    using pair = new DtlsPair({
      on: (port, { session }) => port === 'send' && session.receive(hello, hello.length),
    });
    pair.client.start();
    hello = Buffer.from(pair.client.sent[0] ?? hello);
    pair.exchange();
    expectUntouched(pair);
  });

  test('takes a certificate in pieces, in any order', async () => {
    using pair = new DtlsPair({ client: { mtu: 300 } });
    pair.client.start();
    let most = 0;
    await until(() => {
      while (pair.sent.length + pair.client.sent.length > 0) {
        const flight = pair.client.sent.splice(0);
        most = Math.max(most, flight.length);
        for (const datagram of flight.reverse()) pair.give(datagram);
        for (const datagram of pair.sent.splice(0)) pair.client.receive(datagram);
      }
      pair.client.tick();
      return pair.client.connected;
    });
    expect(most).toBeGreaterThan(1);
    expectUntouched(pair);
  });
});

describe('what is lost', () => {
  test('the flight of a server is sent again by its ticks, though the client is silent', async () => {
    using pair = new DtlsPair();
    pair.client.start();
    for (const datagram of pair.client.sent.splice(0)) pair.give(datagram);
    const lost = pair.sent.splice(0);
    expect(lost.length).toBeGreaterThan(0);
    pair.session.tick();
    expect(pair.sent).toEqual([]);
    await until(() => {
      pair.session.tick();
      return pair.sent.length > 0;
    });
    pair.exchange();
    expectUntouched(pair);
  });

  test('the last flight is sent again to a client that asks, after we are connected', async () => {
    using pair = new DtlsPair();
    pair.client.start();
    pair.exchange(() => (pair.keys === null ? 1 : 0));
    expect(pair.events).toEqual(['connected']);
    expect(pair.client.connected).toBe(false);
    await until(() => {
      pair.client.tick();
      return pair.client.sent.length > 0;
    });
    pair.exchange();
    expect(pair.client.connected).toBe(true);
    expectUntouched(pair);
  });

  test('any one datagram of a handshake may be, or may come twice', async () => {
    const client = { mtu: 400 };
    let count = 0;
    using whole = new DtlsPair({ client });
    whole.client.start();
    whole.exchange(() => (++count > 0 ? 1 : 0));
    expect(count).toBeGreaterThan(4);
    const open = Array.from({ length: 2 * count }, (_, index) => {
      const pair = new DtlsPair({ client });
      const [lost, which] = [index < count, index % count];
      let number = 0;
      const carry = (): void => pair.exchange(() => (number++ !== which ? 1 : lost ? 0 : 2));
      pair.client.start();
      carry();
      return { pair, carry };
    });
    await until(() => {
      for (const { pair, carry } of open) {
        pair.session.tick();
        pair.client.tick();
        carry();
      }
      return open.every(({ pair }) => pair.client.connected);
    });
    for (const { pair } of open) {
      expectUntouched(pair);
      pair[Symbol.dispose]();
    }
  });
});

describe('the end', () => {
  test('the peer’s close ends it, once', () => {
    using pair = new DtlsPair().shakeHands();
    pair.client.close();
    pair.exchange();
    expect(pair.events).toEqual(['connected', 'closed']);
    pair.give(pair.client.forge(DATA, Buffer.from('too late'), 1_000));
    expect(pair.events).toEqual(['connected', 'closed']);
  });

  test('our end is told to the peer', () => {
    using pair = new DtlsPair().shakeHands();
    pair.session[Symbol.dispose]();
    expect(pair.client.isClosed).toBe(false);
    pair.exchange();
    expect(pair.client.isClosed).toBe(true);
    expect(pair.events).toEqual(['connected']);
  });

  test('nothing is said by one that was never connected, nor after the end', () => {
    using pair = new DtlsPair();
    pair.client.start();
    for (const datagram of pair.client.sent) pair.give(datagram);
    pair.sent.length = 0;
    pair.session[Symbol.dispose]();
    pair.session[Symbol.dispose]();
    pair.exchange();
    pair.session.tick();
    expect(pair.sent).toEqual([]);
    expect(pair.events).toEqual([]);
  });

  test('a session outlives the context that it was made of, and there is none without', () => {
    const context = new DtlsContext();
    using pair = new DtlsPair({ context });
    context[Symbol.dispose]();
    context[Symbol.dispose]();
    pair.shakeHands();
    expectUntouched(pair);
    expect(() => new DtlsPair({ context })).toThrow('no DTLS association');
  });

  test('may come out of every callback, with everything that can happen to a session', async () => {
    // In a process of its own, where memory that was freed is overwritten: what goes wrong here goes wrong in C.
    const script = fileURLToPath(new URL('../../testing/endDtlsInCallbacks.ts', import.meta.url));
    const env = { ...process.env, MALLOC_PERTURB_: '165', MALLOC_CHECK_: '3' };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
    const { ended, late } = JSON.parse(stdout) as { ended: number; late: string[] };
    expect(ended).toBeGreaterThanOrEqual(25);
    expect(late).toEqual([]);
  });
});

describe('a peer that is connected', () => {
  test('may say what it likes over DTLS: nobody listens', () => {
    using pair = new DtlsPair().shakeHands();
    for (let length = 1; length < 1_000; length += 90) pair.client.write(Buffer.alloc(length, length));
    pair.exchange();
    expectUntouched(pair);
  });

  test('cannot shake hands again, neither inside the association nor anew', () => {
    using pair = new DtlsPair();
    const first = recorded(pair);
    for (const datagram of [...first, ...first.reverse()]) pair.give(datagram);
    using second = new DtlsPair();
    for (const datagram of recorded(second)) pair.give(datagram);
    const { keys } = pair;
    pair.client.renegotiate();
    for (const datagram of pair.client.sent.splice(0)) pair.give(datagram);
    expect(pair.events).toEqual(['connected']);
    expect(pair.keys).toBe(keys);
    // The client is told that there is none, and takes it badly.
    pair.exchange();
    expect(pair.client.connected).toBe(true);
    expect(pair.events).toEqual(['connected', 'closed']);
  });

  test('ends it by breaking the protocol, and what it sends then is not kept', () => {
    const broken: [number, Buffer][] = [
      [ALERT, Buffer.from([9, 40])],
      [ALERT, Buffer.from([WARNING])],
      [ALERT, Buffer.from([FATAL, 40])],
      [HANDSHAKE, Buffer.alloc(13, 0xff)],
      [99, Buffer.from([1])],
    ];
    for (const [type, content] of broken) {
      using pair = new DtlsPair().shakeHands();
      pair.give(pair.client.forge(type, content, 100));
      expect(pair.events).toEqual(['connected', 'closed']);
      const before = process.memoryUsage.rss();
      const more = pair.client.forge(DATA, Buffer.alloc(2_000), 101);
      for (let count = 0; count < 20_000; count++) pair.give(more);
      expect(process.memoryUsage.rss() - before).toBeLessThan(20_000_000);
      expect(pair.events).toEqual(['connected', 'closed']);
    }
  });

  test('may send any record at all: nothing crashes, and the end is told once', () => {
    const record = fc.record({
      type: fc.oneof(
        fc.constantFrom(CHANGE_CIPHER, ALERT, HANDSHAKE, DATA, 24, 25, 26),
        fc.integer({ min: 0, max: 255 }),
      ),
      content: fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        // A handshake message, or a piece of one: type, length, number, and where the piece lies.
        fc
          .tuple(
            fc.constantFrom(0, 1, 2, 11, 14, 16, 20, 24),
            fc.integer({ min: 0, max: 300 }),
            fc.integer({ min: 0, max: 8 }),
            fc.integer({ min: 0, max: 300 }),
            fc.integer({ min: 0, max: 40 }),
          )
          .map(([type, length, number, offset, piece]) => {
            const message = Buffer.alloc(12 + piece, 1);
            message[0] = type;
            message.writeUIntBE(length, 1, 3);
            message.writeUInt16BE(number, 4);
            message.writeUIntBE(offset, 6, 3);
            message.writeUIntBE(piece, 9, 3);
            return message;
          }),
      ),
      ahead: fc.integer({ min: 0, max: 70 }),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 30 }), (records) => {
        using pair = new DtlsPair().shakeHands();
        let sequence = 10;
        for (const { type, content, ahead } of records) {
          sequence += ahead;
          pair.give(pair.client.forge(type, content, sequence));
        }
        expect(pair.events.slice(0, 1)).toEqual(['connected']);
        expect(['', 'closed']).toContain(pair.events.slice(1).join());
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is no record of the peer', () => {
  /** First byte 20 to 63, as RFC 7983 has it; most look like records otherwise too. */
  const garbage = fc.oneof(
    fc
      .tuple(fc.integer({ min: 20, max: 63 }), fc.uint8Array({ maxLength: 200 }))
      .map(([first, rest]) => Buffer.from([first, ...rest])),
    fc
      .record({
        type: fc.integer({ min: 20, max: 25 }),
        version: fc.constantFrom(0xfeff, 0xfefd, 0xfefc, 0x0100, 0x0303),
        epoch: fc.integer({ min: 0, max: 2 }),
        sequence: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 2 ** 48 - 1 })),
        body: fc.uint8Array({ maxLength: 200 }),
        wrong: fc.constantFrom(0, 0, 0, 1, -1, 1_000),
      })
      .map(({ type, version, epoch, sequence, body, wrong }) => {
        const bytes = Buffer.alloc(13 + body.length);
        bytes[0] = type;
        bytes.writeUInt16BE(version, 1);
        bytes.writeUInt16BE(epoch, 3);
        bytes.writeUIntBE(sequence, 5, 6);
        bytes.writeUInt16BE(Math.max(0, body.length + wrong), 11);
        bytes.set(body, 13);
        return bytes;
      }),
  );
  /** What one does to datagrams that are genuine. */
  const harm = fc.record({
    of: fc.nat(),
    how: fc.constantFrom('again', 'cut', 'flipped', 'twice in one'),
    at: fc.nat(),
  });
  type Harm = typeof harm extends fc.Arbitrary<infer T> ? T : never;
  const harmed = (datagrams: readonly Buffer[], { of, how, at }: Harm): Buffer => {
    const datagram = datagrams[of % datagrams.length] ?? Buffer.alloc(0);
    if (how === 'again') return datagram;
    if (how === 'cut') return datagram.subarray(0, at % datagram.length);
    if (how === 'twice in one') return Buffer.concat([datagram, datagram]);
    const flipped = Buffer.from(datagram);
    flipped[at % flipped.length] = (flipped[at % flipped.length] ?? 0) ^ (1 << (at % 8));
    return flipped;
  };

  test('changes nothing once we are connected', () => {
    fc.assert(
      fc.property(
        fc.array(garbage, { maxLength: 30 }),
        fc.array(harm, { maxLength: 30 }),
        (strange, harms) => {
          using pair = new DtlsPair();
          const genuine = recorded(pair);
          pair.client.write(Buffer.from('data'));
          genuine.push(...pair.client.sent);
          // Of what comes only now, the genuine one last.
          for (const each of harms) pair.give(harmed(genuine, each));
          for (const each of strange) pair.give(each);
          pair.sent.length = 0;
          pair.exchange();
          expectUntouched(pair);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('never crashes a handshake, whatever comes before and during it; it either fails or is completed', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 3 }), fc.array(harm, { maxLength: 4 }), (strange, harms) => {
        using pair = new DtlsPair();
        for (const each of strange.slice(0, 1)) pair.give(each);
        pair.client.start();
        let rest = [...strange.slice(1)];
        let harmsLeft = harms;
        while (pair.sent.length + pair.client.sent.length > 0) {
          const flight = pair.client.sent.splice(0);
          for (const each of rest) pair.give(each);
          rest = [];
          if (flight.length > 0) for (const each of harmsLeft.splice(0, 2)) pair.give(harmed(flight, each));
          for (const datagram of flight) pair.give(datagram);
          for (const datagram of pair.sent.splice(0)) pair.client.receive(datagram);
        }
        harmsLeft = [];
        const outcome = pair.events.join();
        // Of what was harmed something may be waited for that was there already: a tick would bring it.
        expect(['', 'connected', 'failed: the DTLS handshake failed']).toContain(outcome);
        outcomes.add(outcome);
      }),
      { numRuns: 300 },
    );
    expect(outcomes.has('connected')).toBe(true);
  });

  test('is not read beyond its end: a length that is longer than the bytes is refused', () => {
    using pair = new DtlsPair();
    pair.client.start();
    const [hello = Buffer.alloc(0)] = pair.client.sent;
    pair.session.receive(hello, hello.length + 1);
    pair.session.receive(hello, 2 ** 31 - 1);
    pair.session.receive(hello, 0);
    expect(pair.sent).toEqual([]);
    // What is behind the length is not looked at.
    const longer = Buffer.concat([hello, Buffer.alloc(500, HANDSHAKE)]);
    pair.session.receive(longer, hello.length);
    pair.client.sent.length = 0;
    pair.exchange();
    expectUntouched(pair);
  });
});

describe('a browser’s DTLS', () => {
  let open: AsyncDisposableStack;
  beforeEach(() => {
    open = new AsyncDisposableStack();
  });
  afterEach(() => open.disposeAsync());

  const rtp = (number: number): Buffer =>
    Buffer.from([0x80, 96, number >> 8, number & 0xff, 0, 0, 0, 1, 0, 0, 0, 9, 1, 2, 3, number & 0xff]);

  const answerOf = ({ local }: MediaTransport): string =>
    writeTransportAnswer(local, local.candidates[0]?.port ?? 0);

  interface Opened {
    readonly transport: MediaTransport;
    readonly states: TransportState[];
    readonly packets: Buffer[];
  }

  const onFault = (where: string, error: unknown): void => {
    throw new Error(where, { cause: error });
  };

  function openTransport(endpoint: MediaEndpoint, fingerprint: string): Opened {
    const states: TransportState[] = [];
    const packets: Buffer[] = [];
    const transport = endpoint.openTransport({
      remote: { iceUfrag: 'them', icePwd: 'their password', fingerprint },
      onPacket: (packet) => packets.push(packet),
      onState: (state) => states.push(state),
      onFault,
    });
    return { transport, states, packets };
  }

  async function reach(endpoint: MediaEndpoint, fingerprint?: string): Promise<Opened & { peer: MediaPeer }> {
    const peer = open.use(await MediaPeer.open(['microphone'], false));
    const theirs = readLocalDescription(peer.offer);
    return { peer, ...openTransport(endpoint, fingerprint ?? theirs.fingerprint) };
  }

  async function openEndpoint(srtpProfiles = SRTP_PROFILES): Promise<MediaEndpoint> {
    const udpPort = await freePort();
    return open.use(await MediaEndpoint.open({ udpPort, bindAddress: '127.0.0.1', srtpProfiles, onFault }));
  }

  test.each(SRTP_PROFILES)('connects and carries media both ways, with $name alone', async (profile) => {
    const { peer, transport, states, packets } = await reach(await openEndpoint([profile]));
    const received: Buffer[] = [];
    peer.onPacket((packet) => received.push(packet));
    await peer.accept(answerOf(transport));
    await until(() => transport.state === 'connected');
    const sent = Array.from({ length: 20 }, (_, number) => rtp(0xfff6 + number));
    for (const packet of sent) {
      peer.send(packet);
      expect(transport.send(packet)).toBe(true);
    }
    await until(() => packets.length >= 20 && received.length >= 20);
    expect(packets.map(hex)).toEqual(sent.map(hex));
    expect(received.map(hex)).toEqual(sent.map(hex));
    expect(states).toEqual(['connecting', 'connected']);
    transport.close();
    expect(states).toEqual(['connecting', 'connected', 'closed']);
    expect(transport.send(rtp(1))).toBe(false);
  });

  test('ends the transport when it is closed at the other end, and records from the past do not', async () => {
    const endpoint = await openEndpoint();
    using client = new DtlsClient();
    const { transport, states } = openTransport(endpoint, client.fingerprint);
    const { iceUfrag, icePwd, candidates } = transport.local;
    const socket = open.use(createSocket('udp4'));
    const sent: Buffer[] = [];
    const send = (...datagrams: Buffer[]): void => {
      for (const datagram of datagrams) socket.send(datagram, candidates[0]?.port, '127.0.0.1');
    };
    const flush = (): void => {
      sent.push(...client.sent);
      send(...client.sent.splice(0));
    };
    socket.on('message', (datagram) => {
      if (datagram[0] === 1) client.start();
      else client.receive(datagram);
      flush();
    });
    send(writeBindingRequest(`${iceUfrag}:them`, icePwd, { nominates: true }));
    await until(() => client.connected);
    expect(states).toEqual(['connecting', 'connected']);
    send(...sent);
    client.write(Buffer.from('nobody reads this'));
    flush();
    client.close();
    flush();
    await until(() => transport.state === 'closed');
    expect(states).toEqual(['connecting', 'connected', 'closed']);
  });

  test('is never connected with a certificate that its offer did not speak of, and nothing of it is delivered', async () => {
    const endpoint = await openEndpoint();
    using other = new DtlsContext();
    const impostor = await reach(endpoint, other.fingerprint);
    await impostor.peer.accept(answerOf(impostor.transport));
    for (let number = 0; number < 20; number++) impostor.peer.send(rtp(number));
    await until(() => impostor.transport.state === 'failed');
    for (let number = 20; number < 40; number++) impostor.peer.send(rtp(number));
    // What the impostor sent was on its way before this one was.
    const honest = await reach(endpoint);
    await honest.peer.accept(answerOf(honest.transport));
    honest.peer.send(rtp(1));
    await until(() => honest.packets.length > 0);
    expect(impostor.packets).toEqual([]);
    expect(impostor.states).toEqual(['connecting', 'failed']);
    expect(impostor.transport.send(rtp(1))).toBe(false);
  });
});

function hex(packet: Uint8Array): string {
  return Buffer.from(packet).toString('hex');
}
