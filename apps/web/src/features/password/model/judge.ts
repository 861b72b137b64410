import { ZxcvbnFactory, type ZxcvbnResult } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import type { Judgement, Reason } from './strength.ts';

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: 128 });
const goodScore = 3;

/** How hard a password is to guess, and what makes it easy. `personal`: words that an attacker knows. */
export function judge(password: string, personal: readonly string[]): Judgement {
  const result = zxcvbn.check(password, [...personal, 'conclave']);
  const score = result.score;
  return { score, reasons: score >= goodScore ? [] : reasonsOf(result) };
}

function reasonsOf(result: ZxcvbnResult): readonly Reason[] {
  const reasons = new Set<Reason>();
  for (const match of result.sequence) {
    if (match.pattern === 'dictionary') {
      const name: unknown = 'dictionaryName' in match ? match.dictionaryName : undefined;
      if (name === 'userInputs') reasons.add('personal');
      else if (name === 'passwords-common') reasons.add('common');
    } else if (match.pattern === 'spatial') reasons.add('keyboard');
    else if (match.pattern === 'repeat') reasons.add('repeat');
    else if (match.pattern === 'sequence') reasons.add('sequence');
    else if (match.pattern === 'date' || match.pattern === 'regex') reasons.add('date');
  }
  reasons.add('words');
  return [...reasons];
}
