import type { Held, ModeratedSource, Moderation, ParticipantId, SourceSet, Whom } from '@conclave/protocol';
import { has, mayModerate, mayRule } from '../policy/moderation.ts';
import { isModerator } from '../policy/openTo.ts';
import { allowAnew, change, dismissKnocks, inTurn, order, remove } from './changes.ts';
import { appoint } from './decideOffices.ts';
import { goLive, onStage } from './decideStage.ts';
import { type Accepted, accept, type Decision, put, refuse } from './decision.ts';
import { isSamePerson } from './known.ts';
import { banish, banishAgain, letBack } from './removals.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { Member, Permit, RoomState } from './roomState.ts';

type Order<A extends Moderation['action']> = Extract<Moderation, { action: A }>;
const all: readonly ModeratedSource[] = ['microphone', 'camera', 'screen'];
const everybody: Whom = { who: 'all', except: [] };

/**
 * What hosts and co-hosts do. Rules that tests cite:
 * R25 nothing is done by somebody who lacks the control for it, or has gone, or to somebody whom they may not rule.
 * R26 what is stopped or held ends in the same decision, and what is stopped starts again only after its client has said that
 *     it is off (R19): a message that was under way undoes nothing.
 * R27 what is ordered of all holds for whoever comes later, and is not for hosts and co-hosts.
 * R28 nobody gives a control that they do not have; somebody without an account gets none.
 */
export function decideModeration(
  state: RoomState,
  command: Extract<RoomCommand, { type: 'moderate' }>,
): Decision {
  const { moderation, now } = command;
  const by = state.members.get(command.by);
  if (by === undefined || !mayModerate(by, moderation)) return refuse(state, 'meeting.not_allowed');
  switch (moderation.action) {
    case 'stop':
      return onPeople(state, by, moderation.whom, (next, people) =>
        stop(next, people, moderation.sources, by),
      );
    case 'hold':
      return hold(state, by, moderation);
    case 'remove':
      return (
        banishAgain(state, moderation.participantId, by, moderation.ban) ??
        onOne(state, by, moderation.participantId, (subject) =>
          banish(state, subject, { by, lasting: moderation.ban, reason: 'removed', now }),
        )
      );
    case 'let-back':
      return letBack(state, moderation.participantId) ?? refuse(state, 'meeting.not_here');
    case 'lock':
      return order(state, { locked: moderation.locked }, by.id);
    case 'spotlight': {
      const here = moderation.participantIds.every((id) => state.members.get(id)?.stage === 'on');
      return here
        ? order(state, { spotlight: moderation.participantIds }, by.id)
        : refuse(state, 'meeting.not_here');
    }
    case 'chat':
      return order(state, { chat: moderation.chat }, by.id);
    case 'secure':
      return secure(state, by);
    case 'appoint':
      return onOne(state, by, moderation.participantId, (subject) =>
        appoint(state, by, subject, moderation.controls, now),
      );
    case 'stage':
      return onOne(state, by, moderation.participantId, (subject) =>
        onStage(state, by, subject, moderation.onStage),
      );
    case 'live':
      return goLive(state, by, now);
    case 'end':
      return inTurn(
        state,
        (next) => dismissKnocks(next, 'meeting-ended', () => true, by),
        (next) => remove(next, 'meeting-ended', () => true, by),
      );
  }
}

/** Tells those who may do something about it. */
export function report(state: RoomState, command: Extract<RoomCommand, { type: 'report' }>): Decision {
  const { by, id, reason } = command;
  if (!state.members.has(by) || !state.members.has(id) || by === id) return refuse(state, 'meeting.not_here');
  return accept(state, [{ type: 'reported', id, by, reason }]);
}

/** Whether somebody is inside, and connected, who may let people in. */
export function isHostPresent({ members }: RoomState): boolean {
  return [...members.values()].some((member) => member.keptUntil === null && has(member, 'admit'));
}

function onOne(
  state: RoomState,
  by: Member,
  id: ParticipantId,
  act: (subject: Member) => Decision,
): Decision {
  const subject = state.members.get(id);
  if (subject === undefined) return refuse(state, 'meeting.not_here');
  if (id === by.id || !mayRule(by, subject)) return refuse(state, 'meeting.not_allowed');
  return act(subject);
}

/** Those who are named and have gone meanwhile are passed over; one who may not be ruled makes it refused. */
function onPeople(
  state: RoomState,
  by: Member,
  whom: Whom,
  act: (state: RoomState, people: readonly Member[]) => Accepted,
): Decision {
  const people = peopleOf(state, whom);
  if (whom.who === 'some' && people.length === 0) return refuse(state, 'meeting.not_here');
  if (people.some((subject) => subject.id !== by.id && !mayRule(by, subject))) {
    return refuse(state, 'meeting.not_allowed');
  }
  return act(state, people);
}

function peopleOf({ members }: RoomState, whom: Whom): Member[] {
  if (whom.who === 'some') return whom.participantIds.flatMap((id) => members.get(id) ?? []);
  const except = new Set(whom.except);
  return [...members.values()].filter(({ id, role }) => !isModerator(role) && !except.has(id));
}

