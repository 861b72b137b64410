import {
  type Entry,
  type InvitationId,
  LIMITS,
  type MeetingRules,
  NO_SOURCES,
  type ParticipantId,
  type WaitsFor,
} from '@conclave/protocol';
import { type WayIn, wayIn } from '../policy/entry.ts';
import { allowedSources } from '../policy/media.ts';
import { has } from '../policy/moderation.ts';
import { isModerator } from '../policy/openTo.ts';
import { comesUnnamed, isWebinar } from '../policy/webinar.ts';
import { allowAnew, dismissKnocks, inTurn, remove } from './changes.ts';
import { type Accepted, accept, type Decision, put, refuse } from './decision.ts';
import { permitsFor } from './holds.ts';
import { isSelfDeclared } from './known.ts';
import { placeInLobby } from './lobbyPlaces.ts';
import { withOffice } from './offices.ts';
import { isBanned } from './removals.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomRefusal } from './roomEvents.ts';
import type { Knock, Member, RoomState, Visitor } from './roomState.ts';
import { moveStagePlace, placeOf } from './stageComebacks.ts';
import { turnAway, wasTurnedAway } from './turnedAway.ts';

type EntryCommand = Extract<
  RoomCommand,
  { type: 'enter' | 'admit' | 'turn-away' | 'set-rules' | 'uninvite' | 'change-passcode' }
>;

/** Tabs of one browser, or of one account, that may wait at the same time. */
const knocksOfOne = 3;
/** Browsers that one invitation brings straight in at the same time. */
const staysOfInvitation = 3;

/**
 * Who comes in, who waits, and who lets whom in. OUTSIDE → (WAITING →) INSIDE. Rules that tests cite:
 * R20 whoever waits is told nothing but that, and is in no list but the lobby's: no place, no group, no media.
 * R21 out of the lobby into the meeting leads the word of somebody inside with the control `admit`, or rules that let them
 *     come straight in from now on.
 * R22 whoever was removed does not come in again, by account, invitation or browser, nor by address with nothing but the
 *     passcode; and goes from everywhere else where they are.
 * R23 nobody but a host comes into a locked meeting, unless a host lets them in.
 * R39 into a webinar nobody but hosts and co-hosts comes with a leaf that names them, and nobody else and nowhere else without one.
 * R24 a host is kept out by nothing but the hard limit of people.
 */
export function decideEntry(state: RoomState, command: EntryCommand): Decision {
  switch (command.type) {
    case 'enter':
      return enter(state, command);
    case 'admit':
      return admit(state, command);
    case 'turn-away':
      return turnAway(state, command);
    case 'set-rules':
      return setRules(state, command.rules, command.now);
    case 'uninvite':
      return uninvite(state, command.invitationId);
    case 'change-passcode':
      // Those who wait know the former one, with which they are of no use to the group either.
      return dismissKnocks(state, 'new-passcode', () => true);
  }
}

function enter(state: RoomState, command: Extract<EntryCommand, { type: 'enter' }>): Decision {
  const { keyPackage, introduction, now } = command;
  const visitor = withOffice(state, command.visitor);
  const { id } = visitor;
  const isUsed = state.group.usedIds.has(id) || state.removals.some((one) => one.id === id);
  if (state.members.has(id) || state.lobby.has(id) || isUsed) {
    return refuse(state, 'meeting.id_taken');
  }
  const refusal =
    namingRefusal(comesUnnamed(state.rules, visitor.role), introduction) ?? refusalOf(state, visitor);
  if (refusal !== null) return refuse(state, refusal);
  const way = wayInto(state, visitor);
  if (way.way === 'refused') return refuse(state, way.code);
  if (way.way === 'straight') {
    if (!hasRoom(state, visitor)) return refuse(state, 'meeting.full');
    const { entry } = way;
    return comeIn(state, visitor, { entry, admission: null, keyPackage, introduction, now, waited: false });
  }
  const givesWay = placeInLobby(state, visitor, lobbyOf(state));
  if (givesWay === 'full') return refuse(state, 'meeting.lobby_full');
  if (wasTurnedAway(state, visitor, now)) return refuse(state, 'meeting.knocked_too_often');
  if (knocksLike(state, visitor) >= knocksOfOne) return refuse(state, 'meeting.knocked_too_often');
  const { identity, waitsFor } = way;
  const knock: Knock = { ...visitor, identity, waitsFor, keyPackage, introduction, since: now };
  return inTurn(
    state,
    (next) => dismissKnocks(next, 'lobby-full', (other) => other === givesWay),
    (next) => accept({ ...next, lobby: new Map(next.lobby).set(id, knock) }, [{ type: 'knocked', knock }]),
  );
}

/** R39. Whoever has come in one way stays so: a leaf once seen is known, and one that nobody is told of is nobody's. */
export function namingRefusal(unnamed: boolean, introduction: string | null): RoomRefusal | null {
  if (unnamed === (introduction !== null)) return null;
  return unnamed ? 'webinar.unnamed' : 'meeting.not_allowed';
}

