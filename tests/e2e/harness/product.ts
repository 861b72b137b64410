import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeCertificate } from '../../dev-env/certificate.ts';
import { placeEmptyDatabase } from '../../dev-env/emptyDatabase.ts';
import { fromEnvironment } from '../../net/environment.ts';
import { spawnOn } from '../../net/host.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const port = 8443;
const startMs = 60_000;
const stopMs = 15_000;

/** The product as its owner starts it for the first time, on a host of its own, under TLS. */
export interface Product extends AsyncDisposable {
  readonly origin: string;
  /** The server's process id; its media workers are its children. */
  readonly pid: number;
  /** The one-time link that the first start prints. */
  readonly ownerLink: string;
  /** Where it keeps its data: the embedded database, its secrets. */
  readonly dataFolder: string;
  /** Everything printed until now. */
  output(): string;
}

let started = 0;

/** Whoever has the passcode comes straight in, with devices as chosen. */
const OPEN_DOORS = {
  CONCLAVE_MEETINGS_STRAIGHT_IN: 'everybody',
  CONCLAVE_MEETINGS_MICROPHONE_AT_START: 'chosen',
  CONCLAVE_MEETINGS_CAMERA_AT_START: 'chosen',
};

/**
 * @param openDoors not the product's default: specs that are about something else need no lobby
 * @throws when it ends or is not ready within a minute, with what it printed
 */
export async function startProduct(
  settings: Readonly<Record<string, string>> = {},
  openDoors = true,
): Promise<Product> {
  const { server } = fromEnvironment();
  const folder = await mkdtemp(join(tmpdir(), 'conclave-product-'));
  const { certificateFile, keyFile } = await writeCertificate(folder, server.address);
  await placeEmptyDatabase(join(folder, 'data'));
  const origin = `https://${server.address}:${port}`;
  // Not our own environment: the server refuses CONCLAVE_ variables that it does not know.
  const child = spawnOn(server, process.execPath, ['apps/server/src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      CONCLAVE_DATA_FOLDER: join(folder, 'data'),
      CONCLAVE_LISTEN_ADDRESS: server.address,
      CONCLAVE_LISTEN_PORT: `${port}`,
      CONCLAVE_PUBLIC_ORIGIN: origin,
      CONCLAVE_TLS_CERTIFICATE_FILE: certificateFile,
      CONCLAVE_TLS_KEY_FILE: keyFile,
      CONCLAVE_MEDIA_BIND_ADDRESS: server.address,
      ...(openDoors && OPEN_DOORS),
      ...settings,
    },
  });
  const output = await record(child);
  const close = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const ownerLink = await untilReady(child, output, origin);
    return {
      origin,
      // `ip netns exec` replaces itself by the program.
      pid: child.pid ?? 0,
      ownerLink,
      dataFolder: join(folder, 'data'),
      output,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Keeps what the server prints, here for a spec and in .test-output for a person. */
async function record(child: ChildProcess): Promise<() => string> {
  await mkdir(`${root}.test-output`, { recursive: true });
  const file = createWriteStream(`${root}.test-output/server-${process.pid}-${++started}.log`);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      file.write(part);
    });
  }
  child.once('close', () => file.end());
  return () => text;
}

async function untilReady(child: ChildProcess, output: () => string, origin: string): Promise<string> {
  const end = performance.now() + startMs;
  while (performance.now() < end && child.exitCode === null) {
    const link = /https:\/\/\S+#\S+/.exec(output())?.[0];
    if (link !== undefined && (await statusOf(`${origin}/readyz`)) === 200) return link;
    await delay(50);
  }
  throw new Error(`the server did not get ready:\n${output()}`);
}

/** The status of a GET, or null when nothing answered. The certificate is our own, made a moment ago. */
export function statusOf(url: string): Promise<number | null> {
  return new Promise((resolve) => {
    request(url, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    })
      .on('error', () => resolve(null))
      .end();
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await ended;
  clearTimeout(timer);
}

/** Process ids of the children of a process, from /proc. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map(Number);
}
