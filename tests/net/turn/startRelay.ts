import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../command.ts';
import { type Host, runOn } from '../host.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const startMs = 15_000;

export interface RelayOptions {
  /** Addresses of the host that the relay listens on and relays from. */
  readonly listen: readonly string[];
  readonly peers: readonly string[];
  readonly secret: string;
  readonly mediaPort: number;
  readonly workers: number;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Debian's coturn on a host, exactly as `npm run coturn:config` sets it up, behind its firewall rules. */
export interface Relay extends AsyncDisposable {
  output(): string;
}

export async function startRelay(host: Host, options: RelayOptions): Promise<Relay> {
  await using open = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-relay-'));
  open.defer(() => rm(folder, { recursive: true, force: true }));
  await configure(folder, options);
  await runOn(host, 'nft', '-f', join(folder, 'conclave-turn.nft'));
  open.defer(async () => void (await runOn(host, 'nft', 'delete', 'table', 'inet', 'conclave_turn')));
  const child = spawn(
    'ip',
    ['netns', 'exec', host.namespace, 'turnserver', '-c', join(folder, 'turnserver.conf'), '--pidfile', ''],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  open.defer(() => stop(child));
  await untilListening(host, child, () => text);
  const lifetime = open.move();
  return { output: () => text, [Symbol.asyncDispose]: () => lifetime.disposeAsync() };
}

async function configure(folder: string, options: RelayOptions): Promise<void> {
  const { listen, peers, secret, mediaPort, workers, certificateFile, keyFile } = options;
  const args = [
    ...listen.flatMap((address) => ['--listen', address]),
    ...peers.flatMap((address) => ['--peer', address]),
    ...['--certificate', certificateFile, '--key', keyFile, '--into', folder],
  ];
  const child = spawn(process.execPath, ['tools/coturn-config.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      CONCLAVE_DATA_FOLDER: folder,
      CONCLAVE_MEDIA_UDP_PORT: `${mediaPort}`,
      CONCLAVE_MEDIA_WORKERS: `${workers}`,
      CONCLAVE_TURN_URLS: 'turns:relay.example:443?transport=tcp',
      CONCLAVE_TURN_SECRET: secret,
    },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    complaint += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`coturn:config refused:\n${complaint}`);
}

async function untilListening(host: Host, child: ChildProcess, output: () => string): Promise<void> {
  const end = performance.now() + startMs;
  while (performance.now() < end && child.exitCode === null) {
    const sockets = await runOn(host, 'ss', '-Hlnt', 'sport', '=', ':443');
    if (sockets.trim() !== '') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`coturn did not start:\n${output()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Gives a host one more address. */
export async function addAddress(host: Host, address: string, prefix: number): Promise<void> {
  const more = address.includes(':') ? ['nodad'] : [];
  await command(
    'ip',
    '-n',
    host.namespace,
    'address',
    'replace',
    `${address}/${prefix}`,
    'dev',
    host.device,
    ...more,
  );
}