/** R26. */
function stop(
  state: RoomState,
  people: readonly Member[],
  sources: readonly ModeratedSource[],
  by: Member,
): Accepted {
  let next = state;
  const events: RoomEvent[] = [];
  for (const member of people) {
    const on = sources.filter((source) => isOn(member.sources, source));
    if (on.length === 0) continue;
    const mustSayOff = { ...member.mustSayOff, ...Object.fromEntries(on.map((source) => [source, true])) };
    const step = change(next, member.id, { sources: without(member.sources, on), mustSayOff });
    next = step.state;
    events.push(...step.events);
    if (member.id !== by.id) {
      events.push({ type: 'moderated', to: member.id, what: 'stopped', sources: on, by: by.id });
    }
  }
  return accept(next, events);
}

/** The sound of a screen may be sent without the picture, by a client that is not ours. */
function isOn(sources: SourceSet, source: ModeratedSource): boolean {
  return sources[source] || (source === 'screen' && sources.screenAudio);
}

function without(sources: SourceSet, off: readonly ModeratedSource[]): SourceSet {
  const left = { ...sources, ...Object.fromEntries(off.map((source) => [source, false])) };
  return off.includes('screen') ? { ...left, screenAudio: false } : left;
}

function hold(state: RoomState, by: Member, { sources, whom, held }: Order<'hold'>): Decision {
  return onPeople(state, by, whom, (before, people) => {
    const subjects = people.filter(({ role }) => !isModerator(role));
    const steps: ((next: RoomState) => Accepted)[] = [];
    if (held) steps.push((next) => stop(next, subjects, sources, by));
    if (whom.who === 'all') {
      steps.push((next) => order(next, { held: { ...next.orders.held, ...heldOf(sources, held) } }, by.id));
      steps.push((next) => permit(next, [...next.members.keys()], sources, null));
      // For those who are left out it stays as it is now, whatever is said of all.
      const except = whom.except.filter((id) => before.members.has(id));
      steps.push((next) => keepAsBefore(next, before, except, sources));
    } else {
      // Whichever tab or device of theirs: what is said of a person is said of all.
      const ids = [...before.members.values()]
        .filter((other) =>
          subjects.some((subject) => other.id === subject.id || isSameStayer(subject, other)),
        )
        .map(({ id }) => id);
      steps.push((next) => permit(next, ids, sources, held ? 'held' : 'given'));
    }
    const done = inTurn(before, ...steps, allowAnew);
    return accept(done.state, [...done.events, ...tellPermits(before, done.state, sources, held, by)]);
  });
}

function isSameStayer(one: Member, other: Member): boolean {
  return !isModerator(other.role) && isSamePerson(one, other, false);
}

function heldOf(sources: readonly ModeratedSource[], held: boolean): Partial<Held> {
  return Object.fromEntries(sources.map((source) => [source, held]));
}

function permit(
  state: RoomState,
  ids: readonly ParticipantId[],
  sources: readonly ModeratedSource[],
  value: Permit,
): Accepted {
  let next = state;
  for (const id of ids) {
    const member = next.members.get(id);
    if (member === undefined || sources.every((source) => member.permits[source] === value)) continue;
    const permits = { ...member.permits, ...Object.fromEntries(sources.map((source) => [source, value])) };
    // What comes of it is told when everybody's rights are reckoned anew.
    next = put(next, { ...member, permits });
  }
  return accept(next, []);
}

function keepAsBefore(
  state: RoomState,
  before: RoomState,
  ids: readonly ParticipantId[],
  sources: readonly ModeratedSource[],
): Accepted {
  return inTurn(
    state,
    ...ids.flatMap((id) =>
      sources.map((source) => (next: RoomState) => {
        const was = before.members.get(id)?.permits[source] ?? null;
        return permit(next, [id], [source], was ?? (before.orders.held[source] ? 'held' : 'given'));
      }),
    ),
  );
}

/** Whoever was held or given something is told by whom. */
function tellPermits(
  before: RoomState,
  after: RoomState,
  sources: readonly ModeratedSource[],
  held: boolean,
  by: Member,
): RoomEvent[] {
  return [...after.members.values()].flatMap((member): RoomEvent[] => {
    const former = before.members.get(member.id);
    const changed = sources.filter((source) => former?.allowed[source] !== member.allowed[source]);
    if (changed.length === 0) return [];
    return [{ type: 'moderated', to: member.id, what: held ? 'held' : 'given', sources: changed, by: by.id }];
  });
}

/** One after the other, and all of it or nothing: whoever presses it has no time to look what went through. */
function secure(state: RoomState, by: Member): Decision {
  const held = hold(state, by, { action: 'hold', sources: [...all], whom: everybody, held: true });
  if (held.refusal !== null) return held;
  const closed = order(held.state, { locked: true, chat: 'off' }, by.id);
  return accept(closed.state, [...held.events, ...closed.events]);
}
