import {
  COHOST_CONTROLS,
  LIMITS,
  type MeetingRules,
  NO_SOURCES,
  type OrderModeration,
  type ParticipantId,
  type SourceSet,
} from '@conclave/protocol';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { committers, pendingOf } from './groupState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomState, Visitor } from './roomState.ts';
import { on } from './testing/commands.ts';
import { accountOf, ada, bob, cid, dan, enter as enterAs, idOf, noRoom } from './testing/people.ts';
import { OPEN_RULES } from './testing/rules.ts';

const all: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const webinar: MeetingRules = { ...OPEN_RULES, form: 'webinar' };
const by = (who: ParticipantId, moderation: OrderModeration): RoomCommand => ({
  type: 'moderate',
  by: who,
  moderation,
  now: 1,
});
const ask = (participantId: ParticipantId, onStage = true): OrderModeration => ({
  action: 'stage',
  participantId,
  onStage,
});
const come = (id: ParticipantId, onStage = true): RoomCommand => ({ type: 'take-stage', id, onStage });
const say = (id: ParticipantId, sources: SourceSet): RoomCommand => ({ type: 'set-sources', id, sources });
/** As the form asks for it: hosts and co-hosts by their names, all others by an introduction. */
function enter(id: ParticipantId, more: Partial<Visitor> = {}) {
  const isNamed = more.role === 'host' || more.role === 'cohost';
  return enterAs(id, more, { introduction: isNamed ? null : `who ${id} is` });
}
const host = enter(ada, { role: 'host', accountId: accountOf(1) });
const member = enter(bob, { role: 'member', accountId: accountOf(2) });
/** Ada is the host; it is live; Bob has an account, Cid and Dan are guests. */
const live = on(noRoom(webinar), host, by(ada, { action: 'live' }), member, enter(cid), enter(dan)).state;
const stageOf = (state: RoomState, id: ParticipantId) => state.members.get(id)?.stage;

test('R29 an audience sends nothing, whatever it says, and whatever else it is given', () => {
  for (const id of [bob, cid, dan]) {
    const { state } = on(
      live,
      by(ada, {
        action: 'hold',
        sources: ['microphone'],
        whom: { who: 'some', participantIds: [id] },
        held: false,
      }),
      say(id, NO_SOURCES),
      say(id, all),
    );
    expect(state.members.get(id)).toMatchObject({ stage: 'off', allowed: NO_SOURCES, sources: NO_SOURCES });
  }
  expect(on(live, say(ada, all)).state.members.get(ada)?.sources).toEqual(all);
});

test('R29 who is asked on stage comes by their own word, and is silent until they send something themselves', () => {
  const asked = on(live, by(ada, ask(cid)));
  expect(asked.events).toContainEqual({ type: 'moderated', to: cid, what: 'asked', sources: [], by: ada });
  expect(asked.state.members.get(cid)).toMatchObject({ stage: 'asked', allowed: NO_SOURCES });
  expect(on(asked.state, say(cid, all)).state.members.get(cid)?.sources).toEqual(NO_SOURCES);
  const there = on(asked.state, come(cid));
  expect(there.state.members.get(cid)).toMatchObject({ stage: 'on', allowed: all, sources: NO_SOURCES });
  expect(on(there.state, say(cid, all)).state.members.get(cid)?.sources).toEqual(all);
});

test('R29 taken back, or gone back, everything is off in the same decision, and the light is off them', () => {
  const speaking = on(
    live,
    by(ada, ask(cid)),
    come(cid),
    say(cid, all),
    by(ada, { action: 'spotlight', participantIds: [cid] }),
  ).state;
  for (const command of [by(ada, ask(cid, false)), come(cid, false)]) {
    const { state, events } = decide(speaking, command);
    expect(state.members.get(cid)).toMatchObject({ stage: 'off', allowed: NO_SOURCES, sources: NO_SOURCES });
    expect(state.orders.spotlight).toEqual([]);
    for (const event of events)
      if (event.type === 'changed') expect(event.member.sources).toEqual(NO_SOURCES);
    // What was under way changes nothing.
    expect(on(state, say(cid, all)).state.members.get(cid)?.sources).toEqual(NO_SOURCES);
  }
});

