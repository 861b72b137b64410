import { ConclaveError, type SentCodeKind } from '@conclave/protocol';
import { SENT_CODE_MS, SENT_CODE_TRIES } from '../../policy/attempts.ts';
import { makeSentCode, plainCode } from '../../security/codes.ts';
import { hashToken, sameBytes } from '../../security/tokens.ts';
import { SmsFault } from '../../sms/SmsPort.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { FactorRow } from '../../storage/repositories/factors.ts';
import { putSentCode, takeSentCode, trySentCode } from '../../storage/repositories/sentCodes.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { senderOf, textsFor } from '../mail/letter.ts';
import { codeMail } from './mails.ts';
import { maskEmail, maskPhone } from './masks.ts';
import { type Purpose, subjectOf } from './purposes.ts';

/** Where a code goes. */
export type Destination =
  | { readonly kind: 'email'; readonly to: string }
  | { readonly kind: 'sms'; readonly to: string };

export function destinationOf(ports: AccountsPorts, account: AccountRow, factor: FactorRow): Destination {
  return factor.kind === 'sms'
    ? { kind: 'sms', to: phoneOf(ports, factor) }
    : { kind: 'email', to: account.email };
}

export function phoneOf(ports: AccountsPorts, factor: FactorRow): string {
  return ports.factors.keys.open(factor.sealed ?? new Uint8Array(), factor.id).toString();
}

export function maskOf({ kind, to }: Destination): string {
  return kind === 'sms' ? maskPhone(to) : maskEmail(to);
}

/**
 * Sends a new code; a former one for the same purpose ends. It is good for ten minutes and five tries. Sending is limited
 * for the account, the address and the service, whether or not codes are used: somebody gets or pays for each message.
 * @returns to whom, with most of it hidden. @throws ConclaveError auth.too_many_attempts, factor.not_sent
 */
export async function sendCode(
  ports: AccountsPorts,
  account: AccountRow,
  destination: Destination,
  purpose: Purpose,
  address: string,
): Promise<string> {
  const { kind } = destination;
  await ports.factors.sends.begin({ address, account: `${account.id} ${kind}`, service: kind });
  const code = makeSentCode();
  const key = keyOf(purpose, kind);
  await putSentCode(ports.db, {
    purpose: key,
    account_id: account.id,
    code_hash: ports.factors.keys.hashCode(key.toString('hex'), code),
    tries_left: SENT_CODE_TRIES,
    expires_at: new Date(ports.clock() + SENT_CODE_MS),
  });
  if (kind === 'email') await ports.mail.send(codeMail(account, code, purpose.kind, senderOf(ports)));
  else await sendSms(ports, account, destination.to, code);
  return maskOf(destination);
}

/** Counts the try before the comparison, and lets each code count once. */
export async function takeCode(
  ports: AccountsPorts,
  account: AccountRow,
  kind: SentCodeKind,
  purpose: Purpose,
  typed: string,
): Promise<boolean> {
  const key = keyOf(purpose, kind);
  const stored = await trySentCode(ports.db, account.id, key, new Date(ports.clock()));
  const hash = ports.factors.keys.hashCode(key.toString('hex'), plainCode(typed));
  return stored !== null && sameBytes(stored, hash) && takeSentCode(ports.db, key, hash);
}

function keyOf(purpose: Purpose, kind: SentCodeKind): Buffer {
  return hashToken(`${purpose.kind}\0${subjectOf(purpose)}\0${kind}`);
}

/** The last line is for phones: they offer the code on pages of that host alone (origin-bound one-time codes). */
async function sendSms(ports: AccountsPorts, account: AccountRow, to: string, code: string): Promise<void> {
  const { host } = new URL(ports.origin());
  const words = textsFor(account, senderOf(ports)).factors.code.sms({ code });
  const text = `${words}\n\n@${host} #${code}`;
  try {
    if (ports.factors.sms === null) throw new ConclaveError('factor.unavailable');
    await ports.factors.sms.send(to, text);
  } catch (cause) {
    if (!(cause instanceof SmsFault)) throw cause;
    ports.emit({ event: 'sms.failed', reason: cause.code });
    throw new ConclaveError('factor.not_sent', { cause });
  }
}
