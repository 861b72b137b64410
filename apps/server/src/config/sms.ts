import { Secret } from '../secret.ts';
import { StartRefused } from '../startRefused.ts';
import { isLoopback } from './loopback.ts';
import type { Settings } from './schema.ts';

/** How text messages are sent. All but method and patience may hold what only this service and its gateway know. */
export interface SmsConfig {
  readonly url: Secret;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Secret<readonly (readonly [name: string, value: string])[]>;
  readonly body: Secret;
  readonly timeoutMs: number;
}

/** @returns null when no gateway is set. @throws StartRefused when a message could not be sent as it is set up */
export function smsConfig(settings: Settings['sms']): SmsConfig | null {
  const { url, method, headers, body, timeoutSeconds } = settings;
  if (url === undefined) {
    if (headers.length === 0 && body === '') return null;
    throw new StartRefused('sms.url is missing, but there are other settings for it.');
  }
  refusePlain(url);
  const message = method === 'GET' ? url : url + body;
  for (const place of ['{to}', '{text}']) {
    if (!message.includes(place)) throw new StartRefused(`sms.url or sms.body must have ${place} in it.`);
  }
  return {
    url: new Secret(url),
    method,
    headers: new Secret(headers.map(readHeader)),
    body: new Secret(body),
    timeoutMs: timeoutSeconds * 1000,
  };
}

function refusePlain(url: string): void {
  const { protocol, hostname } = new URL(url.replaceAll(/[{}]/g, ''));
  const here = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
  if (protocol === 'https:' || (protocol === 'http:' && here)) return;
  throw new StartRefused('sms.url must start with https://: codes and the key of the gateway go there.');
}

function readHeader(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  const header = [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
  try {
    if (at < 1) throw new TypeError();
    new Headers([[...header]]);
  } catch {
    // The message would quote what may be a key.
    throw new StartRefused('A line of sms.headers is not like "Name: value".');
  }
  return header;
}
