import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCertificate } from '../dev-env/certificate.ts';
import { fromEnvironment } from '../net/environment.ts';
import { runOn, spawnOn } from '../net/host.ts';
import { addAddress, type Relay, startRelay } from '../net/turn/startRelay.ts';
import { type Credentials, type Peer, TurnClient } from '../net/turn/TurnClient.ts';
import { waitFor } from './harness/waitFor.ts';

// The relay as we configure it, asked for everything that it must not do. No browser is needed.
const secret = 'only the relay and the service know';
const mediaPort = 40_000;
const otherPort = 9_999;
const { server, browsers } = fromEnvironment();
/** The relay has addresses of its own on the server's host. */
const relayAddress = '198.51.100.3';
const relayAddress6 = '2001:db8:51::3';
const server6 = '2001:db8:51::1';

let open: AsyncDisposableStack;
let relay: Relay;
/** What arrived on any address of the server's host. */
const arrived: string[] = [];

beforeAll(async () => {
  open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-relay-test-'));
  open.defer(() => rm(folder, { recursive: true, force: true }));
  await addAddress(server, relayAddress, 24);
  await addAddress(server, server6, 64);
  await addAddress(server, relayAddress6, 64);
  await startEcho();
  const certificate = await writeCertificate(folder, relayAddress);
  relay = open.use(
    await startRelay(server, {
      listen: [relayAddress, relayAddress6],
      peers: [server.address, server6],
      secret,
      mediaPort,
      workers: 1,
      ...certificate,
    }),
  );
});
afterAll(() => open.disposeAsync());

