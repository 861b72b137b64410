import type {
  CallName,
  Calls,
  FromWorker,
  News,
  ServerAnswer,
  ServerRequest,
  ToWorker,
} from '@conclave/e2ee';
import { Listeners } from '../listeners.ts';

/** The worker gave up what it was asked for. The code is one of encryption's, and names no secret. */
export class EncryptionFailed extends Error {
  override readonly name = 'EncryptionFailed';
  readonly code: string;

  constructor(code: string) {
    super(`The encryption failed (${code}).`);
    this.code = code;
  }
}

type Told = Exclude<FromWorker, { type: 'reply' | 'failed' | 'request' }>;

/**
 * Questions and news to the worker that holds all keys, and its requests to the server. STARTING → WORKING → OVER. An error
 * that nobody in the worker caught ends it, whatever it might still do: what state its keys are in, nobody knows any more.
 */
export class WorkerLink implements Disposable {
  /** What the worker tells by itself. */
  readonly told = new Listeners<Told>();
  /** Told once, unless it was we who closed it. */
  readonly broken = new Listeners<EncryptionFailed>();
  readonly #worker: Worker;
  readonly #serve: (request: ServerRequest) => Promise<ServerAnswer>;
  readonly #pending = new Map<
    number,
    { resolve(reply: Calls[CallName]['reply']): void; reject(error: Error): void }
  >();
  #nextCall = 1;
  #hasSpoken = false;
  /** Why nothing is answered any more. */
  #over: string | null = null;

  /** @param serve carries a request to the server; never rejects */
  constructor(worker: Worker, serve: (request: ServerRequest) => Promise<ServerAnswer>) {
    this.#worker = worker;
    this.#serve = serve;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = () => this.#break();
    worker.onmessageerror = () => this.#break();
  }

  get worker(): Worker {
    return this.#worker;
  }

  /** @param handedOver goes to the worker with what is asked @throws EncryptionFailed */
  call<N extends CallName>(
    name: N,
    ask: Calls[N]['ask'],
    handedOver: Transferable[] = [],
  ): Promise<Calls[N]['reply']> {
    if (this.#over !== null) return Promise.reject(new EncryptionFailed(this.#over));
    const id = this.#nextCall++;
    return new Promise<Calls[N]['reply']>((resolve, reject) => {
      this.#pending.set(id, { resolve: (reply) => resolve(reply as Calls[N]['reply']), reject });
      this.#post({ type: 'call', id, name, ask }, handedOver);
    });
  }

  news(news: News): void {
    this.#post({ type: 'news', news });
  }

  tell(message: Extract<ToWorker, { type: 'payload-types' | 'connection-closed' | 'talk' }>): void {
    this.#post(message);
  }

  /** On this port the worker tells that of a breakout room who is in the meeting. */
  lend(port: MessagePort): void {
    this.#post({ type: 'lend', port }, [port]);
  }

  /** All keys are gone with it. */
  [Symbol.dispose](): void {
    this.#end('worker.closed');
    this.told.clear();
    this.broken.clear();
  }

  #receive(message: FromWorker): void {
    this.#hasSpoken = true;
    switch (message.type) {
      case 'reply':
        this.#take(message.id)?.resolve(message.reply);
        return;
      case 'failed':
        this.#take(message.id)?.reject(new EncryptionFailed(message.code));
        return;
      case 'request':
        void this.#serve(message.request).then((answer) =>
          this.#post({ type: 'answer', id: message.id, answer }),
        );
        return;
      default:
        this.told.emit(message);
    }
  }

  #take(id: number) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** Where it never said a word, it was not loaded. */
  #break(): void {
    if (this.#over !== null) return;
    const code = this.#hasSpoken ? 'worker.broken' : 'worker.unreachable';
    this.#end(code);
    this.broken.emit(new EncryptionFailed(code));
  }

  /** The keys go with it, and with them all that its lines would have let through. */
  #end(code: string): void {
    this.#worker.terminate();
    this.#over ??= code;
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(new EncryptionFailed(code));
  }

  #post(message: ToWorker, handedOver: Transferable[] = []): void {
    this.#worker.postMessage(message, handedOver);
  }
}
