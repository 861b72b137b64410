import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../../apps/server/src/main.ts');

/** The product as `npm start` runs it, in a process of its own. Disposing kills it. */
export interface RunningProduct extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly origin: string;
  readonly ownerLink: string | null;
  /** What it printed until now, log included. */
  output(): string;
  /** Sends the signal, and gives the exit code and how long it took in ms. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** @throws with all that it printed, when it ends before it is ready. */
export async function runProduct(
  workingFolder: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningProduct> {
  const child = spawn(process.execPath, [main], {
    cwd: workingFolder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let printed = '';
  const ready = new Promise<void>((resolveReady) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (/Conclave is ready:.*\n(?:.+\n)*\n(?:[^#]*#\S+\n)?/.test(printed)) resolveReady();
      });
    }
  });
  await Promise.race([
    ready,
    exited.then(([code]) => {
      throw new Error(`it ended with ${code}: ${printed}`);
    }),
  ]);
  return {
    process: child,
    origin: /Conclave is ready: +(\S+)/.exec(printed)?.[1] ?? '',
    ownerLink: /\S+\/set-up#\S+/.exec(printed)?.[0] ?? null,
    output: () => printed,
    async stop(signal) {
      const started = performance.now();
      child.kill(signal);
      const [code] = await exited;
      return { code, ms: performance.now() - started };
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