function refusalOf(state: RoomState, visitor: Visitor): RoomRefusal | null {
  if (visitor.role === 'host') return null;
  if (isBanned(state, visitor, isSelfDeclared(visitor))) return 'meeting.banned';
  return state.orders.locked && !isModerator(visitor.role) ? 'meeting.locked' : null;
}

/**
 * Somebody was put out: whoever comes with nothing but the passcode waits, for it might be the same one. An invitation is
 * one person's: beyond a few browsers of theirs it is somebody else who comes with it.
 */
function wayInto(state: RoomState, visitor: Visitor): WayInto {
  const way = wayByRules(state, visitor);
  if (way.way === 'refused') return way;
  if (way.way === 'wait') return { ...way, waitsFor: 'host' };
  // R31.
  if (!isWebinar(state.rules) || state.orders.live || isModerator(visitor.role)) return way;
  const { entry } = way;
  const identity = entry === 'account' || entry === 'invited' ? entry : 'self-declared';
  return { way: 'wait', identity, waitsFor: 'beginning' };
}

/** Who waits does so for a host's word, or for the beginning of a webinar. */
type WayInto =
  | Exclude<WayIn, { way: 'wait' }>
  | (Extract<WayIn, { way: 'wait' }> & { readonly waitsFor: WaitsFor });

function lobbyOf({ rules }: RoomState): number {
  return isWebinar(rules) ? LIMITS.audience : LIMITS.lobby;
}

function wayByRules(state: RoomState, visitor: Visitor): WayIn {
  const candidate = { role: visitor.role, isInvited: isInvited(state, visitor) };
  const doubted = isSelfDeclared(visitor) && state.removals.length > 0;
  const { straightIn, guests } = state.rules;
  return wayIn(candidate, {
    guests,
    straightIn: doubted && straightIn === 'everybody' ? 'organisation' : straightIn,
  });
}

function isInvited({ members }: RoomState, { id, invitationId }: Visitor): boolean {
  if (invitationId === null) return false;
  const stays = [...members.values()].filter(
    (other) => other.invitationId === invitationId && other.id !== id,
  );
  return stays.length < staysOfInvitation;
}

/** R1, R24. */
function hasRoom(state: RoomState, ...visitors: readonly Visitor[]): boolean {
  const { members, rules } = state;
  const all = members.size + visitors.length;
  if (isWebinar(rules))
    return all <= LIMITS.audience + LIMITS.stage + LIMITS.hostPlaces && hasSeats(state, visitors);
  const isHost = visitors.every(({ role }) => role === 'host');
  return all <= (isHost ? LIMITS.participants + LIMITS.hostPlaces : rules.participants);
}

/** In a webinar the rule is about the stage; whoever does not come to it is audience. */
function hasSeats(state: RoomState, visitors: readonly Visitor[]): boolean {
  const more = visitors.filter((visitor) => placeOf(state, visitor) !== 'on').length;
  if (more === 0) return true;
  const audience = [...state.members.values()].filter(({ stage }) => stage !== 'on').length;
  return audience + more <= LIMITS.audience;
}

function knocksLike(state: RoomState, { accountId, visitorKey }: Visitor): number {
  return [...state.lobby.values()].filter((other) =>
    accountId !== null
      ? other.accountId === accountId
      : visitorKey !== null && other.visitorKey === visitorKey,
  ).length;
}

/**
 * Into a breakout room, by a ticket of the meeting (`decideBreakout.ts`), with what was said of them there. Who knows the
 * passcode is no question here: nobody gets a ticket who is not in the meeting.
 */
export function enterBreakout(
  state: RoomState,
  { visitor, permits, keyPackage, now }: Extract<RoomCommand, { type: 'enter-breakout' }>,
): Decision {
  const { id } = visitor;
  if (state.parent === null) return refuse(state, 'breakout.not_open');
  if (state.members.has(id) || state.group.usedIds.has(id)) return refuse(state, 'meeting.id_taken');
  const way = wayIn({ role: visitor.role, isInvited: false }, state.rules);
  if (way.way !== 'straight') return refuse(state, 'meeting.not_allowed');
  const { entry } = way;
  const coming = { entry, admission: null, keyPackage, introduction: null, now, waited: false };
  return comeIn(state, visitor, coming, permits);
}

interface ComingIn {
  readonly entry: Entry;
  readonly admission: string | null;
  readonly keyPackage: string;
  readonly introduction: string | null;
  readonly now: number;
  readonly waited: boolean;
}

