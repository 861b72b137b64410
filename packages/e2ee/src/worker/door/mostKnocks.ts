import { MlsError } from '../../mls/index.ts';

/** People who wait that are looked at and remembered: as many as a lobby takes. */
export const mostKnocks = 1_000;

/** @throws MlsError `too_large` when it is more than a lobby holds */
export function checkCount({ length }: readonly unknown[]): void {
  if (length > mostKnocks) throw new MlsError('too_large', 'more people than can wait');
}
