import type { FromWorker, ServerAnswer, ServerRequest } from './messages.ts';

/** What the worker asks of the server, through the page, which has the socket. */
export class ServerLink {
  readonly #tell: (message: FromWorker) => void;
  readonly #pending = new Map<number, (answer: ServerAnswer) => void>();
  #next = 1;

  constructor(tell: (message: FromWorker) => void) {
    this.#tell = tell;
  }

  /** Never rejects: the page answers even where there is no socket. */
  request(request: ServerRequest): Promise<ServerAnswer> {
    return new Promise((resolve) => {
      const id = this.#next++;
      this.#pending.set(id, resolve);
      this.#tell({ type: 'request', id, request });
    });
  }

  answer(id: number, answer: ServerAnswer): void {
    this.#pending.get(id)?.(answer);
    this.#pending.delete(id);
  }
}
