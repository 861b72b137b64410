import { createHmac } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../testing/freePort.ts';
import { MediaPeer } from '../testing/MediaPeer.ts';
import { type BindingResponse, readBindingResponse } from '../testing/readBindingResponse.ts';
import { readLocalDescription } from '../testing/readLocalDescription.ts';
import { until } from '../testing/until.ts';
import { type CheckOptions, writeBindingRequest } from '../testing/writeBindingRequest.ts';
import { writeClientHello } from '../testing/writeClientHello.ts';
import { writeTransportAnswer } from '../testing/writeTransportAnswer.ts';
import { MediaEndpoint, type MediaEndpointOptions, PortUnavailableError } from './MediaEndpoint.ts';
import type { MediaTransport, TransportListeners, TransportState } from './MediaTransport.ts';
import type { LocalParameters, RemoteParameters } from './parameters.ts';
import { FrameReader, frame } from './tcp/framing.ts';

const REMOTE: RemoteParameters = {
  iceUfrag: 'theirs',
  icePwd: 'password',
  fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
};
const LOOPBACK = { '127.0.0.1': '7f000001', '::1': '00000000000000000000000000000001' } as const;
type Host = keyof typeof LOOPBACK;
/** As the transport has them. */
const MOST_PATHS = 8;
const CHECKS = { perSecond: 100, atOnce: 300 };

/** Once for each transport: the path in use gets an answer to it. */
const CLIENT_HELLO = writeClientHello();

let open: AsyncDisposableStack;
let faults: unknown[];
beforeEach(() => {
  open = new AsyncDisposableStack();
  faults = [];
});
afterEach(async () => {
  await open.disposeAsync();
  expect(faults).toEqual([]);
});

interface Opened {
  readonly endpoint: MediaEndpoint;
  readonly udpPort: number;
  readonly tcpPort: number;
}

async function openEndpoint(options: Partial<MediaEndpointOptions> = {}): Promise<Opened> {
  const { udpPort = await freePort(), tcpPort = await freePort() } = options;
  const onFault = (_: string, error: unknown) => void faults.push(error);
  const endpoint = open.use(await MediaEndpoint.open({ udpPort, tcpPort, onFault, ...options }));
  return { endpoint, udpPort, tcpPort };
}

interface Transport {
  readonly transport: MediaTransport;
  readonly states: TransportState[];
  readonly packets: Buffer[];
}

function openTransport(endpoint: MediaEndpoint, listeners: Partial<TransportListeners> = {}): Transport {
  const states: TransportState[] = [];
  const packets: Buffer[] = [];
  const transport = endpoint.openTransport({
    remote: REMOTE,
    onPacket: (packet) => void packets.push(packet),
    onState: (state) => void states.push(state),
    onFault: (_, error) => void faults.push(error),
    ...listeners,
  });
  return { transport, states, packets };
}

function checkOf({ iceUfrag, icePwd }: LocalParameters, options?: CheckOptions): Buffer {
  return writeBindingRequest(`${iceUfrag}:theirs`, icePwd, options);
}

/** Some address that sends what it likes. */
class Client {
  readonly port: number;
  readonly answers: (BindingResponse & { bytes: number })[] = [];
  /** What is no answer to a check. */
  readonly datagrams: Buffer[] = [];
  readonly #socket: Socket;
  readonly #target: number;
  readonly #host: Host;

  private constructor(socket: Socket, target: number, host: Host) {
    this.#socket = socket;
    this.#target = target;
    this.#host = host;
    this.port = socket.address().port;
    socket.on('message', (datagram) => {
      const answer = readBindingResponse(datagram);
      if (answer === null) this.datagrams.push(datagram);
      else this.answers.push({ ...answer, bytes: datagram.length });
    });
  }

  static async open({ udpPort }: { udpPort: number }, host: Host = '127.0.0.1'): Promise<Client> {
    const socket = createSocket(host === '::1' ? 'udp6' : 'udp4');
    socket.bind(0, host);
    await once(socket, 'listening');
    open.defer(() => void socket.close());
    return new Client(socket, udpPort, host);
  }

  send(datagram: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#socket.send(datagram, this.#target, this.#host, () => resolve()));
  }

