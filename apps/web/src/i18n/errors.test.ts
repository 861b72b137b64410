import { ERRORS } from '@conclave/protocol';
import { describe, expect, it } from 'vitest';
import { accountErrors } from './en/accountErrors.ts';
import { errors } from './en/errors.ts';

describe('texts of errors', () => {
  it.each(Object.keys(ERRORS))('there is one for %s', (code) => {
    const [group = '', name = ''] = code.split('.');
    const all: readonly Record<string, unknown>[] = [errors, accountErrors];
    const texts = all.flatMap((table) => (table[group] as Record<string, string> | undefined)?.[name] ?? []);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/\.$/);
  });
});