function comeIn(
  state: RoomState,
  visitor: Visitor,
  coming: ComingIn,
  permits: Member['permits'] = permitsFor(state, visitor),
): Accepted {
  const { entry, admission, keyPackage, introduction, now, waited } = coming;
  const { id, accountId, sessionId, name, role, invitedAs, controls, resumeHash } = visitor;
  const { invitationId, visitorKey, addressKey } = visitor;
  const stage = placeOf(state, visitor);
  const member: Member = {
    ...{ id, accountId, sessionId, name, role, invitedAs, controls, resumeHash },
    ...{ invitationId, visitorKey, addressKey },
    joinedAt: now,
    entry,
    admission,
    introduction,
    stage,
    sources: NO_SOURCES,
    allowed: allowedSources({ role, permits, stage, breakout: null }, state.rules, state.orders.held),
    permits,
    breakout: null,
    agreed: null,
    mustSayOff: {
      microphone: state.rules.microphoneAtStart === 'off',
      camera: state.rules.cameraAtStart === 'off',
      screen: false,
    },
    keptUntil: null,
  };
  return inTurn(
    state,
    (next) => moveStagePlace(next, visitor),
    (next) => accept(put(next, member), [{ type: 'joined', member, keyPackage, waited }]),
  );
}

/** All of those who still wait, or none. */
function admit(state: RoomState, command: Extract<EntryCommand, { type: 'admit' }>): Decision {
  const { by: byId, admissions, now } = command;
  const by = state.members.get(byId);
  if (by === undefined || !has(by, 'admit')) return refuse(state, 'meeting.not_allowed');
  const waiting = [...admissions.keys()]
    .flatMap((id) => state.lobby.get(id) ?? [])
    .filter((knock) => !isBanned(state, knock, isSelfDeclared(knock)));
  if (waiting.length === 0) return refuse(state, 'meeting.not_here');
  if (!hasRoom(state, ...waiting)) return refuse(state, 'meeting.full');
  const admitted = new Set(waiting.map(({ id }) => id));
  return inTurn(
    state,
    (next) => leaveLobby(next, admitted, by),
    ...waiting.map((knock) => (next: RoomState) => {
      const admission = admissions.get(knock.id) ?? null;
      return comeIn(next, knock, {
        entry: 'admitted',
        admission,
        keyPackage: knock.keyPackage,
        introduction: knock.introduction,
        now,
        waited: true,
      });
    }),
  );
}

function leaveLobby(state: RoomState, ids: ReadonlySet<ParticipantId>, by: Member | null): Accepted {
  const over = [...state.lobby.values()].filter(({ id }) => ids.has(id));
  const lobby = new Map([...state.lobby].filter(([id]) => !ids.has(id)));
  return accept(
    { ...state, lobby },
    over.map((knock) => ({ type: 'knock-over', knock, reason: null, by })),
  );
}

/** Those who may not be here any more go first: nothing else is decided about them. Then those come in who need not wait now. */
function setRules(state: RoomState, wanted: MeetingRules, now: number): Decision {
  const before = state.rules;
  // R33.
  const rules = { ...wanted, form: before.form };
  if ((Object.keys(rules) as (keyof MeetingRules)[]).every((id) => rules[id] === before[id]))
    return accept(state, []);
  const isGuestTooMany = ({ role }: Visitor) => rules.guests === 'refused' && role === 'guest';
  return inTurn(
    { ...state, rules },
    (next) => remove(next, 'members-only', isGuestTooMany),
    (next) => dismissKnocks(next, 'members-only', isGuestTooMany),
    allowAnew,
    (next) => letStraightIn(next, now),
    (next) => accept(next, [{ type: 'ruled', before }]),
  );
}

export function letStraightIn(
  state: RoomState,
  now: number,
  which: (knock: Knock) => boolean = () => !state.orders.locked,
): Accepted {
  return inTurn(
    state,
    ...[...state.lobby.values()].filter(which).map((knock) => (next: RoomState) => {
      const way = wayInto(next, knock);
      if (way.way === 'wait' && way.waitsFor !== knock.waitsFor) return waitFor(next, knock, way.waitsFor);
      if (way.way !== 'straight' || !hasRoom(next, knock)) return accept(next, []);
      const { keyPackage, introduction } = knock;
      const coming = { entry: way.entry, admission: null, keyPackage, introduction, now, waited: true };
      return inTurn(
        next,
        (left) => leaveLobby(left, new Set([knock.id]), null),
        (left) => comeIn(left, knock, coming),
      );
    }),
  );
}

/** The rules are others now: they wait for something else than before. */
function waitFor(state: RoomState, before: Knock, waitsFor: WaitsFor): Accepted {
  const knock = { ...before, waitsFor };
  const lobby = new Map(state.lobby).set(knock.id, knock);
  return accept({ ...state, lobby }, [{ type: 'waits-otherwise', knock }]);
}

function uninvite(state: RoomState, invitation: InvitationId): Accepted {
  const isTheirs = ({ invitationId }: Visitor) => invitationId === invitation;
  return inTurn(
    state,
    (next) => remove(next, 'uninvited', isTheirs),
    (next) => dismissKnocks(next, 'uninvited', isTheirs),
  );
}
