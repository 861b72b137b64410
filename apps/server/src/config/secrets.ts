import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Secret } from '../secret.ts';
import { StartRefused } from '../startRefused.ts';

const SecretsFile = z.strictObject({
  version: z.literal(1),
  passwordPepper: z.string().regex(/^[\w-]{43}$/),
});

/** What only this installation knows. Made once, kept in the data folder, readable by its user alone. */
export interface Secrets {
  /** The key of Argon2id (RFC 9106 section 3.1, K): a stolen database alone cannot be searched for passwords. */
  readonly passwordPepper: Secret<Buffer>;
}

/** Reads `secrets.json` of the data folder, made on first use. @throws StartRefused when it cannot be understood. */
export function loadSecrets(dataFolder: string): Secrets {
  const path = join(dataFolder, 'secrets.json');
  if (!existsSync(path)) makeSecrets(path);
  chmodSync(path, 0o600);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    content = null;
  }
  const file = SecretsFile.safeParse(content);
  if (!file.success) {
    throw new StartRefused(`${path} is damaged. Put back the copy that belongs to this data folder.`);
  }
  return { passwordPepper: new Secret(Buffer.from(file.data.passwordPepper, 'base64url')) };
}

/** Written aside and renamed, so that a crash leaves either no file or a whole one. */
function makeSecrets(path: string): void {
  const aside = `${path}.new`;
  const file = openSync(aside, 'w', 0o600);
  try {
    const passwordPepper = randomBytes(32).toString('base64url');
    writeSync(file, `${JSON.stringify({ version: 1, passwordPepper })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(aside, path);
}
