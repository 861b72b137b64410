import { cpus } from 'node:os';
import { MailLanguage, VideoCodec } from '@conclave/protocol';
import * as z from 'zod';

const port = z.int().min(0).max(65_535);
const path = z.string().min(1);

const unusable = { error: 'must be the address of one machine' };
/** RFC 7065, with a host that is a name, an IPv4 address or an IPv6 address in brackets. */
const TURN_URL = /^turns?:([\w-]+(\.[\w-]+)*|\[[\da-fA-F:.]+\])(:\d{1,5})?(\?transport=(udp|tcp))?$/;

/** `http://host` or `https://host:port`, nothing after it. */
const origin = z.string().refine(isOrigin, { error: 'must be like https://meet.example.org, with no path' });

/**
 * Every setting, as the file spells it. `conclave.sample.toml` documents the same list (a test compares
 * them). Unknown keys are refused, so a typing error never silently leaves a default in force.
 */
export const SettingsSchema = z.strictObject({
  dataFolder: path.default('./data'),
  publicOrigin: origin.optional(),
  behindTlsProxy: z.boolean().default(false),
  trustedProxies: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
  listen: z
    .strictObject({
      address: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
      port: port.default(8080),
    })
    .prefault({}),
  tls: z
    .strictObject({
      certificateFile: path.optional(),
      keyFile: path.optional(),
    })
    .prefault({}),
  database: z
    .strictObject({
      url: z
        .string()
        .regex(/^postgres(ql)?:\/\//, { error: 'must start with postgres:// or postgresql://' })
        .optional(),
      poolSize: z.int().min(1).max(200).default(10),
    })
    .prefault({}),
  media: z
    .strictObject({
      udpPort: z.int().min(1).max(65_000).default(40_000),
      workers: z
        .int()
        .min(1)
        .max(256)
        .default(() => Math.max(1, cpus().length)),
      bindAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
      announcedAddresses: z.array(z.union([z.ipv4(), z.ipv6()]).refine(isUsable, unusable)).default([]),
      codecs: z
        .array(z.enum(VideoCodec.options))
        .min(1)
        .refine((codecs) => new Set(codecs).size === codecs.length, { error: 'names a codec twice' })
        .default(['VP9', 'AV1', 'VP8', 'H264']),
      tcp: z.boolean().default(true),
      tcpPort: z.int().min(1).max(65_000).optional(),
    })
    .prefault({}),
  sms: z
    .strictObject({
      url: z
        .string()
        .refine((text) => URL.canParse(text.replaceAll(/[{}]/g, '')), { error: 'must be an address' })
        .optional(),
      method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
      headers: z.array(z.string().max(4_096)).max(32).default([]),
      body: z.string().max(16_384).default(''),
      timeoutSeconds: z.int().min(1).max(60).default(10),
    })
    .prefault({}),
  turn: z
    .strictObject({
      urls: z
        .array(z.string().regex(TURN_URL, { error: 'must be like turns:turn.example.org:443?transport=tcp' }))
        .max(8)
        .default([]),
      secret: z.string().min(16).optional(),
      username: z.string().min(1).optional(),
      password: z.string().min(1).optional(),
      lifetimeSeconds: z.int().min(60).max(86_400).default(600),
    })
    .prefault({}),
  meetings: z
    .strictObject({
      guestsMayShareScreen: z.boolean().optional(),
      directPath: z.enum(['off', 'allowed']).optional(),
      straightIn: z.enum(['everybody', 'organisation', 'invited', 'nobody']).optional(),
      microphoneAtStart: z.enum(['chosen', 'off']).optional(),
      cameraAtStart: z.enum(['chosen', 'off']).optional(),
    })
    .prefault({}),
  files: z
    .strictObject({
      guestsMaySend: z.boolean().optional(),
      largestMegabytes: z.int().min(0).max(4_000).default(100),
      participantMegabytes: z.int().min(0).max(100_000).default(300),
      meetingMegabytes: z.int().min(0).max(1_000_000).default(1_000),
      serviceMegabytes: z.int().min(0).max(10_000_000).default(5_000),
    })
    .prefault({}),
  passwords: z.strictObject({ profile: z.enum(['argon2id', 'fips']).default('argon2id') }).prefault({}),
  mail: z
    .strictObject({
      host: z
        .string()
        .regex(/^[\w-]+(\.[\w-]+)*$|^[\da-fA-F:]+$/, { error: 'must be a name or an address' })
        .optional(),
      port: z.int().min(1).max(65_535).optional(),
      security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
      username: z.string().min(1).optional(),
      password: z.string().min(1).optional(),
      from: z
        .string()
        .regex(/^([^<>\r\n"]{1,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
          error: 'must be like conclave@example.org or Conclave <conclave@example.org>',
        })
        .optional(),
      certificateFile: path.optional(),
      language: z.enum(MailLanguage.options).default('en'),
    })
    .prefault({}),
  signOn: z
    .strictObject({
      allowPrivateNetworks: z.boolean().default(false),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    })
    .prefault({}),
});

/** What a file, the environment or a test may give: everything has a default. */
export type RawSettings = z.input<typeof SettingsSchema>;
export type Settings = z.output<typeof SettingsSchema>;

/** Nobody can send media to "any address" or to a group. */
function isUsable(address: string): boolean {
  return !/^(0\.|(22[4-9]|23\d)\.|255\.255\.255\.255$|[0:]+$|ff)/i.test(address);
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === text.replace(/\/$/, '');
}
