import { cpus } from 'node:os';
import * as z from 'zod';

const port = z.int().min(0).max(65_535);
const path = z.string().min(1);

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
      announcedAddresses: z.array(z.union([z.ipv4(), z.ipv6()])).default([]),
    })
    .prefault({}),
  meetings: z.strictObject({ guestsMayShareScreen: z.boolean().default(true) }).prefault({}),
  log: z
    .strictObject({
      level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    })
    .prefault({}),
});

/** What a file, the environment or a test may give: everything has a default. */
export type RawSettings = z.input<typeof SettingsSchema>;
export type Settings = z.output<typeof SettingsSchema>;

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.origin === text.replace(/\/$/, '');
}
