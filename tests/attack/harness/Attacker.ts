import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Arena, Offer, RoomName } from './Arena.ts';

const MAIN = fileURLToPath(new URL('../attackers/main.ts', import.meta.url));

/** What an attacker tells about its work when it is done. */
export interface Deeds {
  readonly sent: number;
  readonly sentBytes: number;
  /** Datagrams or packets that came back. */
  readonly received: number;
  readonly receivedBytes: number;
  /** Largest reply, bytes. */
  readonly largest: number;
}

export type AttackerMessage =
  | { readonly kind: 'connect'; readonly id: number; readonly peer: string; readonly offer: Offer }
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly deeds: Deeds };

export interface Order {
  readonly attack: string;
  readonly port: number;
  readonly seconds: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * A process of its own that attacks, so that what is measured is the worker and not the event loop of the test. It
 * offers through us, as a participant does through the server.
 */
export class Attacker implements Disposable {
  readonly #child: ChildProcess;
  readonly #arena: Arena;
  readonly ready: Promise<void>;
  readonly done: Promise<Deeds>;

  constructor(
    arena: Arena,
    order: Omit<Order, 'port'> & { readonly port?: number },
    room: RoomName = 'attacked',
  ) {
    this.#arena = arena;
    this.#child = fork(MAIN, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ready = Promise.withResolvers<void>();
    const done = Promise.withResolvers<Deeds>();
    this.ready = ready.promise;
    this.done = done.promise;
    done.promise.catch(() => {});
    ready.promise.catch(() => {});
    this.#child.on('exit', (code) => {
      const error = new Error(`the attacker ended with ${code}`);
      ready.reject(error);
      done.reject(error);
    });
    this.#child.on('message', (message: AttackerMessage) => {
      if (message.kind === 'ready') ready.resolve();
      else if (message.kind === 'done') done.resolve(message.deeds);
      else void this.#answer(message, room);
    });
    this.#child.send({ kind: 'order', order: { port: arena.port, ...order } });
  }

  /** Begins what has been ordered. */
  start(): void {
    this.#child.send({ kind: 'start' });
  }

  async #answer(message: AttackerMessage & { kind: 'connect' }, room: RoomName): Promise<void> {
    const { id, peer, offer } = message;
    try {
      const answer = await this.#arena.connect(room, peer, offer);
      this.#reply({ kind: 'answer', id, answer });
    } catch (error) {
      this.#reply({ kind: 'answer', id, error: String(error) });
    }
  }

  #reply(message: object): void {
    if (this.#child.connected) this.#child.send(message);
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }
}

/** Waits for the process to be gone. */
export async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) await once(child, 'exit');
}
