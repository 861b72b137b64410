import type { ParticipantState } from '@conclave/client';
import { expect, test } from 'vitest';
import { rollCall } from './rollCall.ts';

const texts = {
  entry: () => 'Passcode',
  role: () => 'Guest',
  trust: (trust: string | undefined) => trust ?? 'Not verified',
  time: () => '10:00',
};
const person = (name: string) => ({ id: name, name, joinedAt: '' }) as unknown as ParticipantState;

test('a line for each, in which no name is more than a name', () => {
  const text = rollCall([person('Ann'), person('=HYPERLINK("x")'), person('a\tb')], () => undefined, texts);
  expect(text).toBe(
    [
      'Ann\tGuest\tPasscode\tNot verified\t10:00',
      '\'=HYPERLINK("x")\tGuest\tPasscode\tNot verified\t10:00',
      'a b\tGuest\tPasscode\tNot verified\t10:00',
      '',
    ].join('\n'),
  );
});