  /** Resolves with the answer to a check that is going to get one. */
  async ask(check: Buffer): Promise<BindingResponse & { bytes: number }> {
    const { length } = this.answers;
    await this.send(check);
    await until(() => this.answers.length > length);
    return this.answers[length] as BindingResponse & { bytes: number };
  }

  check(transport: MediaTransport, options?: CheckOptions): Promise<BindingResponse> {
    return this.ask(checkOf(transport.local, options));
  }

  /** Whether DTLS of this address is heard, and answered to here. */
  async isHeard(witness: MediaTransport): Promise<boolean> {
    const { length } = this.datagrams;
    await this.send(CLIENT_HELLO);
    // What comes later is answered later; and this makes no path.
    await this.check(witness, { isControlled: true });
    return this.datagrams.length > length;
  }
}

describe('a check', () => {
  test.each(['127.0.0.1', '::1'] as const)(
    'that is genuine is answered with the address that it came from, %s',
    async (host) => {
      const opened = await openEndpoint();
      const { transport, states } = openTransport(opened.endpoint);
      const client = await Client.open(opened, host);
      const request = checkOf(transport.local);
      await client.send(request);
      await until(() => client.answers.length === 1);
      const [answer] = client.answers;
      expect(answer).toMatchObject({
        isSuccess: true,
        transactionId: request.subarray(8, 20),
        mapped: { address: Buffer.from(LOOPBACK[host], 'hex'), port: client.port },
        hasFingerprint: true,
      });
      expect(answer?.isFrom(transport.local.icePwd)).toBe(true);
      expect(states).toEqual(['connecting']);
    },
  );

  test('that is not genuine is neither answered nor remembered', async () => {
    const opened = await openEndpoint();
    const { transport, states } = openTransport(opened.endpoint);
    const other = openTransport(opened.endpoint);
    const { iceUfrag, icePwd } = transport.local;
    const genuine = checkOf(transport.local);
    const client = await Client.open(opened);
    const changed = Buffer.from(genuine);
    changed[30] = (changed[30] ?? 0) ^ 1;
    const hostile = [
      writeBindingRequest('nobody:theirs', icePwd),
      writeBindingRequest(`theirs:${iceUfrag}`, icePwd),
      writeBindingRequest(`${iceUfrag}:theirs`, 'password'),
      writeBindingRequest(`${iceUfrag}:theirs`, other.transport.local.icePwd),
      writeBindingRequest(`${iceUfrag}:theirs`, ''),
      withoutIntegrity(genuine),
      changed,
      Buffer.alloc(0),
      ...Array.from({ length: genuine.length - 1 }, (_, end) => genuine.subarray(0, end + 1)),
      Buffer.concat([genuine, Buffer.alloc(4)]),
    ];
    for (const datagram of hostile) await client.send(datagram);
    expect(await client.isHeard(other.transport)).toBe(false);
    expect(client.answers).toHaveLength(1);
    expect(states).toEqual([]);
  });

  test('is answered with little more than it has brought itself, were it the shortest there is', async () => {
    const opened = await openEndpoint();
    const { transport } = openTransport(opened.endpoint);
    const [ipv4, ipv6] = [await Client.open(opened), await Client.open(opened, '::1')];
    const ratios: number[] = [];
    for (const client of [ipv4, ipv6])
      for (const request of [shortestCheck(transport.local), checkOf(transport.local)])
        ratios.push((await client.ask(request)).bytes / request.length);
    // 64 bytes for 56, and 76 for 56; what browsers send is longer than what they get.
    expect(ratios).toEqual([64 / 56, expect.any(Number), 76 / 56, expect.any(Number)]);
    expect(Math.max(ratios[1] ?? 2, ratios[3] ?? 2)).toBeLessThan(1);
  });

  test('of somebody who takes himself for the controlled end is refused with 487, and makes no path', async () => {
    const opened = await openEndpoint();
    const { transport, states } = openTransport(opened.endpoint);
    const client = await Client.open(opened);
    const answer = await client.check(transport, { isControlled: true, nominates: true });
    expect(answer).toMatchObject({ isSuccess: false, code: 487, mapped: null, hasFingerprint: true });
    expect(answer.isFrom(transport.local.icePwd)).toBe(true);
    expect(await client.isHeard(transport)).toBe(false);
    expect(states).toEqual([]);
  });

  test('of a transport that is closed is not answered, nor is what comes from its paths', async () => {
    const opened = await openEndpoint();
    const { transport, states } = openTransport(opened.endpoint);
    const witness = openTransport(opened.endpoint).transport;
    const client = await Client.open(opened);
    await client.check(transport);
    expect(await client.isHeard(witness)).toBe(true);
    transport.close();
    const { length } = client.answers;
    await client.send(checkOf(transport.local));
    expect(await client.isHeard(witness)).toBe(false);
    expect(client.answers).toHaveLength(length + 1);
    expect(states).toEqual(['connecting', 'closed']);
  });
});

