import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mailtoAddress } from './passcodeMail.ts';

it('is one message to one person, whatever is in it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 80 }).map((some) => some.toWellFormed());
  fc.assert(
    fc.property(text, text, text, (to, subject, body) => {
      const [address = '', query = '', ...rest] = mailtoAddress(`${to}@example.org`, subject, body).split(
        '?',
      );
      expect(rest).toEqual([]);
      expect(address).not.toMatch(/[,\s&]/);
      expect(query.split('&')).toHaveLength(2);
      expect(new URLSearchParams(query.replaceAll('+', '%2B')).get('subject')).toBe(subject);
    }),
  );
});