test.each<[string, RoomCommand]>([
  ['somebody who was not asked', come(cid)],
  ['somebody who goes from where they are not', come(cid, false)],
  ['the host, who is always there', come(ada, false)],
  ['an audience that asks itself', by(cid, ask(cid))],
  ['an audience that asks another one', by(cid, ask(dan))],
  ['an audience that takes a speaker back', by(cid, ask(ada, false))],
  ['a host who asks a host', by(ada, ask(ada))],
  ['an audience that goes live', by(cid, { action: 'live' })],
  ['a light on the audience', by(ada, { action: 'spotlight', participantIds: [cid] })],
])('R29 refused: %s', (_, command) => {
  expect(decide(live, command).refusal).toMatch(/^meeting\.not_(allowed|here)$/);
});

test('R29 what was declined, or taken back before it was taken, is no place any more', () => {
  const declined = on(live, by(ada, ask(cid)), come(cid, false)).state;
  const withdrawn = on(live, by(ada, ask(cid)), by(ada, ask(cid, false))).state;
  for (const state of [declined, withdrawn]) {
    expect(stageOf(state, cid)).toBe('off');
    expect(decide(state, come(cid)).refusal).toBe('meeting.not_allowed');
  }
});

test('R29 a co-host is on stage, and stays there when they are none any more', () => {
  const appointed = on(
    live,
    by(ada, { action: 'appoint', participantId: bob, controls: [...COHOST_CONTROLS] }),
  );
  expect(appointed.state.members.get(bob)).toMatchObject({ stage: 'on', allowed: all });
  const dismissed = on(appointed.state, by(ada, { action: 'appoint', participantId: bob, controls: [] }));
  expect(stageOf(dismissed.state, bob)).toBe('on');
  expect(stageOf(on(dismissed.state, by(ada, ask(bob, false))).state, bob)).toBe('off');
});

test('R29 the stage has so many places as the rules give it', () => {
  const small = { ...live, rules: { ...webinar, participants: 2 } };
  const full = on(small, by(ada, ask(cid)), by(ada, ask(dan)), come(cid));
  expect(decide(full.state, come(dan)).refusal).toBe('meeting.full');
  expect(decide(full.state, by(ada, ask(bob))).refusal).toBe('meeting.full');
});

/** Cid is a guest whose browser keeps a cookie, Bob has an account; both are on stage, and Cid speaks. */
const cidsBrowser = { visitorKey: 'cid', addressKey: 'office' };
const staged = on(
  noRoom(webinar),
  host,
  by(ada, { action: 'live' }),
  member,
  enter(cid, cidsBrowser),
  by(ada, ask(bob)),
  come(bob),
  by(ada, ask(cid)),
  come(cid),
  say(cid, all),
).state;
const lose = (id: ParticipantId): RoomCommand[] => [
  { type: 'lose-socket', id, keptUntil: 5, pageClosed: false },
  { type: 'expire', now: 5 },
];
const again = idOf('again');
const comesAs = (state: RoomState, who: Parameters<typeof enter>[1]) =>
  on(state, enter(again, who)).state.members.get(again);

test('R29 whoever is lost from the stage comes back to it, with everything off until they send it themselves', () => {
  const away = on(staged, ...lose(bob), ...lose(cid)).state;
  expect(comesAs(away, { role: 'member', accountId: accountOf(2) })).toMatchObject({ stage: 'on' });
  const back = on(away, enter(again, cidsBrowser));
  expect(back.state.members.get(again)).toMatchObject({ stage: 'on', allowed: all, sources: NO_SOURCES });
  expect(on(back.state, say(again, all)).state.members.get(again)?.sources).toEqual(all);
  // Once: what came after that counts.
  const left = on(back.state, { type: 'leave', id: again, reason: 'left' }).state;
  expect(on(left, enter(idOf('third'), cidsBrowser)).state.members.get(idOf('third'))?.stage).toBe('off');
  // Also while the former place is still kept, as after a crash of the browser.
  const [gone] = lose(cid) as [RoomCommand, RoomCommand];
  expect(comesAs(on(staged, gone).state, cidsBrowser)?.stage).toBe('on');
  expect(comesAs(staged, cidsBrowser)?.stage).toBe('off');
});