describe('an address that has shown no genuine check', () => {
  test('is not heard, whatever it sends', async () => {
    const opened = await openEndpoint();
    const { transport, states } = openTransport(opened.endpoint);
    const [stranger, browser] = [await Client.open(opened), await Client.open(opened)];
    await browser.check(transport, { nominates: true });
    await stranger.send(Buffer.concat([Buffer.from([0x80, 96]), Buffer.alloc(100)]));
    expect(await stranger.isHeard(transport)).toBe(false);
    expect(browser.datagrams).toEqual([]);
    expect(states).toEqual(['connecting']);
    // The same from the address of the browser, as the counter-proof.
    expect(await browser.isHeard(transport)).toBe(true);
  });
});

describe('a participant who sends genuine checks without end', () => {
  test('from 200 addresses is heard on eight of them', async () => {
    const opened = await openEndpoint();
    const call = await Call.open(opened);
    const clients: Client[] = [];
    for (let count = 0; count < 200; count++) clients.push(await Client.open(opened));
    for (const client of clients) await client.send(checkOf(call.transport.local));
    await until(() => clients.every(({ answers }) => answers.length === 1));
    // One packet of his for each of them.
    for (const [index, packet] of (await call.record(clients.length)).entries())
      await clients[index]?.send(packet);
    await clients.at(-1)?.check(call.transport, { isControlled: true });
    // With the one that he uses it is eight.
    expect(call.packets).toHaveLength(MOST_PATHS - 1);
    call.send();
    await until(() => call.packets.length === MOST_PATHS);
  });

  test('is answered so often and no more, while others are answered', async () => {
    const opened = await openEndpoint();
    const { transport } = openTransport(opened.endpoint);
    const others = openTransport(opened.endpoint).transport;
    const [flooder, honest] = [await Client.open(opened), await Client.open(opened)];
    const begin = performance.now();
    const request = checkOf(transport.local);
    for (let count = 0; count < 10; count++) {
      await Promise.all(Array.from({ length: 100 }, () => flooder.send(request)));
      expect(await honest.check(others)).toMatchObject({ isSuccess: true });
    }
    const seconds = (performance.now() - begin) / 1_000;
    await until(() => flooder.answers.length >= CHECKS.atOnce);
    expect(flooder.answers.length).toBeLessThanOrEqual(CHECKS.atOnce + CHECKS.perSecond * seconds + 1);
    // It recovers as soon as it is left alone.
    const { length } = flooder.answers;
    await until(async () => {
      await flooder.send(request);
      return flooder.answers.length > length;
    });
  });

  test('that are forged, of another’s transport, keeps nobody from being answered who has shown himself', async () => {
    const opened = await openEndpoint();
    const [mine, theirs] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const [client, honest] = [await Client.open(opened), await Client.open(opened)];
    await honest.check(theirs.transport);
    const forged = writeBindingRequest(`${theirs.transport.local.iceUfrag}:x`, mine.transport.local.icePwd);
    for (let count = 0; count < 10; count++) {
      await Promise.all(Array.from({ length: 100 }, () => client.send(forged)));
      expect(await honest.check(theirs.transport)).toMatchObject({ isSuccess: true });
    }
    expect(client.answers).toEqual([]);
  });
});

