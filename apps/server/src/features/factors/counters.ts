import type { FactorKind } from '@conclave/protocol';
import type { SignInCounter } from '../accounts/ports.ts';

/**
 * Under which names a second step is counted: as the first one is, but for each kind apart, so that somebody who guesses at
 * one factor keeps the owner from no other. A passkey's answer cannot be guessed: the address alone is counted.
 */
export function factorCounters(
  counters: Readonly<Record<SignInCounter, string | null>>,
  kind: FactorKind,
): Record<SignInCounter, string | null> {
  const { address, account, day, service } = counters;
  if (kind === 'passkey') return { address, account: null, day: null, service: null };
  return { address, account: `${account} ${kind}`, day, service };
}