test('R29 a place waits for whoever was lost for a quarter of an hour', () => {
  const away = on(staged, ...lose(cid)).state;
  const after = (now: number) => on(away, { type: 'expire', now }).state;
  expect(comesAs(after(5 + 15 * 60_000 - 1), cidsBrowser)?.stage).toBe('on');
  expect(comesAs(after(5 + 15 * 60_000), cidsBrowser)?.stage).toBe('off');
});

test('R29 whoever was asked on stage and was lost is still asked; so is whoever finds the stage full', () => {
  const asked = on(live, by(ada, ask(bob)), ...lose(bob)).state;
  const bobs = { role: 'member', accountId: accountOf(2) } as const;
  expect(comesAs(asked, bobs)).toMatchObject({ stage: 'asked', allowed: NO_SOURCES });
  const full = { ...staged, rules: { ...webinar, participants: 3 } };
  const taken = on(full, ...lose(bob), enter(dan), by(ada, ask(dan)), come(dan)).state;
  expect(comesAs(taken, bobs)).toMatchObject({ stage: 'asked', allowed: NO_SOURCES });
});

test('R29 a place that is still kept moves with whoever comes again: it is theirs once, needs no other, and ends with a host’s word', () => {
  const [gone] = lose(cid) as [RoomCommand, RoomCommand];
  const full = { ...staged, rules: { ...webinar, participants: 2 } };
  const moved = on(full, gone, enter(again, cidsBrowser)).state;
  expect(stageOf(moved, again)).toBe('on');
  expect(moved.members.get(cid)).toMatchObject({ stage: 'off', allowed: NO_SOURCES, sources: NO_SOURCES });
  const third = idOf('third');
  const left = on(moved, { type: 'leave', id: again, reason: 'left' }, enter(third, cidsBrowser)).state;
  expect(stageOf(left, third)).toBe('off');
  expect(stageOf(on(moved, enter(third, cidsBrowser)).state, third)).toBe('off');
  const over = on(
    moved,
    by(ada, ask(again, false)),
    { type: 'expire', now: 5 },
    enter(third, cidsBrowser),
  ).state;
  expect(stageOf(over, third)).toBe('off');
});

test('R29 nobody else comes to the place of whoever was lost: not from their address, nor their browser in another name', () => {
  const away = on(staged, ...lose(bob), ...lose(cid)).state;
  for (const who of [
    { addressKey: 'office' },
    { role: 'member', accountId: accountOf(3), visitorKey: 'cid' },
    { visitorKey: 'other', addressKey: 'office' },
    { visitorKey: 'cid', invitationId: 'hers' as never },
  ] as const)
    expect(comesAs(away, who)?.stage).toBe('off');
});

test.each<[string, (state: RoomState) => RoomState]>([
  ['they had left by themselves', (state) => on(state, { type: 'leave', id: cid, reason: 'left' }).state],
  ['they had gone back', (state) => on(state, come(cid, false), ...lose(cid)).state],
  ['they were taken back', (state) => on(state, by(ada, ask(cid, false)), ...lose(cid)).state],
  [
    'they were taken back in another tab',
    (state) =>
      on(state, enter(dan, cidsBrowser), by(ada, ask(dan)), ...lose(cid), by(ada, ask(dan, false)), {
        type: 'leave',
        id: dan,
        reason: 'left',
      }).state,
  ],
  [
    'they were removed, and let back',
    (state) =>
      on(
        state,
        enter(dan, cidsBrowser),
        ...lose(cid),
        by(ada, { action: 'remove', participantId: dan, ban: false }),
        by(ada, { action: 'let-back', participantId: dan }),
      ).state,
  ],
  [
    'they were turned away at the door',
    (state) =>
      on(
        state,
        ...lose(cid),
        { type: 'set-rules', rules: { ...webinar, straightIn: 'nobody' }, now: 6 },
        enter(dan, cidsBrowser),
        { type: 'turn-away', by: ada, id: dan, ban: false, whom: 'one', now: 6 },
        { type: 'set-rules', rules: webinar, now: 6 },
      ).state,
  ],
  [
    'nobody was there in between',
    (state) =>
      on(state, ...lose(cid), ...[ada, bob].map((id): RoomCommand => ({ type: 'leave', id, reason: 'left' })))
        .state,
  ],
])('R29 it is audience who comes again when %s', (_, meanwhile) => {
  const other = idOf('host2');
  const state = on(meanwhile(staged), enter(other, { role: 'host' }), by(other, { action: 'live' })).state;
  expect(comesAs(state, cidsBrowser)?.stage).toBe('off');
});

