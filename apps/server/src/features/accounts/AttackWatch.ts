import { type AccountId, BUILTIN_ROLES, BuiltinRole } from '@conclave/protocol';
import { emailsOfRoles, findAccount, findAccountByEmail } from '../../storage/repositories/accounts.ts';
import { listRoleRows } from '../../storage/repositories/roles.ts';
import { senderOf } from '../mail/letter.ts';
import { attackMail } from '../mail/messages.ts';
import type { AccountsPorts, SignInCounter } from './ports.ts';

const hour = 60 * 60_000;

/**
 * Hears that guesses at passwords have reached a limit, and tells those who may read alerts: by mail, an hour apart for each
 * account, so that an attack does not become a flood of mails.
 */
export class AttackWatch {
  readonly #mailedAt = new Map<string, number>();

  async onLimit(ports: AccountsPorts, name: SignInCounter, key: string, attempts: number): Promise<void> {
    if (name === 'address') return;
    const account = name === 'service' ? null : await this.#accountOf(ports, key);
    // Guesses at accounts that do not exist are counted by the other limits.
    if (name !== 'service' && account === null) return;
    ports.emit({ event: 'signin.attacked', accountId: account?.id ?? null, attempts });
    if (!this.#isDue(account?.email ?? '', ports.clock())) return;
    const sender = senderOf(ports);
    for (const email of await readersOfAlerts(ports)) {
      const person = await findAccountByEmail(ports.db, email);
      if (person === null) continue;
      await ports.mail.send(attackMail(person, { account: account?.email ?? null, attempts }, sender));
    }
  }

  async #accountOf(ports: AccountsPorts, key: string): Promise<{ id: AccountId; email: string } | null> {
    if (key.startsWith('account ')) return findAccountByEmail(ports.db, key.slice('account '.length));
    if (key.startsWith('inside ')) return findAccount(ports.db, key.slice('inside '.length) as AccountId);
    return null;
  }

  #isDue(key: string, now: number): boolean {
    for (const [old, at] of this.#mailedAt) if (now - at >= hour) this.#mailedAt.delete(old);
    if (this.#mailedAt.has(key)) return false;
    this.#mailedAt.set(key, now);
    return true;
  }
}

async function readersOfAlerts({ db }: AccountsPorts): Promise<string[]> {
  const builtin = BuiltinRole.options.filter((role) => BUILTIN_ROLES[role].includes('alerts.read'));
  const own = (await listRoleRows(db)).filter(({ permissions }) => permissions.includes('alerts.read'));
  return emailsOfRoles(db, [...builtin, ...own.map(({ id }) => id)]);
}
