import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseShown, rememberSpeakers } from './chooseShown.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 });

describe('chooseShown', () => {
  it('fills the places, keeps the order and invents nobody', () => {
    fc.assert(
      fc.property(ids, fc.nat(20), ids, ids, (all, places, first, recent) => {
        const shown = chooseShown(all, places, first, recent);
        expect(shown).toHaveLength(Math.min(all.length, places));
        expect(all.filter((id) => shown.includes(id))).toEqual(shown);
      }),
    );
  });

  it('prefers oneself, then who spoke last, then who came first', () => {
    expect(chooseShown(['me', 'a', 'b', 'c', 'd'], 3, ['me'], ['d'])).toEqual(['me', 'a', 'd']);
    expect(chooseShown(['me', 'a', 'b', 'c', 'd'], 3, ['me'], ['c', 'd'])).toEqual(['me', 'c', 'd']);
  });
});

describe('rememberSpeakers', () => {
  it('puts the latest first, once', () => {
    expect(rememberSpeakers(['a', 'b'], ['b'])).toEqual(['b', 'a']);
    expect(rememberSpeakers(['a', 'b'], ['c', 'a'])).toEqual(['c', 'a', 'b']);
  });

  it('returns the same list when nothing changes', () => {
    const recent = ['a', 'b'];
    expect(rememberSpeakers(recent, ['a'])).toBe(recent);
    expect(rememberSpeakers(recent, [])).toBe(recent);
  });
});