test('R31 before it is live whoever is no host waits, for the beginning or for a host, and comes in on the word', () => {
  const before = on(noRoom({ ...webinar, straightIn: 'organisation' }), member, enter(cid), host);
  const { lobby, members } = before.state;
  expect([...members.keys()]).toEqual([ada]);
  expect(lobby.get(bob)).toMatchObject({ waitsFor: 'beginning', identity: 'account' });
  expect(lobby.get(cid)).toMatchObject({ waitsFor: 'host', identity: 'self-declared' });
  const begun = decide(before.state, by(ada, { action: 'live' }));
  expect([...begun.state.members.keys()]).toEqual([ada, bob]);
  expect([...begun.state.lobby.keys()]).toEqual([cid]);
  expect(begun.state.orders.live).toBe(true);
  expect(stageOf(begun.state, bob)).toBe('off');
});

test('R31 a host lets a speaker in to practise, who is asked on stage there', () => {
  const practice = on(
    noRoom(webinar),
    host,
    enter(cid),
    { type: 'admit', by: ada, admissions: new Map([[cid, 'signed']]), now: 1 },
    by(ada, ask(cid)),
    come(cid),
    enter(dan),
  ).state;
  expect(stageOf(practice, cid)).toBe('on');
  expect(practice.lobby.has(dan)).toBe(true);
});

test('R31 rules that become narrower are what somebody waits for then', () => {
  const waiting = on(noRoom(webinar), host, enter(cid)).state;
  expect(waiting.lobby.get(cid)?.waitsFor).toBe('beginning');
  const narrow = decide(waiting, { type: 'set-rules', rules: { ...webinar, straightIn: 'nobody' }, now: 1 });
  expect(narrow.state.lobby.get(cid)?.waitsFor).toBe('host');
  expect(narrow.events.map(({ type }) => type)).toContain('waits-otherwise');
  expect(on(narrow.state, by(ada, { action: 'live' })).state.lobby.has(cid)).toBe(true);
});

test('R33 the form stays as it began, and a meeting has no stage and no beginning', () => {
  const rules: MeetingRules = { ...webinar, form: 'meeting' };
  expect(decide(live, { type: 'set-rules', rules, now: 1 }).state.rules.form).toBe('webinar');
  const meeting = on(noRoom(OPEN_RULES), host, enterAs(cid)).state;
  expect(stageOf(meeting, cid)).toBe('on');
  for (const command of [by(ada, { action: 'live' }), by(ada, ask(cid, false)), come(cid, false), come(cid)])
    expect(decide(meeting, command).refusal).toBe('meeting.not_allowed');
});

test('R33 when nobody is left, it has not begun the next time', () => {
  const over = on(
    live,
    ...[ada, bob, cid, dan].map((id): RoomCommand => ({ type: 'leave', id, reason: 'left' })),
  );
  expect(over.state.orders.live).toBe(false);
});

const groupId = live.group.id;
const commitBy = (
  id: ParticipantId,
  { group: { epoch } }: RoomState,
  added: ParticipantId[],
  removed: ParticipantId[] = [],
): RoomCommand => {
  const welcome = added.length > 0 ? 'WWWW' : null;
  return { type: 'commit-group', id, groupId, epoch, commit: 'CCCC', welcome, added, removed };
};
/** All four are in the group. */
const grouped = on(live, commitBy(ada, live, [bob, cid, dan])).state;

