import { describe, expect, test } from 'vitest';
import { type AdmissionFields, admissionLifetimeMs, type MemberIdentity } from '../../mls/index.ts';
import { Door, type Entry, type StraightIn } from './Door.ts';
import { type Circumstances, mayEnter } from './mayEnter.ts';
import { Seen } from './Seen.ts';

type Guest = Extract<MemberIdentity, { kind: 'guest' }>;
type Member = Extract<MemberIdentity, { kind: 'member' }>;
const key = (value: number) => new Uint8Array(32).fill(value);
const account = '0f8fad5b-d9cb-469f-a165-70867728950e';
const guest: Guest = {
  kind: 'guest',
  participantId: 'guest-guest-gues',
  name: 'Gus',
  deviceKey: key(1),
};
const member: Member = { ...guest, kind: 'member', accountId: account };
const unnamed: MemberIdentity = { kind: 'unnamed', participantId: guest.participantId, deviceKey: key(1) };
const ann: MemberIdentity = {
  kind: 'member',
  participantId: 'host-host-host-h',
  name: 'Ann',
  accountId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  deviceKey: key(9),
};
const wallClock = 1_700_000_000_000;

function doorOf(straightIn: StraightIn, admitters: readonly string[] = []): Door {
  const door = new Door();
  door.set({ form: 'meeting', straightIn, admitters }, 0);
  return door;
}

function seenOf(...members: readonly MemberIdentity[]): Seen {
  const seen = new Seen();
  seen.note(members, wallClock - 60_000);
  return seen;
}

/** Ann is here, and may let people in. Time is long after. */
function here(over: Partial<Circumstances> = {}): Circumstances {
  const usual = { door: doorOf('nobody', [ann.participantId]), seen: seenOf(ann) };
  return { ...usual, strictness: 'adding', now: 1_000_000, wallClock, ...over };
}

function admission(over: Partial<AdmissionFields> = {}): AdmissionFields {
  const issuedAt = wallClock - 1_000;
  const host = { participantId: ann.participantId, deviceKey: ann.deviceKey };
  const times = { issuedAt, notAfter: issuedAt + admissionLifetimeMs };
  return { meetingId: 'meeting', who: guest, ...times, host, ...over };
}

const straight = (who: MemberIdentity, entry: Entry, rule: StraightIn, over: Partial<Circumstances> = {}) =>
  mayEnter(who, { entry, admission: null }, here({ door: doorOf(rule), ...over }));

describe('straight in', () => {
  test.each<[Entry, MemberIdentity, readonly StraightIn[]]>([
    ['passcode', guest, ['everybody']],
    ['passcode', member, []],
    ['account', member, ['everybody', 'organisation']],
    ['account', guest, []],
    ['invited', guest, ['everybody', 'organisation', 'invited']],
    ['invited', member, ['everybody', 'organisation', 'invited']],
    ['host', member, ['everybody', 'organisation', 'invited', 'nobody']],
    ['host', guest, []],
    ['admitted', guest, []],
    ['admitted', member, []],
  ])('%s, a leaf of this kind: where the rules say so, and nowhere else', (entry, who, where) => {
    const rules: readonly StraightIn[] = ['everybody', 'organisation', 'invited', 'nobody'];
    expect(rules.filter((rule) => straight(who, entry, rule))).toEqual(where);
  });

  test.each<[Entry, readonly StraightIn[]]>([
    ['passcode', ['everybody']],
    ['account', ['everybody', 'organisation']],
    ['invited', ['everybody', 'organisation', 'invited']],
    ['host', ['everybody', 'organisation', 'invited', 'nobody']],
    ['admitted', []],
  ])(
    '%s, a leaf that names nobody: in a webinar where the rules say so, in a meeting never',
    (entry, where) => {
      const rules: readonly StraightIn[] = ['everybody', 'organisation', 'invited', 'nobody'];
      const inWebinar = (straightIn: StraightIn) => {
        const door = new Door();
        door.set({ form: 'webinar', straightIn, admitters: [] }, 0);
        return straight(unnamed, entry, straightIn, { door });
      };
      expect(rules.filter(inWebinar)).toEqual(where);
      expect(rules.filter((rule) => straight(unnamed, entry, rule))).toEqual([]);
    },
  );

  test('before anything is said of the door it is shut', () => {
    expect(straight(guest, 'passcode', 'nobody', { door: new Door() })).toBe(false);
    expect(straight(member, 'account', 'nobody', { door: new Door() })).toBe(false);
  });

  test('a rule of a moment ago counts still, and for whoever follows a little longer', () => {
    const door = doorOf('everybody');
    door.set({ form: 'meeting', straightIn: 'nobody', admitters: [] }, 1_000);
    const at = (now: number, strictness: Circumstances['strictness']) =>
      straight(guest, 'passcode', 'nobody', { door, now, strictness });
    expect([at(1_000, 'adding'), at(61_000, 'adding'), at(61_001, 'adding')]).toEqual([true, true, false]);
    expect([at(61_001, 'added'), at(121_000, 'added'), at(121_001, 'added')]).toEqual([true, true, false]);
  });

  test('the same said again and again makes nothing forgotten that was the rule a moment ago', () => {
    const door = doorOf('everybody');
    for (let now = 1; now < 500; now++)
      door.set({ form: 'meeting', straightIn: 'invited', admitters: [] }, now);
    const over = { door, now: 500 };
    expect(straight(guest, 'passcode', 'nobody', over)).toBe(true);
    expect(straight(guest, 'passcode', 'nobody', { door, now: 61_000 })).toBe(false);
  });
});

