import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { personalWords, strengthOf } from './strength.ts';

describe('strengthOf', () => {
  it('counts code points', () => {
    expect(strengthOf('', [], judge)).toEqual({ kind: 'empty' });
    expect(strengthOf('😀'.repeat(14), [], judge)).toEqual({ kind: 'short', missing: 1 });
    expect(strengthOf('a'.repeat(129), [], judge)).toEqual({ kind: 'long' });
  });

  it('waits for the judge', () =>
    expect(strengthOf('a long enough one', [], null)).toEqual({ kind: 'empty' }));

  it.each([
    ['aaaaaaaaaaaaaaaa', 'repeat'],
    ['zxcvbnm,./;lkjhgf', 'keyboard'],
    ['abcdefghijklmnop', 'sequence'],
    ['lovelace19900101', 'personal'],
  ])('says what is wrong with %s', (password, reason) => {
    const strength = strengthOf(password, personalWords('Ada Lovelace', 'ada@example.org'), judge);
    expect(strength.kind === 'judged' && strength.score < 3).toBe(true);
    const reasons = strength.kind === 'judged' ? strength.reasons : [];
    expect(reasons).toContain(reason);
  });

  it('says what the server is going to say of names in a row, though they are many characters', () => {
    const personal = personalWords('Olga Owner', 'olga@example.org');
    for (const password of ['olgaowner olgaowner', 'conclaveconclave1', 'Owner-Olga-Owner-9'])
      expect(strengthOf(password, personal, judge)).toMatchObject({
        score: 0,
        reasons: ['personal', 'words'],
      });
  });

  it('has nothing against several unrelated words', () => {
    const strength = strengthOf('correct walnut bicycle thunder', [], judge);
    expect(strength).toMatchObject({ kind: 'judged', reasons: [] });
  });
});

describe('personalWords', () => {
  it('takes names and addresses apart', () => {
    expect(personalWords('Ada Lovelace', 'ada.l@example.org')).toEqual([
      'ada lovelace',
      'ada.l@example.org',
      'ada',
      'lovelace',
      'example',
      'org',
    ]);
  });
});

it('counts up to what the organisation asks for', () => {
  expect(strengthOf('violet kettle orbits slowly', [], null, 30)).toEqual({ kind: 'short', missing: 3 });
  expect(strengthOf('xK9#mQ2$', [], null, 8)).toEqual({ kind: 'empty' });
});
