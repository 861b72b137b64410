import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import type { MailLanguage, PolicyChanges } from '@conclave/protocol';
import type * as z from 'zod';
import { Secret } from '../secret.ts';
import { StartRefused } from '../startRefused.ts';
import { CONFIG_VARIABLE, type Environment, overlayEnvironment } from './environment.ts';
import { readSettingsFile } from './file.ts';
import { isLoopback } from './loopback.ts';
import { type MailConfig, mailConfig } from './mail.ts';
import { policyPins } from './policyPins.ts';
import { type RawSettings, type Settings, SettingsSchema } from './schema.ts';
import { type SmsConfig, smsConfig } from './sms.ts';
import { type TurnConfig, turnConfig } from './turn.ts';

/** The settings, checked against each other and grouped by the part that uses them. No secret is in plain. */
export interface Config {
  readonly dataFolder: string;
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  readonly media: Settings['media'];
  /** Null where no text messages are sent. */
  readonly sms: SmsConfig | null;
  /** Null where there are no relays. */
  readonly turn: TurnConfig | null;
  /** What the operator has decided, whatever administrators decide. */
  readonly policyPins: PolicyChanges;
  readonly files: Settings['files'];
  /** Null where mails are kept for an administrator. */
  readonly mail: MailConfig | null;
  /** What is written to those who have chosen nothing else. */
  readonly mailLanguage: MailLanguage;
  readonly passwords: Settings['passwords'];
  readonly signOn: Settings['signOn'];
  readonly log: Settings['log'];
}

export interface HttpConfig {
  readonly address: string;
  readonly port: number;
  /** Null: `http(s)://localhost:<port>` on the port that is really listened on. */
  readonly publicOrigin: string | null;
  /** Whether browsers reach the service over TLS, here or at a proxy. */
  readonly overTls: boolean;
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

export interface DatabaseConfig {
  /** Null: PGlite in the data folder. */
  readonly url: Secret | null;
  readonly poolSize: number;
}

/** Reads file and environment, checks, groups. @throws StartRefused with a message that names the setting. */
export function loadConfig(environment: Environment, workingFolder: string): Config {
  const file = readSettingsFile(environment[CONFIG_VARIABLE], workingFolder);
  return configFrom(overlayEnvironment(file.values, environment), file.folder);
}

/** @throws StartRefused. Relative paths start from `folder`. */
export function configFrom(values: RawSettings | Record<string, unknown>, folder: string): Config {
  const result = SettingsSchema.safeParse(values);
  if (!result.success) throw new StartRefused(explain(result.error));
  return group(result.data, folder);
}

function group(settings: Settings, folder: string): Config {
  const tls = tlsFiles(settings, folder);
  const publicOrigin = settings.publicOrigin?.replace(/\/$/, '') ?? null;
  refusePlainHttp(settings, tls !== null);
  refuseMismatchedOrigin(settings, publicOrigin, tls !== null);
  return {
    dataFolder: resolve(folder, settings.dataFolder),
    http: {
      address: settings.listen.address,
      port: settings.listen.port,
      publicOrigin,
      overTls: tls !== null || settings.behindTlsProxy,
      tls,
      trustedProxies:
        settings.behindTlsProxy && settings.trustedProxies.length === 0
          ? ['127.0.0.0/8', '::1']
          : settings.trustedProxies,
    },
    database: {
      url: settings.database.url === undefined ? null : new Secret(settings.database.url),
      poolSize: settings.database.poolSize,
    },
    media: settings.media,
    sms: smsConfig(settings.sms),
    turn: turnConfig(settings.turn),
    policyPins: policyPins(settings),
    files: settings.files,
    mail: mailConfig(settings.mail, folder),
    mailLanguage: settings.mail.language,
    passwords: settings.passwords,
    signOn: settings.signOn,
    log: settings.log,
  };
}

function tlsFiles(settings: Settings, folder: string): HttpConfig['tls'] {
  const { certificateFile, keyFile } = settings.tls;
  if (certificateFile === undefined && keyFile === undefined) return null;
  if (certificateFile === undefined || keyFile === undefined) {
    throw new StartRefused('tls.certificateFile and tls.keyFile go together: set both or neither.');
  }
  return { certificateFile: resolve(folder, certificateFile), keyFile: resolve(folder, keyFile) };
}

function refusePlainHttp(settings: Settings, tls: boolean): void {
  if (tls || settings.behindTlsProxy || isLoopback(settings.listen.address)) return;
  throw new StartRefused(
    `Plain http on ${settings.listen.address} would send everything unprotected. Set tls.certificateFile and ` +
      'tls.keyFile, or behindTlsProxy = true when a proxy in front of it does TLS.',
  );
}

function refuseMismatchedOrigin(settings: Settings, publicOrigin: string | null, tls: boolean): void {
  if (publicOrigin === null) {
    if (isLoopback(settings.listen.address) && !settings.behindTlsProxy) return;
    throw new StartRefused(
      'publicOrigin must say what people type, like https://meet.example.org, when the service is not for this machine alone.',
    );
  }
  const { protocol, hostname } = new URL(publicOrigin);
  if ((tls || settings.behindTlsProxy) && protocol !== 'https:') {
    throw new StartRefused(`publicOrigin must start with https:// under TLS, and is ${publicOrigin}.`);
  }
  const plainHost = isIPv6(hostname.slice(1, -1)) ? hostname.slice(1, -1) : hostname;
  if (protocol === 'http:' && plainHost !== 'localhost' && !isLoopback(plainHost)) {
    throw new StartRefused(
      `publicOrigin ${publicOrigin} is plain http: browsers give no camera there. Use https.`,
    );
  }
  if (protocol === 'https:' && !tls && !settings.behindTlsProxy) {
    throw new StartRefused(
      'publicOrigin is https, but there is neither tls.certificateFile nor behindTlsProxy = true.',
    );
  }
}

function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      const keys = issue.keys.map((key) => (path === '' ? key : `${path}.${key}`));
      return `There is no setting ${keys.join(', ')}.`;
    }
    return `The setting ${path} is wrong: ${issue.message}.`;
  });
  return lines.join('\n');
}
