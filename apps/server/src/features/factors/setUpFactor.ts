import { randomUUID } from 'node:crypto';
import { ConclaveError, FactorId, type TotpSetUp } from '@conclave/protocol';
import { FACTOR_SET_UP_MS } from '../../policy/attempts.ts';
import { makeTotpSecret, totpBase32, totpUri } from '../../security/totp.ts';
import { type AccountRow, findAccount } from '../../storage/repositories/accounts.ts';
import { type NewFactor, replacePending } from '../../storage/repositories/factors.ts';
import type { Caller } from '../accounts/authenticate.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { refuseUnlessOffered } from './listFactors.ts';
import { sendCode } from './sentCodes.ts';

/** A factor that waits for its first code, ten minutes long; only then is it asked for. */
export interface StartedSetUp {
  readonly id: FactorId;
  /** To whom the first code went, with most of it hidden. */
  readonly to: string;
}

/** A new secret for an authenticator app. It is shown now and never again. */
export async function startTotp(ports: AccountsPorts, caller: Caller): Promise<TotpSetUp> {
  refuseUnlessOffered(ports, 'totp');
  const account = await own(ports, caller);
  const id = newId();
  const secret = makeTotpSecret();
  const sealed = ports.factors.keys.seal(secret, id);
  await replacePending(ports.db, {
    ...pending(ports, account, id),
    kind: 'totp',
    name: 'Authenticator app',
    sealed,
  });
  const issuer = `Conclave (${new URL(ports.origin()).host.replace(':', ' ')})`;
  return { id, secret: totpBase32(secret), uri: totpUri(secret, issuer, account.email) };
}

export async function startEmail(
  ports: AccountsPorts,
  caller: Caller,
  address: string,
): Promise<StartedSetUp> {
  refuseUnlessOffered(ports, 'email');
  const account = await own(ports, caller);
  const id = newId();
  await replacePending(ports.db, { ...pending(ports, account, id), kind: 'email', name: 'Email' });
  const purpose = { kind: 'set-up', factorId: id } as const;
  return { id, to: await sendCode(ports, account, { kind: 'email', to: account.email }, purpose, address) };
}

/** @param phone E.164 */
export async function startSms(
  ports: AccountsPorts,
  caller: Caller,
  phone: string,
  address: string,
): Promise<StartedSetUp> {
  refuseUnlessOffered(ports, 'sms');
  const account = await own(ports, caller);
  const id = newId();
  const sealed = ports.factors.keys.seal(Buffer.from(phone), id);
  await replacePending(ports.db, { ...pending(ports, account, id), kind: 'sms', name: 'Phone', sealed });
  const purpose = { kind: 'set-up', factorId: id } as const;
  return { id, to: await sendCode(ports, account, { kind: 'sms', to: phone }, purpose, address) };
}

function pending(ports: AccountsPorts, account: AccountRow, id: FactorId): Omit<NewFactor, 'kind' | 'name'> {
  const now = ports.clock();
  return {
    id,
    account_id: account.id,
    created_at: new Date(now),
    pending_until: new Date(now + FACTOR_SET_UP_MS),
  };
}

function newId(): FactorId {
  return FactorId.parse(randomUUID());
}

async function own(ports: AccountsPorts, caller: Caller): Promise<AccountRow> {
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null) throw new ConclaveError('auth.required');
  return account;
}