test('R32 those on stage commit and refuse; an audience does only when nobody else can', () => {
  const eve = idOf('eve');
  const waiting = on(grouped, enter(eve)).state;
  expect(committers(waiting)).toEqual([ada]);
  expect(decide(waiting, commitBy(cid, waiting, [eve])).refusal).toBe('meeting.not_allowed');
  const refusal = { type: 'refuse-applicant', id: cid, groupId, applicant: eve } as const;
  expect(decide(waiting, refusal).refusal).toBe('meeting.not_allowed');
  expect(decide(waiting, commitBy(ada, waiting, [eve])).refusal).toBeNull();
  const alone = on(waiting, { type: 'lose-socket', id: ada, keptUntil: 9, pageClosed: false }).state;
  expect(decide(alone, commitBy(cid, alone, [eve])).refusal).toBeNull();
});

test('R30 what an audience says is for the stage; to everybody it says nothing that is longer than a reaction', () => {
  const said = (id: ParticipantId, to: 'everybody' | 'stage', message: string) =>
    decide(grouped, { type: 'send-to-group', id, groupId, to, message });
  const short = 'A'.repeat(LIMITS.audienceMessageChars);
  const sentTo = ({ events }: Decision) => events.flatMap((event) => ('to' in event ? event.to : []));
  expect(sentTo(said(cid, 'stage', short.repeat(9)))).toEqual([ada]);
  expect(sentTo(said(cid, 'everybody', short))).toEqual([ada, bob, dan]);
  expect(said(cid, 'everybody', `${short}A`).refusal).toBe('meeting.not_allowed');
  expect(sentTo(said(ada, 'everybody', short.repeat(9)))).toEqual([bob, cid, dan]);
  expect(sentTo(said(ada, 'stage', short))).toEqual([]);
});

test('leaves of an audience that goes by itself are removed together and later; of others at once, and with them all', () => {
  const left = on(grouped, { type: 'leave', id: cid, reason: 'left' });
  expect(left.events.map(({ type }) => type)).not.toContain('group-pending');
  expect(pendingOf(left.state).gone).toEqual([]);
  const noticed = on(left.state, { type: 'expire', now: 1_000 }).state;
  expect(pendingOf(on(noticed, { type: 'expire', now: 10_999 }).state).gone).toEqual([]);
  const due = decide(noticed, { type: 'expire', now: 1_000 + LIMITS.audienceGoneMs });
  expect(due.events).toContainEqual({ type: 'group-pending', urgent: true });
  expect(pendingOf(due.state).gone).toEqual([cid]);
  const removed = decide(noticed, by(ada, { action: 'remove', participantId: dan, ban: false }));
  expect(removed.events).toContainEqual({ type: 'group-pending', urgent: true });
  expect(new Set(pendingOf(removed.state).gone)).toEqual(new Set([cid, dan]));
  const gone = on(due.state, commitBy(ada, due.state, [], [cid])).state;
  expect(gone.group).toMatchObject({ quiet: new Set(), quietSince: null, gone: new Set() });
});

test('an audience of a thousand comes in, one more does not, and a host always does', () => {
  let state = live;
  for (let count = 3; count < LIMITS.audience; count++)
    state = decide(state, enter(idOf(`p${count}x`))).state;
  expect(state.members.size).toBe(LIMITS.audience + 1);
  expect(decide(state, enter(idOf('late'))).refusal).toBe('meeting.full');
  expect(decide(state, enter(idOf('host2'), { role: 'host' })).refusal).toBeNull();
  const lost = on(state, by(ada, ask(bob)), come(bob), ...lose(bob), enter(idOf('late'))).state;
  expect(decide(lost, enter(idOf('later'))).refusal).toBe('meeting.full');
  expect(comesAs(lost, { role: 'member', accountId: accountOf(2) })?.stage).toBe('on');
}, 60_000);

