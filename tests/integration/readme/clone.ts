import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const stopMs = 20_000;

/** A clean clone of what is committed, in a temporary folder. */
export class Clone implements AsyncDisposable {
  readonly folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#environment = environment;
  }

  static async make(environment: NodeJS.ProcessEnv): Promise<Clone> {
    const folder = await mkdtemp(join(tmpdir(), 'conclave-clone-'));
    const clone = new Clone(folder, { ...withoutNpm(), ...environment });
    await clone.run(`git clone --quiet --depth 1 "file://${checkout}" .`, 60_000);
    return clone;
  }

  /** Runs a command to its end. @throws unless it ends with 0 within `withinMs` */
  async run(command: string, withinMs: number): Promise<void> {
    const running = this.#spawn(command);
    const [code] = await within(once(running.child, 'exit'), withinMs, running);
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${running.output()}`);
  }

  /** Runs a command that does not end by itself until `url` answers with 200, then interrupts it. */
  async runUntilReady(command: string, url: string, withinMs: number): Promise<string> {
    const running = this.#spawn(command);
    const ended = once(running.child, 'exit');
    try {
      await within(answers(url, running.child), withinMs, running);
    } finally {
      interrupt(running.child);
    }
    await within(ended, stopMs, running);
    return running.output();
  }

  #spawn(command: string): Running {
    // A group of its own, so that an interruption reaches npm and what npm started, as at a terminal.
    const child = spawn('bash', ['-c', command], {
      cwd: this.folder,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    }
    return { child, output: () => text };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

interface Running {
  readonly child: ChildProcess;
  output(): string;
}

function interrupt({ pid }: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of the group has ended.
  }
}

async function within<T>(work: Promise<T>, ms: number, { child, output }: Running): Promise<T> {
  const abort = new AbortController();
  const late = delay(ms, undefined, { signal: abort.signal }).then(() => {
    interrupt(child, 'SIGKILL');
    throw new Error(`not within ${ms} ms:\n${output()}`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    abort.abort();
    late.catch(() => undefined);
  }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => null,
    );
    if (status === 200) return;
    await delay(200);
  }
  throw new Error(`it ended with ${child.exitCode}`);
}

/** npm tells its scripts about itself in the environment; a clone must not hear of our npm run. */
function withoutNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_(lifecycle|package|command|execpath|node_execpath)|VITEST|NODE_ENV|CONCLAVE_)/.test(name),
    ),
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
