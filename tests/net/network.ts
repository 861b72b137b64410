import { randomBytes } from 'node:crypto';
import { command } from './command.ts';
import type { Host } from './host.ts';

const prefix = 'conclave';
// Nobody but the two hosts can reach these, so every network may use the same ones (RFC 5737, TEST-NET-2).
const addresses = { server: '198.51.100.1', browsers: '198.51.100.2' } as const;

/** Two hosts and a cable: a network namespace for the server, one for the browsers, a veth pair between. */
export interface Network extends AsyncDisposable {
  readonly server: Host;
  readonly browsers: Host;
}

/**
 * Makes the two hosts. Names carry our process id: what a crashed run has left is removed by the next one.
 * Needs root on Linux and iproute2.
 */
export async function openNetwork(): Promise<Network> {
  await removeAbandoned();
  const name = `${prefix}-${process.pid}-${randomBytes(2).toString('hex')}`;
  const server: Host = { namespace: `${name}-s`, device: 'veth0', address: addresses.server };
  const browsers: Host = { namespace: `${name}-b`, device: 'veth0', address: addresses.browsers };
  const network: Network = {
    server,
    browsers,
    [Symbol.asyncDispose]: async () => {
      await removeNamespace(server.namespace);
      await removeNamespace(browsers.namespace);
    },
  };
  try {
    for (const host of [server, browsers]) await command('ip', 'netns', 'add', host.namespace);
    await command(
      ...(['ip', 'link', 'add', server.device, 'netns', server.namespace, 'type', 'veth'] as const),
      ...(['peer', 'name', browsers.device, 'netns', browsers.namespace] as const),
    );
    await bringUp(server, browsers);
    await bringUp(browsers, server);
    return network;
  } catch (error) {
    await network[Symbol.asyncDispose]();
    throw error;
  }
}

async function bringUp(host: Host, other: Host): Promise<void> {
  const ip = (...args: string[]) => command('ip', '-n', host.namespace, ...args);
  await ip('address', 'add', `${host.address}/24`, 'dev', host.device);
  await ip('link', 'set', host.device, 'up');
  await ip('link', 'set', 'lo', 'up');
  // Nothing is forwarded. Without camera permission, browsers gather only the address of the default route.
  await ip('route', 'add', 'default', 'via', other.address);
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
    const owner = /^conclave-(\d+)-[0-9a-f]{4}-[sb]$/.exec(name)?.[1];
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