describe('by the word of a host', () => {
  const admitted = (
    fields: AdmissionFields,
    over: Partial<Circumstances> = {},
    who: MemberIdentity = guest,
  ) => mayEnter(who, { entry: 'admitted', admission: fields }, here(over));

  test('who is named, by the device of a member who may admit', () => {
    expect(admitted(admission())).toBe(true);
    expect(admitted(admission({ who: member }), {}, member)).toBe(true);
  });

  test.each<[string, MemberIdentity]>([
    ['another person', { ...guest, participantId: 'other-other-othe' }],
    ['another device', { ...guest, deviceKey: key(2) }],
    ['another name', { ...guest, name: 'Gustav' }],
    ['an account instead of none', member],
    ['another account', { ...member, accountId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }],
  ])('%s: not let in', (_, who) => {
    const named = who.kind === 'member' && who.accountId !== account ? member : guest;
    expect(admitted(admission({ who: named }), {}, who)).toBe(false);
  });

  test('who names nobody, in a webinar: this leaf’s device and no other, and no name in its place', () => {
    const door = new Door();
    door.set({ form: 'webinar', straightIn: 'nobody', admitters: [ann.participantId] }, 0);
    const word = admission({ who: unnamed });
    expect(admitted(word, { door }, unnamed)).toBe(true);
    expect(admitted(word, {}, unnamed)).toBe(false);
    expect(admitted(word, { door }, { ...unnamed, deviceKey: key(2) })).toBe(false);
    expect(admitted(word, { door }, guest)).toBe(false);
    expect(admitted(admission(), { door }, unnamed)).toBe(false);
  });

  test('a host who has just left, or may admit no more, counts for a moment still', () => {
    const door = doorOf('nobody', [ann.participantId]);
    door.set({ form: 'meeting', straightIn: 'nobody', admitters: [] }, 1_000_000);
    expect(admitted(admission(), { door, now: 1_060_000 })).toBe(true);
    expect(admitted(admission(), { door, now: 1_060_001 })).toBe(false);
    expect(admitted(admission(), { door, now: 1_060_001, strictness: 'added' })).toBe(true);
    expect(admitted(admission(), { door, now: 1_120_001, strictness: 'added' })).toBe(false);
  });

  test('a member without the control, a guest with a host’s id, and a device that is not the host’s: nobody', () => {
    expect(admitted(admission(), { door: doorOf('nobody', ['other-other-othe']) })).toBe(false);
    const guestAnn: MemberIdentity = {
      kind: 'guest',
      participantId: ann.participantId,
      name: 'Ann',
      deviceKey: key(9),
    };
    expect(admitted(admission(), { seen: seenOf(guestAnn) })).toBe(false);
    const foreign = { participantId: ann.participantId, deviceKey: key(8) };
    expect(admitted(admission({ host: foreign }))).toBe(false);
  });

  test('time: not after its end, nor long before its beginning; whoever follows takes a clock that is wrong', () => {
    const { issuedAt, notAfter } = admission();
    const at = (time: number, strictness: Circumstances['strictness']) =>
      admitted(admission(), { wallClock: time, strictness });
    const hour = 3_600_000;
    expect([at(notAfter - 1, 'adding'), at(notAfter, 'adding')]).toEqual([true, false]);
    expect([at(notAfter + 12 * hour - 1, 'added'), at(notAfter + 12 * hour, 'added')]).toEqual([true, false]);
    expect([at(issuedAt - 12 * hour, 'adding'), at(issuedAt - 12 * hour - 1, 'adding')]).toEqual([
      true,
      false,
    ]);
    expect([at(issuedAt - 24 * hour, 'added'), at(issuedAt - 24 * hour - 1, 'added')]).toEqual([true, false]);
  });

  test('a host whom we never met lets in nobody by us; others by what was signed before our time, but not themselves', () => {
    const stranger = { participantId: 'stranger-strange', deviceKey: key(7) };
    const before = { issuedAt: wallClock - 60_001, notAfter: wallClock + 60_000 };
    const follows = { strictness: 'added' } as const;
    expect(admitted(admission({ host: stranger, ...before }))).toBe(false);
    expect(admitted(admission({ host: stranger, ...before }), follows)).toBe(true);
    expect(admitted(admission({ host: stranger }), follows)).toBe(false);
    expect(admitted(admission({ host: stranger, ...before }), { ...follows, seen: new Seen() })).toBe(false);
    const self = { participantId: guest.participantId, deviceKey: guest.deviceKey };
    expect(admitted(admission({ host: self, ...before }), follows)).toBe(false);
  });
});
