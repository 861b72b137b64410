import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Secret } from '../secret.ts';
import { StartRefused } from '../startRefused.ts';
import { isLoopback } from './loopback.ts';
import type { Settings } from './schema.ts';

/** The server that takes our mails. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string | null;
  readonly password: Secret | null;
  /** What mails come from: `Conclave <conclave@example.org>` or an address alone. */
  readonly from: string;
  /** PEM of an authority of the organisation's own, that the server's certificate is checked against. */
  readonly certificate: string | null;
}

const usualPorts = { tls: 465, starttls: 587, none: 25 } as const;

/** Null where none is set up. @throws StartRefused */
export function mailConfig(mail: Settings['mail'], folder: string): MailConfig | null {
  const { host, from, security, username, password } = mail;
  if (host === undefined) {
    const alone = Object.entries({ from, username, password }).find(([, value]) => value !== undefined);
    if (alone !== undefined) throw new StartRefused(`mail.${alone[0]} needs mail.host.`);
    return null;
  }
  if (from === undefined) throw new StartRefused('mail.from must say what address mails come from.');
  if (security === 'none' && !isLoopback(host) && host !== 'localhost') {
    throw new StartRefused(
      `mail.security = "none" would send links that let people in unprotected to ${host}. It is for this machine alone.`,
    );
  }
  if ((username === undefined) !== (password === undefined)) {
    throw new StartRefused('mail.username and mail.password go together: set both or neither.');
  }
  return {
    host,
    port: mail.port ?? usualPorts[security],
    security,
    username: username ?? null,
    password: password === undefined ? null : new Secret(password),
    from,
    certificate: mail.certificateFile === undefined ? null : read(resolve(folder, mail.certificateFile)),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StartRefused(`mail.certificateFile ${path} could not be read.`, { cause });
  }
}
