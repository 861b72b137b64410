import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** The forms that a file may be sent in: a server could keep another one for browsers that take compressed ones. */
export const ENCODINGS = ['identity', 'gzip', 'br'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const maxBytes = 32 * 1024 * 1024;
const patienceMs = 30_000;

/**
 * What a server gives a browser that takes this encoding, unpacked. No redirect is followed.
 * @throws Error when it does not answer with 200, or answers with too much.
 */
export async function fetchServed(url: URL, encoding: Encoding): Promise<Buffer> {
  const { status, contentEncoding, body } = await get(url, encoding);
  if (status !== 200) throw new Error(`the answer is ${status}`);
  switch (contentEncoding) {
    case 'identity':
      return body;
    case 'gzip':
      return gunzipSync(body, { maxOutputLength: maxBytes });
    case 'br':
      return brotliDecompressSync(body, { maxOutputLength: maxBytes });
    default:
      throw new Error('it comes in an encoding that was not asked for');
  }
}

interface Answer {
  readonly status: number;
  readonly contentEncoding: string;
  readonly body: Buffer;
}

function get(url: URL, encoding: Encoding): Promise<Answer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  // As a browser asks for a page or its parts.
  const headers = { 'accept-encoding': encoding, 'sec-fetch-mode': 'navigate', 'user-agent': 'Mozilla/5.0' };
  return new Promise((resolve, reject) => {
    request(url, { headers, signal: AbortSignal.timeout(patienceMs) }, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > maxBytes) response.destroy(new Error('the answer is too long'));
        parts.push(part);
      });
      response.once('error', reject).once('end', () => {
        const contentEncoding = response.headers['content-encoding'] ?? 'identity';
        resolve({ status: response.statusCode ?? 0, contentEncoding, body: Buffer.concat(parts) });
      });
    })
      .once('error', reject)
      .end();
  });
}