describe('an address', () => {
  test('belongs to the transport whose check it has shown last', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const witness = openTransport(opened.endpoint).transport;
    const client = await Client.open(opened);
    await client.check(one.transport);
    await client.check(two.transport);
    // The former owner's end takes nothing away from the new one.
    one.transport.close();
    expect(await client.isHeard(witness)).toBe(true);
    expect(two.states).toEqual(['connecting']);
    two.transport.close();
    expect(await client.isHeard(witness)).toBe(false);
  });

  test('is no longer sent to by the transport that it belonged to', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const [moving, staying] = [await Client.open(opened), await Client.open(opened)];
    await moving.check(one.transport, { nominates: true });
    await staying.check(one.transport);
    await moving.check(two.transport);
    expect(await staying.isHeard(one.transport)).toBe(true);
    expect(moving.datagrams).toEqual([]);
  });

  test('comes back to its first transport by a check', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const client = await Client.open(opened);
    for (const { transport } of [one, two, one]) await client.check(transport);
    two.transport.close();
    expect(await client.isHeard(one.transport)).toBe(true);
  });

  test('is not taken over by a check that is refused', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const client = await Client.open(opened);
    await client.check(one.transport);
    await client.check(two.transport, { isControlled: true });
    await client.send(writeBindingRequest(`${two.transport.local.iceUfrag}:x`, 'password'));
    two.transport.close();
    expect(await client.isHeard(one.transport)).toBe(true);
  });
});

test('nothing that comes, from a stranger or a browser, is a fault', async () => {
  const opened = await openEndpoint();
  const { transport } = openTransport(opened.endpoint);
  const witness = openTransport(opened.endpoint).transport;
  const [stranger, browser] = [await Client.open(opened), await Client.open(opened)];
  await browser.check(transport);
  const genuine = checkOf(transport.local);
  const change = fc.tuple(fc.nat(200), fc.nat(255));
  const datagram = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(fc.nat(255), fc.nat(2_100)).map(([first, length]) => Buffer.alloc(length, first)),
    fc.array(change, { maxLength: 5 }).map((changes) => {
      const bytes = Buffer.from(genuine);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    }),
    fc.tuple(change, fc.nat(CLIENT_HELLO.length)).map(([[at, value], end]) => {
      const bytes = Buffer.from(CLIENT_HELLO.subarray(0, end));
      if (at < bytes.length) bytes[at] = value;
      return bytes;
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(datagram, { maxLength: 20 }), async (datagrams) => {
      for (const each of datagrams) await Promise.all([stranger.send(each), browser.send(each)]);
      await turn();
    }),
    { numRuns: 100 },
  );
  expect(await stranger.check(witness)).toMatchObject({ isSuccess: true });
});

