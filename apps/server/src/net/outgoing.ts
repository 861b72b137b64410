import { lookup as dnsLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './publicAddress.ts';

/** The whole exchange, ms. */
const timeoutMs = 10_000;
/** An answer's body, bytes. Key sets and discovery documents are a few kB. */
const maxBytes = 512 * 1024;

/** Something that was asked for at an address chosen by an administrator and could not be had. `reason` names no address. */
export class OutgoingRefused extends Error {
  override readonly name = 'OutgoingRefused';
  readonly reason: 'scheme' | 'private' | 'unreachable' | 'timeout' | 'too-large' | 'redirect';

  constructor(reason: OutgoingRefused['reason'], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

export interface OutgoingRules {
  /** Networks of the organisation may be asked too. This machine's own addresses then also over plain http. */
  readonly allowPrivate: boolean;
}

export interface OutgoingRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

export type Outgoing = (url: URL, request?: OutgoingRequest) => Promise<Response>;

/**
 * HTTP requests to others, with the caution that addresses from outside need (SSRF, CWE-918): https alone, public addresses
 * alone (judged where the connection is made, so that a name cannot change between the check and the use), no redirect
 * followed, everything limited in time and size. @throws (from what it gives) OutgoingRefused
 */
export function createOutgoing(rules: OutgoingRules): Outgoing {
  return (url, request = {}) =>
    new Promise<Response>((resolve, reject) => {
      const plain = url.protocol === 'http:';
      if (!plain && url.protocol !== 'https:') return reject(new OutgoingRefused('scheme'));
      if (plain && !(rules.allowPrivate && isThisMachine(url.hostname))) {
        return reject(new OutgoingRefused('scheme'));
      }
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !rules.allowPrivate && !isPublicAddress(host)) {
        return reject(new OutgoingRefused('private'));
      }
      const options: RequestOptions = {
        method: request.method ?? 'GET',
        headers: { ...request.headers, 'accept-encoding': 'identity' },
        lookup: guardedLookup(rules),
        signal: withTimeout(request.signal),
        agent: false,
        // Names go to the certificate check as they are; addresses are no server names (RFC 6066 section 3).
        ...(isIP(host) === 0 && !plain && { servername: host }),
      };
      const sent = (plain ? httpRequest : httpsRequest)(url, options, (answer) => {
        readBody(answer)
          .then((body) => resolve(toResponse(answer, body)))
          .catch(reject);
      });
      sent.once('error', (fault) => reject(toRefusal(fault)));
      sent.end(request.body);
    });
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === '[::1]';
}

function guardedLookup(rules: OutgoingRules): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (fault, addresses) => {
      if (fault !== null) return callback(fault, '', 0);
      const usable = rules.allowPrivate
        ? addresses
        : addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) return callback(new OutgoingRefused('private'), '', 0);
      if (options.all === true) return callback(null, usable);
      callback(null, first.address, first.family);
    });
  };
}

function withTimeout(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

async function readBody(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new OutgoingRefused('too-large');
      chunks.push(chunk);
    }
  } catch (fault) {
    answer.destroy();
    throw toRefusal(fault);
  }
  return Buffer.concat(chunks);
}

function toResponse(answer: IncomingMessage, body: Buffer): Response {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) throw new OutgoingRefused('redirect');
  if (status < 200 || status > 599) throw new OutgoingRefused('unreachable');
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const hasBody = status !== 204 && status !== 205;
  return new Response(hasBody ? new Uint8Array(body) : null, { status, headers });
}

function toRefusal(fault: unknown): OutgoingRefused {
  if (fault instanceof OutgoingRefused) return fault;
  const name = fault instanceof Error ? fault.name : '';
  return new OutgoingRefused(
    name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : 'unreachable',
    fault,
  );
}
