import {
  API_PREFIX,
  ConclaveError,
  CSRF_HEADER,
  ErrorBody,
  FILE_ROUTES,
  type FileAccess,
  type FileRouteName,
  FileStatus,
  LIMITS,
} from '@conclave/protocol';
import { type Signal, SignalClosed } from '../signalling/Signal.ts';
import { NetworkLost } from './NetworkLost.ts';

/** Access is asked for anew so long before it ends, ms. */
const margin = 30_000;
/** A request that takes longer does not come to an end, ms. */
const patience = 60_000;
type Bytes = Uint8Array<ArrayBuffer>;

interface FileRequest {
  readonly name: FileRouteName;
  readonly id: string;
  readonly part?: number;
  readonly body?: Bytes | object;
  readonly abort: AbortSignal;
}

/**
 * The server's side of files: where ciphertext is put and fetched. Access to it comes over the signalling socket.
 * All reject with ConclaveError and the server's code, with NetworkLost, or with what `abort` was aborted with.
 */
export class FileServer {
  readonly #origin: string;
  readonly #now: () => number;
  #signal: Signal | null = null;
  #access: { readonly given: FileAccess; readonly until: number } | null = null;

  /** @param origin of the service, like `https://meet.example.org` */
  constructor(origin: string, now: () => number = Date.now) {
    this.#origin = origin;
    this.#now = now;
  }

  /** What was given before is good for whoever had the place; somebody who joins anew has another one. */
  setSignal(signal: Signal | null): void {
    this.#signal = signal;
    if (signal !== null) this.#access = null;
  }

  async access(): Promise<FileAccess> {
    const held = this.#access;
    if (held !== null && this.#now() < held.until) return held.given;
    if (this.#signal === null) throw new NetworkLost();
    const answer = await this.#signal.request({ type: 'file-access' }).catch((error: unknown) => {
      throw error instanceof SignalClosed ? new NetworkLost() : error;
    });
    if (answer.type !== 'file-access') throw new ConclaveError('server.internal');
    this.#access = { given: answer, until: this.#now() + answer.expiresInMs - margin };
    return answer;
  }

  /** Makes room for it, or tells how far it is. */
  async start(id: string, bytes: number, abort: AbortSignal): Promise<FileStatus> {
    const response = await this.#ask({ name: 'startFile', id, body: { bytes }, abort });
    const status = FileStatus.safeParse(await json(response));
    if (!status.success) throw new ConclaveError('server.internal');
    return status.data;
  }

  async putPart(id: string, part: number, sealed: Bytes, abort: AbortSignal): Promise<void> {
    await this.#ask({ name: 'putFilePart', id, part, body: sealed, abort });
  }

  async getPart(id: string, part: number, abort: AbortSignal): Promise<Bytes> {
    const response = await this.#ask({ name: 'getFilePart', id, part, abort });
    if (Number(response.headers.get('content-length')) > LIMITS.filePartBytes)
      throw new ConclaveError('server.internal');
    return new Uint8Array(await orLost(response.arrayBuffer(), abort));
  }

  async finish(id: string, abort: AbortSignal): Promise<void> {
    await this.#ask({ name: 'finishFile', id, abort });
  }

  async remove(id: string, abort: AbortSignal): Promise<void> {
    await this.#ask({ name: 'deleteFile', id, abort });
  }

  async #ask(request: FileRequest): Promise<Response> {
    try {
      return await this.#send(request);
    } catch (error) {
      if (!(error instanceof ConclaveError) || error.code !== 'file.access') throw error;
      this.#access = null;
      return await this.#send(request);
    }
  }

  async #send({ name, id, part, body, abort }: FileRequest): Promise<Response> {
    const { token } = await this.access();
    const { method, path } = FILE_ROUTES[name];
    const isBytes = body instanceof Uint8Array;
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (method !== 'GET') headers[CSRF_HEADER] = '1';
    if (body !== undefined)
      headers['content-type'] = isBytes ? 'application/octet-stream' : 'application/json';
    const asked = fetch(this.#origin + API_PREFIX + path.replace(':id', id).replace(':part', `${part}`), {
      method,
      headers,
      body: body === undefined ? null : isBytes ? body : JSON.stringify(body),
      signal: AbortSignal.any([abort, AbortSignal.timeout(patience)]),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      // The call comes first.
      priority: 'low',
    });
    const response = await orLost(asked, abort);
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

async function orLost<T>(asked: Promise<T>, abort: AbortSignal): Promise<T> {
  try {
    return await asked;
  } catch {
    abort.throwIfAborted();
    throw new NetworkLost();
  }
}

/** A proxy in front of the service answers in its own words when the service is away. */
async function refusal(response: Response): Promise<Error> {
  const body = ErrorBody.safeParse(await json(response));
  if (!body.success) return response.status >= 502 ? new NetworkLost() : new ConclaveError('server.internal');
  const { code, retryAfterMs } = body.data.error;
  return new ConclaveError(code, retryAfterMs === undefined ? {} : { retryAfterMs });
}

async function json(response: Response): Promise<unknown> {
  return await response.json().catch(() => null);
}