test('R39 whoever would be audience and comes with a leaf that names them is refused, before anything is decided of them', () => {
  const named = [enterAs(cid), enterAs(cid, { role: 'member', accountId: accountOf(3) })];
  for (const state of [
    noRoom(webinar),
    on(noRoom(webinar), host).state,
    on(noRoom({ ...webinar, straightIn: 'nobody' }), host).state,
  ])
    for (const command of named) {
      const { refusal, state: after } = decide(state, command);
      expect(refusal).toBe('webinar.unnamed');
      expect(after).toBe(state);
    }
  const locked = on(noRoom(webinar), host, by(ada, { action: 'lock', locked: true })).state;
  expect(decide(locked, enterAs(cid)).refusal).toBe('webinar.unnamed');
  // Nobody else comes so: hosts let others in by their names, and in a meeting all are named.
  const other = idOf('other');
  expect(decide(noRoom(webinar), enterAs(other, { role: 'host' }, { introduction: 'x' })).refusal).toBe(
    'meeting.not_allowed',
  );
  expect(decide(noRoom(OPEN_RULES), enterAs(cid, {}, { introduction: 'x' })).refusal).toBe(
    'meeting.not_allowed',
  );
});

test('R39 a co-host is one by their account: they come by their name, and one who was made it goes on as they came', () => {
  const cohosts = new Map([[accountOf(2), COHOST_CONTROLS]]);
  const known = { ...noRoom(webinar), cohosts };
  expect(decide(known, enterAs(bob, { role: 'member', accountId: accountOf(2) })).refusal).toBeNull();
  const appointed = on(
    live,
    by(ada, { action: 'appoint', participantId: bob, controls: [...COHOST_CONTROLS] }),
  ).state;
  const rejoin = (introduction: string | null): RoomCommand => ({
    type: 'rejoin-group',
    id: bob,
    keyPackage: 'BBBB',
    introduction,
  });
  expect(decide(appointed, rejoin(null)).refusal).toBe('webinar.unnamed');
  expect(decide(appointed, rejoin('anew')).refusal).toBeNull();
});

test('R39 each new leaf of whoever came without a name brings a new introduction; the token is good until one comes with it', () => {
  const who = (state: RoomState) => state.members.get(cid)?.introduction;
  expect(who(live)).toBe(`who ${cid} is`);
  const rejoined = on(live, { type: 'rejoin-group', id: cid, keyPackage: 'BBBB', introduction: 'anew' });
  expect(who(rejoined.state)).toBe('anew');
  expect(rejoined.events.map(({ type }) => type)).toContain('changed');
  expect(
    decide(live, { type: 'rejoin-group', id: cid, keyPackage: 'BBBB', introduction: null }).refusal,
  ).toBe('webinar.unnamed');
  const resume = (introduction: string | null): RoomCommand => ({
    ...{ type: 'resume', resumeHash: `of ${cid}`, nextHash: 'next' },
    claim: { kind: 'new', keyPackage: 'BBBB', introduction },
  });
  const away = on(live, { type: 'lose-socket', id: cid, keptUntil: 9, pageClosed: true }).state;
  expect(decide(away, resume(null))).toMatchObject({ refusal: 'webinar.unnamed', state: away });
  expect(who(on(away, resume('anew')).state)).toBe('anew');
  // Hosts came by their names and stay so.
  expect(decide(live, { type: 'rejoin-group', id: ada, keyPackage: 'BBBB', introduction: 'x' }).refusal).toBe(
    'meeting.not_allowed',
  );
});

test('R39 whoever waited is inside as they knocked', () => {
  const waiting = on(noRoom(webinar), host, enter(cid)).state;
  expect(waiting.lobby.get(cid)?.introduction).toBe(`who ${cid} is`);
  const begun = on(waiting, by(ada, { action: 'live' })).state;
  expect(begun.members.get(cid)?.introduction).toBe(`who ${cid} is`);
  const admissions = new Map([[cid, 'word']]);
  const admitted = on(waiting, { type: 'admit', by: ada, admissions, now: 1 }).state;
  expect(admitted.members.get(cid)?.introduction).toBe(`who ${cid} is`);
});
