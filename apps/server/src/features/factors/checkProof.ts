import { type CodeProof, ConclaveError, type FactorProof } from '@conclave/protocol';
import { plainCode } from '../../security/codes.ts';
import { totpStep } from '../../security/totp.ts';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import { markFactorUsed, takeStep } from '../../storage/repositories/factors.ts';
import { countRecoveryCodes, takeRecoveryCode } from '../../storage/repositories/recoveryCodes.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { senderOf } from '../mail/letter.ts';
import { type HeldFactors, heldFactors } from './heldFactors.ts';
import { recoveryCodeUsedMail } from './mails.ts';
import { takeAssertion } from './passkeys/takeAssertion.ts';
import { type Purpose, subjectOf } from './purposes.ts';
import { takeCode } from './sentCodes.ts';

type Verdict = 'right' | 'wrong' | 'replayed' | 'copied';

/**
 * Checks what somebody shows of a second factor, and uses it up: each code and each answer of a passkey counts once, however
 * many arrive at the same time. The limits on guessing are the caller's.
 * @throws ConclaveError factor.wrong: the same for a wrong code, one that was used, and a kind that is not asked for
 */
export async function checkProof(
  ports: AccountsPorts,
  account: AccountRow,
  proof: FactorProof,
  purpose: Exclude<Purpose, { kind: 'set-up' }>,
): Promise<void> {
  const held = await heldFactors(ports, account.id);
  const verdict = held.askable.includes(proof.kind)
    ? await verdictOn(ports, account, held, proof, purpose)
    : 'wrong';
  const event = { accountId: account.id, kind: proof.kind, purpose: purpose.kind };
  if (verdict !== 'right') {
    ports.emit({ event: 'factor.refused', ...event, reason: verdict });
    throw new ConclaveError('factor.wrong', { field: 'code' });
  }
  ports.emit({ event: 'factor.used', ...event });
}

async function verdictOn(
  ports: AccountsPorts,
  account: AccountRow,
  held: HeldFactors,
  proof: FactorProof,
  purpose: Exclude<Purpose, { kind: 'set-up' }>,
): Promise<Verdict> {
  switch (proof.kind) {
    case 'totp':
      return takeTotp(ports, held, proof);
    case 'recovery':
      return takeRecovery(ports, account, proof);
    case 'passkey': {
      const asked = { kind: purpose.kind, subject: subjectOf(purpose) };
      const taken = await takeAssertion(ports, proof.assertion, asked, account.id);
      return taken.verdict;
    }
    default: {
      if (!(await takeCode(ports, account, proof.kind, purpose, proof.code))) return 'wrong';
      const factor = held.rows.find(({ kind }) => kind === proof.kind);
      if (factor !== undefined) await markFactorUsed(ports.db, factor.id, new Date(ports.clock()));
      return 'right';
    }
  }
}

async function takeTotp(ports: AccountsPorts, { rows }: HeldFactors, { code }: CodeProof): Promise<Verdict> {
  const now = ports.clock();
  let verdict: Verdict = 'wrong';
  // All apps are looked at, whichever the code is of: how long it takes tells nothing.
  for (const row of rows) {
    if (row.kind !== 'totp' || row.sealed === null) continue;
    const step = totpStep(ports.factors.keys.open(row.sealed, row.id), plainCode(code), now);
    if (step === null || verdict === 'right') continue;
    verdict = (await takeStep(ports.db, row.id, step, new Date(now))) ? 'right' : 'replayed';
  }
  return verdict;
}

async function takeRecovery(
  ports: AccountsPorts,
  account: AccountRow,
  { code }: CodeProof,
): Promise<Verdict> {
  const hash = ports.factors.keys.hashCode(account.id, plainCode(code));
  if (!(await takeRecoveryCode(ports.db, account.id, hash))) return 'wrong';
  const left = await countRecoveryCodes(ports.db, account.id);
  await ports.mail.send(recoveryCodeUsedMail(account, left, new Date(ports.clock()), senderOf(ports)));
  return 'right';
}
