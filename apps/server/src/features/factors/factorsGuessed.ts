import { findAccountByEmail } from '../../storage/repositories/accounts.ts';
import type { AccountsPorts, SignInCounter } from '../accounts/ports.ts';
import { senderOf } from '../mail/letter.ts';
import { factorsGuessedMail } from './mails.ts';

/**
 * Wrong codes for an account, from places that it was not signed in from before, have reached a limit. Whoever got that far
 * knows the password, so the person must hear of it. The limiter tells once in each of its windows.
 */
export async function factorsGuessed(
  ports: AccountsPorts,
  name: SignInCounter,
  key: string,
  attempts: number,
): Promise<void> {
  if (name === 'service') ports.emit({ event: 'signin.attacked', accountId: null, attempts });
  const email = /^account (\S+)/.exec(key)?.[1];
  if (name === 'address' || email === undefined) return;
  const account = await findAccountByEmail(ports.db, email);
  if (account === null) return;
  ports.emit({ event: 'signin.attacked', accountId: account.id, attempts });
  await ports.mail.send(factorsGuessedMail(account, senderOf(ports)));
}
