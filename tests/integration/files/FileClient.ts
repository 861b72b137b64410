import { randomBytes } from 'node:crypto';
import { API_PREFIX, CSRF_HEADER, ErrorBody, FileAccess, FileStatus, LIMITS } from '@conclave/protocol';
import type { SignalClient } from '../signalling/SignalClient.ts';

export interface FileAnswer {
  readonly status: number;
  readonly code: string | null;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

export function newFileId(): string {
  return randomBytes(16).toString('base64url');
}

/** Access as the server gives it on a socket. */
export async function askAccess(client: SignalClient): Promise<FileAccess> {
  const {
    type,
    request: _,
    ...access
  } = (await client.ask({ type: 'file-access' })) as Record<string, unknown>;
  if (type !== 'file-access') throw new Error(`No access: ${JSON.stringify(access)}`);
  return FileAccess.parse(access);
}

/** Requests about files, as raw as a test wants them. */
export class FileClient {
  readonly origin: string;
  token: string | null;

  constructor(origin: string, token: string | null) {
    this.origin = origin;
    this.token = token;
  }

  async send(
    method: string,
    path: string,
    body: Uint8Array | object | null = null,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<FileAnswer> {
    const raw = body instanceof Uint8Array;
    const all: Record<string, string | undefined> = {
      origin: this.origin,
      [CSRF_HEADER]: '1',
      'sec-fetch-site': 'same-origin',
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      ...(body === null ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${this.origin}${API_PREFIX}/files/${path}`, {
      method,
      headers: kept,
      ...(body === null ? {} : { body: raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const code = response.ok ? null : ErrorBody.parse(JSON.parse(bytes.toString())).error.code;
    return { status: response.status, code, headers: response.headers, bytes };
  }

  start(id: string, bytes: number): Promise<FileAnswer> {
    return this.send('PUT', id, { bytes });
  }

  async status(id: string): Promise<FileStatus> {
    return FileStatus.parse(JSON.parse((await this.send('GET', id)).bytes.toString()));
  }

  put(id: string, part: number | string, bytes: Uint8Array): Promise<FileAnswer> {
    return this.send('PUT', `${id}/parts/${part}`, bytes);
  }

  get(id: string, part: number | string): Promise<FileAnswer> {
    return this.send('GET', `${id}/parts/${part}`);
  }

  finish(id: string): Promise<FileAnswer> {
    return this.send('POST', `${id}/finish`);
  }

  remove(id: string): Promise<FileAnswer> {
    return this.send('DELETE', id);
  }

  /** A whole file of random bytes. @returns its id and its parts */
  async upload(size: number): Promise<{ id: string; parts: Buffer[] }> {
    const id = newFileId();
    const content = randomBytes(size);
    const parts: Buffer[] = [];
    const answers = [await this.start(id, size)];
    for (let at = 0; at < size; at += LIMITS.filePartBytes) {
      parts.push(content.subarray(at, at + LIMITS.filePartBytes));
      answers.push(await this.put(id, parts.length - 1, parts.at(-1) ?? Buffer.of()));
    }
    answers.push(await this.finish(id));
    const failed = answers.find(({ status }) => status >= 300);
    if (failed !== undefined) throw new Error(`not sent: ${failed.code}`);
    return { id, parts };
  }
}
