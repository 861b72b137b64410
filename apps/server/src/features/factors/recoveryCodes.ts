import { type AccountId, ConclaveError } from '@conclave/protocol';
import { RECOVERY_CODES } from '../../policy/secondFactors.ts';
import { makeRecoveryCode, plainCode } from '../../security/codes.ts';
import { lockFactors } from '../../storage/repositories/factors.ts';
import { replaceRecoveryCodes } from '../../storage/repositories/recoveryCodes.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/**
 * New recovery codes in place of the former ones. They are given once; what is kept are keyed hashes (NIST SP 800-63B-4
 * section 3.1.2.2). They stand beside a second factor: without one there is nothing to recover.
 * @throws ConclaveError factor.unavailable
 */
export async function renewRecoveryCodes(ports: AccountsPorts, accountId: AccountId): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode);
  const hashes = codes.map((code) => ports.factors.keys.hashCode(accountId, plainCode(code)));
  await ports.db.transaction().execute(async (transaction) => {
    if ((await lockFactors(transaction, accountId)).length === 0) {
      throw new ConclaveError('factor.unavailable');
    }
    await replaceRecoveryCodes(transaction, accountId, hashes);
  });
  ports.emit({ event: 'factor.codes_made', accountId });
  return codes;
}