describe('over TCP', () => {
  test('a check is answered with the address that it came from, and DTLS on the same connection', async () => {
    const opened = await openEndpoint();
    const { transport, states } = openTransport(opened.endpoint);
    const client = await dial(opened);
    client.send(checkOf(transport.local, { nominates: true }));
    await until(() => client.answers.length === 1);
    expect(client.answers[0]).toMatchObject({
      isSuccess: true,
      mapped: { address: Buffer.from(LOOPBACK['127.0.0.1'], 'hex'), port: client.port },
    });
    expect(states).toEqual(['connecting']);
    client.send(CLIENT_HELLO);
    await until(() => client.packets.length > 0);
    client.send(checkOf(transport.local));
    await until(() => client.answers.length === 2);
  });

  test('who takes himself for the controlled end is told of it, and closed', async () => {
    const opened = await openEndpoint();
    const { transport, states } = openTransport(opened.endpoint);
    const client = await dial(opened);
    client.send(checkOf(transport.local, { isControlled: true }));
    await until(client.closed);
    expect(client.answers).toMatchObject([{ code: 487 }]);
    expect(states).toEqual([]);
  });

  test('a connection carries nothing for another transport', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const client = await dial(opened);
    client.send(checkOf(one.transport.local));
    client.send(checkOf(two.transport.local));
    client.send(checkOf(one.transport.local));
    await until(() => client.answers.length === 2);
    expect(two.states).toEqual([]);
  });

  test('the end of a transport is the end of its connections, and not of others', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const [first, second] = [await dial(opened), await dial(opened)];
    first.send(checkOf(one.transport.local));
    second.send(checkOf(two.transport.local));
    await until(() => first.answers.length === 1 && second.answers.length === 1);
    one.transport.close();
    await until(first.closed);
    second.send(checkOf(two.transport.local));
    await until(() => second.answers.length === 2);
  });

  test('a participant has eight connections: the one that was checked longest ago makes room', async () => {
    const opened = await openEndpoint();
    const { transport } = openTransport(opened.endpoint);
    const clients: TcpClient[] = [];
    for (let count = 0; count < MOST_PATHS + 4; count++) {
      const client = await dial(opened);
      clients.push(client);
      client.send(checkOf(transport.local));
      await until(() => client.answers.length === 1);
    }
    await until(() => clients.filter(({ closed }) => closed()).length === 4);
    // The first is in use.
    expect(clients.map(({ closed }) => closed())).toEqual(clients.map((_, at) => at > 0 && at < 5));
  });

  test('when the connection in use ends, what is left is used', async () => {
    const opened = await openEndpoint();
    const { transport } = openTransport(opened.endpoint);
    const [tcp, udp] = [await dial(opened), await Client.open(opened)];
    tcp.send(checkOf(transport.local, { nominates: true }));
    await until(() => tcp.answers.length === 1);
    await udp.check(transport);
    await udp.send(CLIENT_HELLO);
    await until(() => tcp.packets.length > 0);
    expect(udp.datagrams).toEqual([]);
    tcp.end();
    await until(tcp.closed);
    // Its flight is sent again to where it can go now, when its time has come.
    await until(() => udp.datagrams.length > 0);
  });
});

describe('whoever is told of a state may', () => {
  test.each(['udp', 'tcp'] as const)('close the transport within a check over %s', async (over) => {
    const opened = await openEndpoint();
    const told: Transport = openTransport(opened.endpoint, {
      onState: (state) => {
        told.states.push(state);
        told.transport.close();
      },
    });
    const witness = openTransport(opened.endpoint).transport;
    if (over === 'udp') {
      const client = await Client.open(opened);
      await client.check(told.transport);
      expect(await client.isHeard(witness)).toBe(false);
    } else {
      const client = await dial(opened);
      client.send(checkOf(told.transport.local));
      client.send(CLIENT_HELLO);
      await until(client.closed);
      expect(client.packets).toEqual([]);
    }
    expect(told.states).toEqual(['connecting', 'closed']);
  });

  test('open the next transport, or end everything', async () => {
    const opened = await openEndpoint();
    let next: Transport | null = null;
    const first = openTransport(opened.endpoint, {
      onState: (state) => {
        if (state === 'connecting') next = openTransport(opened.endpoint);
      },
    });
    const last = openTransport(opened.endpoint, { onState: () => opened.endpoint[Symbol.dispose]() });
    const client = await Client.open(opened);
    await client.check(first.transport);
    expect((next as Transport | null)?.transport.state).toBe('new');
    await client.send(checkOf(last.transport.local));
    await until(() => first.transport.state === 'closed');
    expect(last.transport.state).toBe('closed');
    await openEndpoint(opened);
  });
});

describe('the end of an endpoint', () => {
  test('ends its transports and frees its ports at once', async () => {
    const opened = await openEndpoint();
    const [one, two] = [openTransport(opened.endpoint), openTransport(opened.endpoint)];
    const [udp, tcp] = [await Client.open(opened), await dial(opened)];
    await udp.check(one.transport);
    tcp.send(checkOf(two.transport.local));
    await until(() => tcp.answers.length === 1);
    opened.endpoint[Symbol.dispose]();
    expect([one.states, two.states]).toEqual([
      ['connecting', 'closed'],
      ['connecting', 'closed'],
    ]);
    const next = await openEndpoint(opened);
    opened.endpoint[Symbol.dispose]();
    await until(tcp.closed);
    const { transport } = openTransport(next.endpoint);
    expect(await udp.check(transport)).toMatchObject({ isSuccess: true });
  });

  test('is followed by no transport', async () => {
    const { endpoint } = await openEndpoint();
    endpoint[Symbol.dispose]();
    expect(() => openTransport(endpoint)).toThrow();
  });
});