/** Stands in for the media server, and for anything else that listens on its host. */
async function startEcho(): Promise<void> {
  // Bound to its addresses: on a host that relay and media server share, an answer to the relay would otherwise
  // come from the relay's own address.
  const program = `
    for (const address of ${JSON.stringify([server.address, server6])})
      for (const port of [${mediaPort}, ${otherPort}]) {
        const socket = require('node:dgram').createSocket(address.includes(':') ? 'udp6' : 'udp4');
        socket.on('message', (data, from) => {
          console.log(port + ' ' + data);
          socket.send(data, from.port, from.address);
        });
        socket.bind(port, address, () => console.log('ready'));
      }`;
  const echo = spawnOn(server, process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  open.defer(() => void echo.kill('SIGKILL'));
  echo.stdout?.setEncoding('utf8').on('data', (text: string) => arrived.push(...text.trim().split('\n')));
  await waitFor('the echo', async () => arrived.filter((line) => line === 'ready').length === 4, {
    withinMs: 10_000,
  });
}

let participants = 0;

/** Of a participant of their own each: one may have so many allocations, and those of others are still there. */
function credentials(options: { readonly expiresIn?: number; readonly secret?: string } = {}): Credentials {
  const username = `${Math.floor(Date.now() / 1_000) + (options.expiresIn ?? 600)}:participant${++participants}`;
  const credential = createHmac('sha1', options.secret ?? secret)
    .update(username)
    .digest('base64');
  return { username, credential };
}

function client(as: Credentials | null = credentials()): Promise<TurnClient> {
  return TurnClient.open({ address: relayAddress, port: 3_478 }, as);
}

async function allocated(family: 4 | 6): Promise<TurnClient> {
  const turn = await client();
  expect(await turn.allocate(family)).toBe('granted');
  return turn;
}

describe('who may use it', () => {
  test('whoever has what the service gives', async () => {
    using turn = await client();
    expect(await turn.allocate()).toBe('granted');
    expect(await turn.refresh()).toBe('granted');
  });

  test.each([
    ['nobody without credentials', null],
    ['nobody whose time is over', credentials({ expiresIn: -5 })],
    ['nobody who made them up', credentials({ secret: 'a guess that is long enough' })],
    ['nobody who prolonged them', { ...credentials(), username: '9999999999:participant' }],
    ['nobody who left out the time', { ...credentials(), username: 'participant' }],
  ])('%s', async (_, as) => {
    using turn = await client(as);
    expect(await turn.allocate()).toBe(401);
  });

  test('who is in when the time is over stays in, and gets nothing new', async () => {
    const short = credentials({ expiresIn: 3 });
    using turn = await client(short);
    expect(await turn.allocate()).toBe('granted');
    await waitFor(
      'the end of the time',
      async () => {
        using late = await client(short);
        return (await late.allocate()) === 401;
      },
      { withinMs: 10_000, everyMs: 500 },
    );
    expect(await turn.refresh()).toBe('granted');
    expect(await turn.createPermission({ address: server.address, port: mediaPort })).toBe('granted');
  });

  test('it is no STUN server for strangers', async () => {
    using turn = await client(null);
    expect(await turn.binding()).toBe(401);
  });
});

describe('where it relays to', () => {
  test.each([
    [4, server.address],
    [6, server6],
  ] as const)('IPv%d: to the media server and back', async (family, address) => {
    using turn = await allocated(family);
    const peer = { address, port: mediaPort };
    expect(await turn.createPermission(peer)).toBe('granted');
    turn.send(peer, `hello ${family}`);
    await waitFor('the echo', async () => turn.received.length > 0, { withinMs: 5_000 });
    expect(turn.received).toEqual([{ data: `hello ${family}`, from: mediaPort }]);
    expect(await turn.channelBind(peer)).toBe('granted');
  });

  test('to no other port of the media server: the firewall rules see to it', async () => {
    using turn = await allocated(4);
    const other = { address: server.address, port: otherPort };
    expect(await turn.createPermission(other)).toBe('granted');
    turn.send(other, 'not for this port');
    // Whoever tries may lose the allocation. Another one's packet comes after.
    using another = await allocated(4);
    const media = { address: server.address, port: mediaPort };
    expect(await another.createPermission(media)).toBe('granted');
    another.send(media, 'afterwards');
    await waitFor('the second', async () => another.received.length > 0, { withinMs: 5_000 });
    expect(turn.received).toEqual([]);
    expect(arrived).not.toContain(`${otherPort} not for this port`);
  });

  const forbidden4 = [
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    '8.8.8.8',
    relayAddress,
    browsers.address,
  ];
  const forbidden6 = [
    '::1',
    '::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001:4860:4860::8888',
    relayAddress6,
    ...[...forbidden4, server.address].map((address) => `::ffff:${address}`),
    ...['127.0.0.1', '10.0.0.1', '169.254.169.254', server.address].map((address) => `64:ff9b::${address}`),
    ...['127.0.0.1', '10.0.0.1'].map((address) => `::${address}`),
    '2002:7f00:1::1',
  ];

  test.each([
    [4, forbidden4],
    [6, forbidden6],
  ] as const)('IPv%d: nowhere else, whatever is asked', async (family, addresses) => {
    using turn = await allocated(family);
    const refused: Record<string, unknown> = {};
    for (const address of addresses) {
      const peer: Peer = { address, port: mediaPort };
      const permission = await turn.createPermission(peer);
      const channel = await turn.channelBind(peer);
      const connection = await turn.connect(peer);
      turn.send(peer, `forbidden ${address}`);
      refused[address] = { permission, channel, connects: connection === 'granted' };
    }
    const expected = { permission: 403, channel: 403, connects: false };
    expect(refused).toEqual(Object.fromEntries(addresses.map((address) => [address, expected])));
    // Indications are not answered. What was asked for last and is allowed comes after all of them.
    const media = { address: family === 4 ? server.address : server6, port: mediaPort };
    expect(await turn.createPermission(media)).toBe('granted');
    turn.send(media, 'last');
    await waitFor('the last', async () => turn.received.length > 0, { withinMs: 5_000 });
    expect(turn.received.map(({ data }) => data)).toEqual(['last']);
    expect(arrived.filter((line) => line.includes('forbidden'))).toEqual([]);
  });

  test('not by the other family either, and not over TCP', async () => {
    using four = await allocated(4);
    expect(await four.createPermission({ address: '::1', port: mediaPort })).not.toBe('granted');
    expect(await four.createPermission({ address: '::ffff:127.0.0.1', port: mediaPort })).not.toBe('granted');
    using six = await allocated(6);
    expect(await six.createPermission({ address: '127.0.0.1', port: mediaPort })).not.toBe('granted');
    using tcp = await client();
    expect(await tcp.allocate(4, 6)).not.toBe('granted');
  });
});

describe('how it listens', () => {
  const handshake = (version: SecureVersion): Promise<string | null> =>
    new Promise((resolve) => {
      const socket = connectTls({
        host: relayAddress,
        port: 443,
        rejectUnauthorized: false,
        minVersion: version,
        maxVersion: version,
        // Our own end would refuse the old ones before the relay is asked.
        ...(version < 'TLSv1.2' ? { ciphers: 'ALL:@SECLEVEL=0' } : {}),
      });
      socket.once('secureConnect', () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.once('error', () => resolve(null));
      // coturn leaves what it does not take without an answer.
      socket.setTimeout(2_000, () => {
        resolve(null);
        socket.destroy();
      });
    });

  test.each([
    ['TLSv1.2', 'TLSv1.2'],
    ['TLSv1.1', null],
    ['TLSv1', null],
  ] as const)('on 443, %s: %s', async (version, outcome) => {
    expect(await handshake(version)).toBe(outcome);
  });

  test('on no port for administrators', async () => {
    const sockets = await runOn(server, 'ss', '-Hlntp');
    const own = sockets.split('\n').filter((line) => line.includes('turnserver'));
    const ports = own.map((line) => Number(/:(\d+)$/.exec(line.trim().split(/\s+/)[3] ?? '')?.[1]));
    expect(new Set(ports)).toEqual(new Set([443, 3_478]));
  });

  test('without a word of the secret', () => expect(relay.output()).not.toContain(secret));
});
