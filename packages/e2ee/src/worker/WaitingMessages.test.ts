import { expect, test } from 'vitest';
import { WaitingMessages } from './WaitingMessages.ts';

test('of each member so many wait, and the next one may when one was looked at', () => {
  const waiting = new WaitingMessages();
  for (let come = 0; come < 64; come++) expect(waiting.come('ann')).toBe(true);
  expect(waiting.come('ann')).toBe(false);
  expect(waiting.come('bob')).toBe(true);
  waiting.taken('ann');
  expect(waiting.come('ann')).toBe(true);
  expect(waiting.come('ann')).toBe(false);
});