describe('a port that somebody has', () => {
  test('over UDP', async () => {
    const { udpPort } = await openEndpoint();
    await expect(openEndpoint({ udpPort })).rejects.toThrow(PortUnavailableError);
  });

  test('over TCP, and then the UDP port is free again', async () => {
    const { tcpPort } = await openEndpoint();
    const udpPort = await freePort();
    await expect(openEndpoint({ udpPort, tcpPort })).rejects.toThrow(PortUnavailableError);
    await openEndpoint({ udpPort });
  });
});

describe('real peers', () => {
  test('of one endpoint get each their own', async () => {
    const opened = await openEndpoint();
    const calls = [await Call.open(opened), await Call.open(opened), await Call.open(opened)];
    for (const [index, call] of calls.entries()) {
      call.peer.send(rtp(index));
      call.transport.send(rtp(10 + index));
    }
    await until(() => calls.every(({ packets, heard }) => packets.length > 0 && heard.length > 0));
    expect(calls.map(({ packets }) => packets)).toEqual([[rtp(0)], [rtp(1)], [rtp(2)]]);
    expect(calls.map(({ heard }) => heard)).toEqual([[rtp(10)], [rtp(11)], [rtp(12)]]);
  });

  test('are sent to where they are while their media comes, whoever shows a check from elsewhere', async () => {
    const opened = await openEndpoint();
    const call = await Call.open(opened);
    call.send();
    await until(() => call.packets.length === 1);
    const stranger = await Client.open(opened);
    // As one that was seen on the way, and is sent again.
    await stranger.check(call.transport, { nominates: true });
    let number = 0;
    const heard = call.heard.length;
    await until(() => {
      call.send();
      call.transport.send(rtp(number++));
      return call.heard.length > heard;
    });
    expect(stranger.datagrams).toEqual([]);
  });

  test('keep their address while their media comes from it, whoever claims it', async () => {
    const opened = await openEndpoint();
    const call = await Call.open(opened);
    call.send();
    await until(() => call.packets.length === 1);
    const other = openTransport(opened.endpoint);
    call.forward(checkOf(other.transport.local, { nominates: true }));
    const { length } = call.packets;
    call.send();
    await until(() => call.packets.length > length);
    expect(other.states).toEqual([]);
  });

  test('are followed to another port of their NAT, once a check has come from there', async () => {
    const opened = await openEndpoint();
    const call = await Call.open(opened);
    call.send();
    await until(() => call.packets.length === 1);

    await call.rebind();
    const { length } = call.packets;
    for (const packet of await call.record(3)) call.forward(packet);
    // As the browser does every few seconds.
    await call.check();
    expect(call.packets).toHaveLength(length);

    const heard = call.heard.length;
    let number = 0;
    await until(() => {
      call.send();
      call.transport.send(rtp(number++));
      return call.heard.length > heard;
    });
    expect(call.packets.length).toBeGreaterThan(length);
    expect(call.transport.state).toBe('connected');
  });
});

/** Without its last attribute. */
function withoutIntegrity(check: Buffer): Buffer {
  const bytes = Buffer.from(check.subarray(0, -24));
  bytes.writeUInt16BE(bytes.length - 20, 2);
  return bytes;
}

/** A genuine one of our fragment and the integrity alone, 56 bytes. */
function shortestCheck({ iceUfrag, icePwd }: LocalParameters): Buffer {
  const name = Buffer.from([0, 6, 0, iceUfrag.length, ...Buffer.from(iceUfrag)]);
  const bytes = Buffer.concat([writeBindingRequest('', '').subarray(0, 20), name]);
  bytes.writeUInt16BE(name.length + 24, 2);
  return Buffer.concat([
    bytes,
    Buffer.from([0, 8, 0, 20]),
    createHmac('sha1', icePwd).update(bytes).digest(),
  ]);
}

/** RTP that nobody knows. */
function rtp(number: number): Buffer {
  return Buffer.from([0x80, 96, number >> 8, number & 255, 0, 0, 0, 1, 0, 0, 0, 9, 1, 2, 3]);
}

