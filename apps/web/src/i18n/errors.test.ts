import { ERRORS } from '@conclave/protocol';
import { describe, expect, it } from 'vitest';
import { errors } from './en/errors.ts';

describe('texts of errors', () => {
  it.each(Object.keys(ERRORS))('there is one for %s', (code) => {
    const [group = '', name = ''] = code.split('.');
    const texts: Record<string, unknown> = errors;
    expect((texts[group] as Record<string, string> | undefined)?.[name]).toMatch(/\.$/);
  });
});
