import { deleteExpiredFactorData } from '../../storage/repositories/spentChallenges.ts';
import type { AccountsPorts } from '../accounts/ports.ts';

/** Takes away what has ended by itself: challenges, codes, set-ups that nobody finished. */
export async function expireFactorData(ports: AccountsPorts): Promise<void> {
  await deleteExpiredFactorData(ports.db, new Date(ports.clock()));
}