/** A real peer behind a NAT: what it sends comes from a port that may change. */
class Call implements Transport {
  readonly peer: MediaPeer;
  readonly transport: MediaTransport;
  readonly states: TransportState[];
  readonly packets: Buffer[];
  readonly heard: Buffer[] = [];
  readonly #udpPort: number;
  readonly #inside: Socket;
  #outside: Socket;
  #peerPort = 0;
  #sent = 0;
  #answers = 0;
  /** Packets that are held back. */
  #record: Buffer[] | null = null;

  private constructor(peer: MediaPeer, { endpoint, udpPort }: Opened, inside: Socket, outside: Socket) {
    this.peer = peer;
    this.#udpPort = udpPort;
    this.#inside = inside;
    this.#outside = outside;
    const opened = openTransport(endpoint, { remote: readLocalDescription(peer.offer) });
    this.transport = opened.transport;
    this.states = opened.states;
    this.packets = opened.packets;
    peer.onPacket((packet) => this.heard.push(packet));
    inside.on('message', (datagram, from) => {
      this.#peerPort = from.port;
      if (this.#record !== null && (datagram[0] ?? 0) >= 128) this.#record.push(datagram);
      else this.forward(datagram);
    });
    this.#listen();
  }

  /** Once both ends can send. */
  static async open(opened: Opened): Promise<Call> {
    const peer = open.use(await MediaPeer.open(['microphone']));
    const inside = await bound();
    const call = new Call(peer, opened, inside, await bound());
    await peer.accept(writeTransportAnswer(call.transport.local, inside.address().port));
    await until(() => call.transport.state === 'connected');
    return call;
  }

  /** The peer sends a packet. */
  send(): void {
    this.peer.send(rtp(this.#sent++));
  }

  /** Packets of the peer, as they are on the wire; they do not get to the endpoint by themselves. */
  async record(count: number): Promise<Buffer[]> {
    const record: Buffer[] = [];
    this.#record = record;
    for (let index = 0; index < count; index++) this.send();
    await until(() => record.length === count);
    this.#record = null;
    return record;
  }

  /** Sends it from where the NAT has the peer now. */
  forward(datagram: Buffer): void {
    this.#outside.send(datagram, this.#udpPort, '127.0.0.1');
  }

  /** The NAT gives the peer another port. */
  async rebind(): Promise<void> {
    this.#outside = await bound();
    this.#listen();
  }

  /** A check from where the peer's datagrams come from now. */
  async check(): Promise<void> {
    const answers = this.#answers;
    this.forward(checkOf(this.transport.local));
    await until(() => this.#answers > answers);
  }

  #listen(): void {
    const outside = this.#outside;
    outside.on('message', (datagram) => {
      // What goes to a port that the NAT has given up is lost.
      if (outside !== this.#outside) return;
      if (readBindingResponse(datagram) !== null) this.#answers += 1;
      this.#inside.send(datagram, this.#peerPort, '127.0.0.1');
    });
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.defer(() => void socket.close());
  return socket;
}

interface TcpClient {
  readonly port: number;
  readonly answers: BindingResponse[];
  readonly packets: Buffer[];
  readonly closed: () => boolean;
  send(packet: Buffer): void;
  end(): void;
}

async function dial({ tcpPort }: Opened): Promise<TcpClient> {
  const socket = connect(tcpPort, '127.0.0.1');
  open.defer(() => void socket.destroy());
  const answers: BindingResponse[] = [];
  const packets: Buffer[] = [];
  const reader = new FrameReader();
  let isClosed = false;
  socket.on('data', (chunk: Buffer) =>
    reader.push(chunk, (packet) => {
      const answer = readBindingResponse(packet);
      if (answer === null) packets.push(Buffer.from(packet));
      else answers.push(answer);
    }),
  );
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
  });
  await once(socket, 'connect');
  return {
    port: socket.localPort ?? 0,
    answers,
    packets,
    closed: () => isClosed,
    send: (packet) => void socket.write(frame(packet)),
    end: () => void socket.end(),
  };
}
