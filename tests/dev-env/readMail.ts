/** One part of a mail (RFC 2045), decoded. */
export interface MailPart {
  /** Lower case, without parameters. */
  readonly type: string;
  /** The whole header, unfolded. */
  readonly header: string;
  readonly text: string;
}

/** Every part of a mail that holds something, in order. */
export function readMail(raw: string): MailPart[] {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const header = head.replace(/\r\n[ \t]/g, ' ');
  const body = rest.join('\r\n\r\n');
  const type = /^content-type:\s*([^;\s]+)/im.exec(header)?.[1]?.toLowerCase() ?? 'text/plain';
  const boundary = /^content-type:.*boundary="?([^";]+)"?/im.exec(header)?.[1];
  if (boundary === undefined) return [{ type, header, text: decode(header, body) }];
  const parts = body.split(new RegExp(`(?:^|\r\n)--${boundary.replace(/[^\w]/g, '\\$&')}(?:--)?(?:\r\n|$)`));
  return parts.slice(1, -1).flatMap((part) => readMail(part));
}

function decode(header: string, body: string): string {
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(header)?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const octets = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1').toString('utf8');
}
