import { randomBytes } from 'node:crypto';
import { command } from './command.ts';
import type { Host } from './host.ts';

const prefix = 'conclave';
// Nobody but the two hosts can reach these, so every network may use the same ones (RFC 5737, TEST-NET-2).
const addresses = { server: '198.51.100.1', browsers: '198.51.100.2' } as const;
const homesPrefix = '203.0.113.';
/** Hosts for one person each, who moves or whose network is bad while others' are not. */
const homeCount = 2;

/**
 * Hosts and cables: a network namespace for the server, one for the browsers, some for a single browser each, and a veth
 * pair between the server and each other one.
 */
export interface Network extends AsyncDisposable {
  readonly server: Host;
  readonly browsers: Host;
  readonly homes: readonly Host[];
}

/**
 * Makes the hosts. Names carry our process id: what a crashed run has left is removed by the next one.
 * Needs root on Linux and iproute2.
 */
export async function openNetwork(): Promise<Network> {
  await removeAbandoned();
  const name = `${prefix}-${process.pid}-${randomBytes(2).toString('hex')}`;
  const server: Host = { namespace: `${name}-s`, device: 'veth0', address: addresses.server };
  const browsers: Host = { namespace: `${name}-b`, device: 'veth0', address: addresses.browsers };
  const homes = Array.from(
    { length: homeCount },
    (_, index): Host => ({ namespace: `${name}-${index}`, device: 'veth0', address: homeAddress(index, 2) }),
  );
  const network: Network = {
    server,
    browsers,
    homes,
    [Symbol.asyncDispose]: async () => {
      for (const { namespace } of [server, browsers, ...homes]) await removeNamespace(namespace);
    },
  };
  try {
    for (const host of [server, browsers, ...homes]) await command('ip', 'netns', 'add', host.namespace);
    await connect(server, browsers);
    for (const [index, home] of homes.entries())
      await connect({ ...server, device: `home${index}`, address: homeAddress(index, 1) }, home);
    return network;
  } catch (error) {
    await network[Symbol.asyncDispose]();
    throw error;
  }
}

/** Address `host` in the subnet of a home (RFC 5737, TEST-NET-3). Those from 3 on are free, to move to. */
export function homeAddress(home: number, host: number): string {
  return `${homesPrefix}${16 * home + host}`;
}

/** A cable between two hosts, the first one's end of it named as its device. */
async function connect(one: Host, other: Host): Promise<void> {
  await command(
    ...(['ip', 'link', 'add', one.device, 'netns', one.namespace, 'type', 'veth'] as const),
    ...(['peer', 'name', other.device, 'netns', other.namespace] as const),
  );
  await bringUp(one, other);
  await bringUp(other, one);
}

async function bringUp(host: Host, other: Host): Promise<void> {
  const ip = (...args: string[]) => command('ip', '-n', host.namespace, ...args);
  await ip(
    'address',
    'add',
    `${host.address}/${host.address.startsWith(homesPrefix) ? 28 : 24}`,
    'dev',
    host.device,
  );
  await ip('link', 'set', host.device, 'up');
  await ip('link', 'set', 'lo', 'up');
  // Nothing is forwarded. Without camera permission, browsers gather only the address of the default route.
  if (host.device === 'veth0') await ip('route', 'add', 'default', 'via', other.address);
}

/** Ends what still runs there. Removing a namespace removes its end of the cable, and with it the cable. */
async function removeNamespace(name: string): Promise<void> {
  const there = await listNamespaces();
  if (!there.includes(name)) return;
  const processes = (await command('ip', 'netns', 'pids', name)).split('\n').filter((line) => line !== '');
  for (const pid of processes) kill(Number(pid));
  await command('ip', 'netns', 'delete', name);
}

async function listNamespaces(): Promise<string[]> {
  const lines = (await command('ip', 'netns', 'list')).split('\n');
  return lines.map((line) => line.split(' ')[0] ?? '').filter((name) => name !== '');
}

async function removeAbandoned(): Promise<void> {
  for (const name of await listNamespaces()) {
    const owner = /^conclave-(\d+)-[0-9a-f]{4}-[sb\d]$/.exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) await removeNamespace(name);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
