import type { SmsConfig } from '../config/sms.ts';
import { SmsFault, type SmsPort } from './SmsPort.ts';

/**
 * A gateway that takes messages over HTTP, as nearly all do. `{to}` and `{text}` stand in the address and the body, and are
 * written as these need it. It is asked once, is waited for a set time, and may send us nowhere else: what goes to it holds
 * a secret of its own and a code of somebody's.
 */
export function httpSms(config: SmsConfig): SmsPort {
  return {
    async send(to, text) {
      const values = { to, text };
      const headers = new Headers(config.headers.reveal().map(([name, value]) => [name, value]));
      const write = escaperFor(headers.get('content-type'));
      const response = await fetch(fill(config.url.reveal(), values, encodeURIComponent), {
        method: config.method,
        headers,
        body: config.method === 'GET' ? null : fill(config.body.reveal(), values, write),
        redirect: 'error',
        signal: AbortSignal.timeout(config.timeoutMs),
      }).catch((fault: unknown) => {
        throw new SmsFault(fault instanceof Error && fault.name === 'TimeoutError' ? 'timeout' : 'network');
      });
      // What it says is of no use here, and however long it is, none of it is read.
      await response.body?.cancel().catch(() => {});
      if (!response.ok) throw new SmsFault(String(response.status));
    },
  };
}

function escaperFor(contentType: string | null): (text: string) => string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return encodeURIComponent;
  if (type === 'application/xml' || type === 'text/xml') return escapeXml;
  if (type.startsWith('text/')) return (text) => text;
  return (text) => JSON.stringify(text).slice(1, -1);
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** In one pass: a number that looks like a place holder is none. */
function fill(
  template: string,
  values: Readonly<Record<'to' | 'text', string>>,
  write: (text: string) => string,
): string {
  return template.replace(/\{(to|text)\}/g, (_, name: 'to' | 'text') => write(values[name]));
}
