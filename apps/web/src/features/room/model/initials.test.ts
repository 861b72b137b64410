import { describe, expect, it } from 'vitest';
import { hueOf, initials } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada', 'A'],
    ['Jean-Luc de la Tour', 'JT'],
    ['李 明', '李明'],
    ['👩‍💻 Dev', '👩‍💻'],
    ['Ada 🎉', 'A'],
    ['', ''],
  ])('%s: %s', (name, letters) => expect(initials(name)).toBe(letters));
});

describe('hueOf', () => {
  it('is stable and in range', () => {
    expect(hueOf('abc', 6)).toBe(hueOf('abc', 6));
    for (const id of ['', 'x', 'abcdefghijklmnop']) expect(hueOf(id, 6)).toBeLessThan(6);
  });
});
