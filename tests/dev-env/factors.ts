import { createHmac } from 'node:crypto';
import { FactorAdded, PasskeyCreation, SignInAnswer, TotpSetUp } from '@conclave/protocol';
import { ApiClient } from './ApiClient.ts';
import { OWNER } from './people.ts';
import type { SoftAuthenticator } from './SoftAuthenticator.ts';

export const CREDENTIALS = { email: OWNER.email, password: OWNER.password };

/** RFC 4226 section 5.3 and RFC 6238, apart from the server's own. */
export function totpAt(secret: Uint8Array, at: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** RFC 4648 section 6, without padding. */
export function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  }
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

export interface TotpOwner {
  readonly secret: Buffer;
  readonly id: string;
  readonly recoveryCodes: readonly string[] | null;
}

/** Sets up an authenticator app. The code of `at` is used up by it. */
export async function setUpTotp(client: ApiClient, at: number): Promise<TotpOwner> {
  const started = await client.call('startTotp');
  if (started.status !== 200) throw new Error(`an app could not be set up: ${started.code}`);
  const { id, secret: text } = TotpSetUp.parse(started.body);
  const secret = fromBase32(text);
  const answer = await client.call('verifyFactor', { params: { id }, body: { code: totpAt(secret, at) } });
  if (answer.status !== 200) throw new Error(`the app's first code was refused: ${answer.code}`);
  return { secret, id, recoveryCodes: FactorAdded.parse(answer.body).recoveryCodes };
}

export async function setUpPasskey(client: ApiClient, authenticator: SoftAuthenticator, name = 'Key') {
  const options = PasskeyCreation.parse((await client.call('askNewPasskey')).body);
  const answer = await client.call('addPasskey', {
    body: { attestation: authenticator.create(options), name },
  });
  if (answer.status !== 200) throw new Error(`the passkey was refused: ${answer.code}`);
  return FactorAdded.parse(answer.body);
}

/** Email and password; ends where the second factor is asked for. */
export async function firstStep(
  client: ApiClient,
  credentials: { email: string; password: string } = CREDENTIALS,
) {
  const answer = await client.call('signIn', { body: credentials });
  const parsed = SignInAnswer.parse(answer.body);
  if (parsed.kind !== 'factor') throw new Error('no second factor was asked for');
  return parsed;
}

/** Answers a challenge. */
export function secondStep(client: ApiClient, challenge: string, kind: string, code: string) {
  return client.call('finishSignIn', { body: { challenge, proof: { kind, code } } });
}

/** A browser that nobody has used before. */
export function stranger(server: { readonly origin: string }): ApiClient {
  return new ApiClient(server.origin);
}
