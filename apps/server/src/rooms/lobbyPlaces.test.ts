import { LIMITS } from '@conclave/protocol';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Visitor } from './roomState.ts';
import { run } from './testing/commands.ts';
import { host, invited, member } from './testing/door.ts';
import { accountOf, ada, bob, cid, dan, enter, idOf } from './testing/people.ts';
import { FIRST_RULES } from './testing/rules.ts';

describe('a full lobby', () => {
  const stranger = (index: number, address: string) =>
    enter(idOf(`n${index}-`), { visitorKey: `browser ${index}`, addressKey: address });
  /** Two crowds of the same size. */
  const crowds = Array.from({ length: LIMITS.lobby }, (_, index) => stranger(index, `192.0.2.${index % 2}`));
  const full = run(FIRST_RULES, ...crowds).state;
  const waiting = (state: typeof full, address: string) =>
    [...state.lobby.values()].filter(({ addressKey }) => addressKey === address).length;

  test.each<[string, Partial<Visitor>]>([
    ['a member', { ...member, addressKey: '192.0.2.1' }],
    ['whoever was invited', { ...invited, addressKey: '192.0.2.1' }],
    ['somebody of another network', { visitorKey: 'elsewhere', addressKey: '198.51.100.7' }],
  ])('has a place for %s: the last of the largest crowd gives way', (_, who) => {
    const came = decide({ ...full, rules: { ...full.rules, straightIn: 'nobody' } }, enter(cid, who));
    expect(came.refusal).toBeNull();
    expect(came.state.lobby.size).toBe(LIMITS.lobby);
    expect(came.state.lobby.has(cid)).toBe(true);
    expect(came.events).toEqual([
      expect.objectContaining({ type: 'knock-over', reason: 'lobby-full', by: null }),
      expect.objectContaining({ type: 'knocked' }),
    ]);
  });

  test('is shared by the networks, and nobody is put out for ever by those who come', () => {
    let state = full;
    for (let index = 0; index < 400; index++) {
      const { state: next } = decide(state, stranger(1_000 + index, '198.51.100.7'));
      state = next;
    }
    for (const address of ['192.0.2.0', '192.0.2.1', '198.51.100.7'])
      expect(waiting(state, address)).toBe(LIMITS.lobby / 3);
    // No more of a crowd come in for others of it.
    expect(decide(state, stranger(2_000, '192.0.2.0')).refusal).toBe('meeting.lobby_full');
  });

  test('of known people alone has no place for anybody', () => {
    const rules = { ...FIRST_RULES, straightIn: 'nobody' } as const;
    const members = Array.from({ length: LIMITS.lobby }, (_, index) =>
      enter(idOf(`n${index}-`), { ...member, accountId: accountOf(index) }),
    );
    expect(run(rules, ...members, enter(cid, invited)).refusal).toBe('meeting.lobby_full');
  });
});

describe('turning away', () => {
  const at = (address: string, browser: string | null, more: Partial<Visitor> = {}): Partial<Visitor> => ({
    visitorKey: browser,
    addressKey: address,
    ...more,
  });
  const away = (whom: 'one' | 'network'): RoomCommand => ({
    ...{ type: 'turn-away', by: ada, id: bob, ban: false, now: 1_000 },
    whom,
  });

  test('whoever keeps no cookie is known by the address, among those who keep none', () => {
    const { state } = run(FIRST_RULES, enter(ada, host), enter(bob, at('192.0.2.1', null)), away('one'));
    const again = (who: Partial<Visitor>, now = 2_000) => decide(state, enter(cid, who, { now })).refusal;
    expect(again(at('192.0.2.1', null))).toBe('meeting.knocked_too_often');
    expect(again(at('192.0.2.1', null), 61_000)).toBeNull();
    expect(again(at('192.0.2.1', 'a browser'))).toBeNull();
    expect(again(at('198.51.100.7', null))).toBeNull();
  });

  test('a network goes with all of whom nothing is known, and is not heard for a quarter of an hour', () => {
    const crowd = ['t1', 't2', 't3'].map((tab) => enter(idOf(tab), at('192.0.2.1', tab)));
    const rules = { ...FIRST_RULES, straightIn: 'nobody' } as const;
    const { state } = run(
      rules,
      enter(ada, host),
      enter(bob, at('192.0.2.1', 'bob')),
      ...crowd,
      enter(cid, at('192.0.2.1', 'cid', member)),
      enter(dan, at('198.51.100.7', 'dan')),
      away('network'),
    );
    expect([...state.lobby.keys()]).toEqual([cid, dan]);
    const eve = idOf('eve');
    const again = (who: Partial<Visitor>, now: number) => decide(state, enter(eve, who, { now })).refusal;
    expect(again(at('192.0.2.1', 'new'), 15 * 60_000)).toBe('meeting.knocked_too_often');
    expect(again(at('192.0.2.1', 'new', { ...member, accountId: accountOf(9) }), 2_000)).toBeNull();
    expect(again(at('198.51.100.7', 'new'), 2_000)).toBeNull();
    expect(again(at('192.0.2.1', 'new'), 1_000 + 15 * 60_000)).toBeNull();
  });
});
