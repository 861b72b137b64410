import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Host, runOn, spawnOn } from '../host.ts';
import type { RelayCounts, RelayOptions, RelayRequest } from './messages.ts';
import type { PathImpairment } from './Path.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** The relay in a process of its own on a host: it must not wait for what a test runner does. */
export class RelayProcess implements AsyncDisposable {
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, (result: unknown) => void>();
  #last = 0;

  private constructor(address: string, child: ChildProcess) {
    this.address = address;
    this.#child = child;
    child.on('message', ({ id, result }: { id: number; result: unknown }) => {
      this.#pending.get(id)?.(result);
      this.#pending.delete(id);
    });
  }

  /** Gives the host the address, and listens there. */
  static async open(host: Host, options: RelayOptions): Promise<RelayProcess> {
    await runOn(host, 'ip', 'address', 'replace', `${options.address}/32`, 'dev', host.device);
    const child = spawnOn(host, process.execPath, [main, JSON.stringify(options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the relay ended')));
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => {});
    return new RelayProcess(options.address, child);
  }

  async impair(client: string, up: PathImpairment, down: PathImpairment): Promise<void> {
    await this.#ask({ type: 'impair', client, up, down });
  }

  async move(client: string): Promise<void> {
    await this.#ask({ type: 'move', client });
  }

  async counts(client: string): Promise<RelayCounts> {
    return (await this.#ask({ type: 'counts', client })) as RelayCounts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  #ask(request: RelayRequest): Promise<unknown> {
    return new Promise((resolve) => {
      this.#last += 1;
      this.#pending.set(this.#last, resolve);
      this.#child.send({ id: this.#last, request });
    });
  }
}
