import { LIMITS, NO_SOURCES, type StagePlace } from '@conclave/protocol';
import { isModerator } from '../policy/openTo.ts';
import { firstPlace, isWebinar, stagePlaces } from '../policy/webinar.ts';
import { change, inTurn, keepSpotlight } from './changes.ts';
import { type Accepted, accept } from './decision.ts';
import { isSamePerson, isSelfDeclared, type Known } from './known.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { Member, RoomState, Visitor } from './roomState.ts';

/** Somebody whose connection was away too long while they were on stage, or asked there. */
export interface StageComeback extends Known {
  readonly stage: Exclude<StagePlace, 'off'>;
  /** ms since 1970. */
  readonly until: number;
}

/** Where somebody begins who comes in: where they were when they were lost. On a full stage they are asked again. */
export function placeOf(state: RoomState, visitor: Visitor): StagePlace {
  const first = firstPlace(state.rules, visitor.role);
  if (first === 'on') return first;
  // A place that is still kept moves with them: it needs no other one.
  const [stranded] = strandedAs(state, visitor);
  if (stranded !== undefined) return stranded.stage;
  const before = keptPlace(state, visitor);
  return before === 'on' && !hasStagePlace(state) ? 'asked' : (before ?? first);
}

/** Somebody has come in: the place that was kept for them is theirs now, and nobody's a second time. */
export function moveStagePlace(state: RoomState, visitor: Visitor): Accepted {
  return inTurn(
    { ...state, comebacks: without(state.comebacks, visitor) },
    ...strandedAs(state, visitor).map((stranded) => (next: RoomState) => leaveStage(next, stranded)),
  );
}

/** In one change: nobody hears of somebody in the audience who still sends. */
export function leaveStage(state: RoomState, { id }: Member): Accepted {
  const off = { stage: 'off', allowed: NO_SOURCES, sources: NO_SOURCES } as const;
  return inTurn(state, (next) => change(next, id, off), keepSpotlight);
}

export function hasStagePlace({ members, rules }: RoomState): boolean {
  return [...members.values()].filter(({ stage }) => stage === 'on').length < stagePlaces(rules);
}

/**
 * Keeps where those stood who were lost, until they come again. It is forgotten with whatever else happens to them: a host takes
 * them back or puts them out, or they go by themselves, from the stage or from the meeting, in any of their tabs.
 */
export function followComebacks({ state, events }: Accepted): Accepted {
  if (!isWebinar(state.rules)) return accept(state, events);
  let comebacks = state.comebacks;
  for (const event of events) {
    const over = whoseIsOver(event);
    if (over !== null) comebacks = without(comebacks, over);
    if (event.type === 'left' && event.reason === 'lost')
      comebacks = [...comebacks, ...comebackOf(event.member)];
  }
  if (comebacks === state.comebacks) return accept(state, events);
  return accept({ ...state, comebacks: comebacks.slice(-LIMITS.stage) }, events);
}

/** Whoever has not come for so long comes to the audience. */
export function expireComebacks(state: RoomState, now: number): Accepted {
  const comebacks = state.comebacks.filter(({ until }) => until > now);
  return accept(comebacks.length === state.comebacks.length ? state : { ...state, comebacks }, []);
}

/** They are back, or something else was decided of them since. */
function whoseIsOver(event: RoomEvent): Known | null {
  switch (event.type) {
    case 'joined':
      return event.member;
    case 'changed':
      return event.before.stage === event.member.stage ? null : event.member;
    case 'left':
      return event.reason === 'lost' ? null : event.member;
    case 'knock-over':
      return event.reason === 'turned-away' ? event.knock : null;
    default:
      return null;
  }
}

/** Of whoever comes anew, in another tab or browser, while their place is still kept. */
function strandedAs({ members, rules }: RoomState, visitor: Visitor): readonly Member[] {
  if (!isWebinar(rules)) return [];
  return [...members.values()].filter(
    (other) =>
      other.keptUntil !== null && other.stage !== 'off' && !isModerator(other.role) && isSure(other, visitor),
  );
}

function keptPlace({ comebacks }: RoomState, visitor: Visitor): StagePlace | null {
  return comebacks.findLast((one) => isSure(one, visitor))?.stage ?? null;
}

/** A co-host is one by their account, wherever they come from. */
function comebackOf({ stage, role, keptUntil, ...member }: Member): StageComeback[] {
  if (stage === 'off' || isModerator(role) || keptUntil === null) return [];
  const { accountId, invitationId, visitorKey, addressKey } = member;
  return [
    { accountId, invitationId, visitorKey, addressKey, stage, until: keptUntil + LIMITS.stageComebackMs },
  ];
}

function without(comebacks: readonly StageComeback[], member: Known): readonly StageComeback[] {
  // Too much that is forgotten makes somebody audience, and no more than that.
  const left = comebacks.filter((one) => !isSamePerson(one, member, false));
  return left.length === comebacks.length ? comebacks : left;
}

/**
 * By the strongest of what they were known by, and never by an address: this gives something, and whoever sits at the same
 * browser or in the same office is not whom a host has asked.
 */
function isSure(before: Known, now: Known): boolean {
  if (before.accountId !== null) return before.accountId === now.accountId;
  if (before.invitationId !== null) return before.invitationId === now.invitationId && now.accountId === null;
  return before.visitorKey !== null && before.visitorKey === now.visitorKey && isSelfDeclared(now);
}
