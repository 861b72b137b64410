import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** What an attacker who tries likely passwords first would need. */
export interface PasswordGuesses {
  /** Tries, as a power of ten. */
  readonly log10: number;
  /** Share of the characters, 0 to 1, that are passwords of leaked lists, also reversed, repeated or in "l33t". */
  readonly commonShare: number;
}

let estimator: ZxcvbnFactory | undefined;

/** zxcvbn's estimate (Wheeler, USENIX Security 2016). `personal`: words that an attacker who knows them tries first. */
export function estimateGuesses(password: string, personal: readonly string[] = []): PasswordGuesses {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const result = estimator.check(password, [...personal]);
  const common = result.sequence
    .filter((match) => isCommon(match))
    .reduce((count, match) => count + match.token.length, 0);
  return { log10: result.guessesLog10, commonShare: password === '' ? 0 : common / password.length };
}

interface Matched {
  readonly pattern: string;
  readonly token: string;
  readonly [key: string]: unknown;
}

function isCommon(match: Matched): boolean {
  if (match.pattern === 'dictionary') return String(match['dictionaryName']).startsWith('passwords');
  if (match.pattern !== 'repeat' || typeof match['baseToken'] !== 'string') return false;
  return match['baseToken'].length > 3 && estimateGuesses(match['baseToken']).commonShare === 1;
}
