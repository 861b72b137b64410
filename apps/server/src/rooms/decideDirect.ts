import { type DirectEnd, type DirectSignal, LIMITS } from '@conclave/protocol';
import { mayBeDirect, maySendEverything } from '../policy/directPath.ts';
import { type Accepted, accept, type Decision, put, refuse } from './decision.ts';
import {
  type DirectOffer,
  type DirectState,
  directPathOf,
  directPeople,
  isEstablished,
  type Relayed,
} from './directState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { Member, RoomState } from './roomState.ts';

/** The transports to the server are made first. */
const firstWaitMs = 2_000;
/** Two people who have just become two again may soon be three once more. */
const nextWaitMs = 10_000;
/** After a failure; twice as long after each further one. */
const failedWaitMs = 60_000;
const longestWaitMs = 600_000;
/** In which both must have said that it flows. */
const establishMs = 20_000;
const nothing: Relayed = { descriptions: 0, candidates: 0 };

type DirectCommand = Extract<RoomCommand, { type: 'agree-direct' | 'report-direct' | 'relay-direct' }>;

/**
 * What participants say of a direct path. An offer is NONE → OFFERED → ESTABLISHED → NONE. Rules that tests cite:
 * R6 an offer stands only while the policy's rule holds for the two of it and nobody else is here.
 * R7 whatever breaks the rule ends the offer in the same decision.
 * R8 signals pass between the two of the offer that stands and nobody else, one description and so many candidates each.
 * R9 an offer is made by the clock alone, after nothing stood in its way for a while.
 */
export function decideDirect(state: RoomState, command: DirectCommand): Decision {
  const member = state.members.get(command.id);
  if (command.type === 'agree-direct')
    return member === undefined ? accept(state, []) : agree(state, member, command.agreed);
  const { offer } = state.direct;
  if (offer === null || offer.id !== command.offerId || !offer.pair.includes(command.id))
    return refuse(state, 'direct.not_offered');
  return command.type === 'report-direct' ? report(state, offer, command) : relay(state, offer, command);
}

/** Ends what may no longer be, offers what may be, and says who is to be told. */
export function followDirect(before: RoomState, command: RoomCommand, decision: Accepted): Accepted {
  if (before.rules.directPath === 'off' && decision.state.rules.directPath === 'off') return decision;
  const { state, events } = review(decision.state, command);
  return accept(state, [...decision.events, ...events, ...news(before, state, command)]);
}

function agree(state: RoomState, member: Member, agreed: boolean): Decision {
  if (member.agreed === agreed) return accept(state, []);
  const next = { ...member, agreed };
  return accept(put(state, next), [{ type: 'agreed', member: next }]);
}

function report(
  state: RoomState,
  offer: DirectOffer,
  { id, report }: Extract<DirectCommand, { type: 'report-direct' }>,
): Decision {
  // A failure ends the offer in the review.
  if (report === 'failed' || offer.flowing.has(id)) return accept(state, []);
  const next = { ...offer, flowing: new Set(offer.flowing).add(id) };
  const established: readonly RoomEvent[] = isEstablished(next) ? [{ type: 'direct-established' }] : [];
  return accept(withOffer(state, next), [{ type: 'direct-flows', id }, ...established]);
}

function relay(
  state: RoomState,
  offer: DirectOffer,
  { id, signal }: Extract<DirectCommand, { type: 'relay-direct' }>,
): Decision {
  const [offerer, answerer] = offer.pair;
  const sent = offer.relayed.get(id) ?? nothing;
  if (signal.kind === 'candidate' && sent.candidates >= LIMITS.directCandidates)
    return refuse(state, 'direct.too_many');
  if (signal.kind === 'description') {
    if (sent.descriptions > 0) return refuse(state, 'direct.too_many');
    const due = id === offerer ? 'offer' : 'answer';
    const offered = id === offerer || (offer.relayed.get(offerer)?.descriptions ?? 0) > 0;
    if (signal.type !== due || !offered) return refuse(state, 'protocol.order');
  }
  const relayed = new Map(offer.relayed).set(id, count(sent, signal));
  const to = id === offerer ? answerer : offerer;
  return accept(withOffer(state, { ...offer, relayed }), [
    { type: 'direct-signalled', to, offerId: offer.id, signal },
  ]);
}

function count(sent: Relayed, { kind }: DirectSignal): Relayed {
  return kind === 'description'
    ? { ...sent, descriptions: sent.descriptions + 1 }
    : { ...sent, candidates: sent.candidates + 1 };
}

function review(state: RoomState, command: RoomCommand): Pick<Accepted, 'state' | 'events'> {
  const { direct } = state;
  if (direct.offer !== null) {
    const reason = reasonToEnd(state, direct.offer, command);
    return reason === null ? { state, events: [] } : end(state, direct.offer, reason);
  }
  if (!isClear(state)) return { state: withDirect(state, { clearSince: null, failures: 0 }), events: [] };
  if (command.type !== 'expire') return { state, events: [] };
  const since = direct.clearSince ?? command.now;
  if (command.now - since < waitMs(direct))
    return { state: withDirect(state, { clearSince: since }), events: [] };
  return make(state, command.now);
}

function isClear(state: RoomState): boolean {
  const present = [...state.members.values()].every(({ keptUntil }) => keptUntil === null);
  return present && mayBeDirect(state.rules, directPeople(state));
}

function waitMs({ offers, failures }: DirectState): number {
  if (failures > 0) return Math.min(longestWaitMs, failedWaitMs * 2 ** (failures - 1));
  return offers === 0 ? firstWaitMs : nextWaitMs;
}

function make(state: RoomState, now: number): Pick<Accepted, 'state' | 'events'> {
  const [offerer, answerer] = [...state.members.keys()];
  if (offerer === undefined || answerer === undefined) return { state, events: [] };
  const id = state.direct.offers + 1;
  const offer: DirectOffer = {
    id,
    madeAt: now,
    pair: [offerer, answerer],
    flowing: new Set(),
    relayed: new Map(),
  };
  const direct = { offer, offers: id, clearSince: null, ended: null };
  return { state: withDirect(state, direct), events: [{ type: 'direct-offered' }] };
}

function reasonToEnd(state: RoomState, offer: DirectOffer, command: RoomCommand): DirectEnd | null {
  const people = directPeople(state);
  if (!offer.pair.every((id) => state.members.has(id))) return 'left';
  if (people.length > offer.pair.length) return 'third-person';
  if (state.rules.directPath === 'off' || !people.every(maySendEverything)) return 'forbidden';
  if (!mayBeDirect(state.rules, people)) return 'consent';
  if (isAway(state, offer, command)) return 'away';
  if (command.type === 'report-direct' && command.report === 'failed') return 'failed';
  const late = command.type === 'expire' && command.now - offer.madeAt >= establishMs;
  return late && !isEstablished(offer) ? 'failed' : null;
}

/** What flows goes on without a socket, unless the page itself has gone. */
function isAway(state: RoomState, offer: DirectOffer, command: RoomCommand): boolean {
  if (command.type === 'lose-socket' && command.pageClosed) return offer.pair.includes(command.id);
  return !isEstablished(offer) && offer.pair.some((id) => state.members.get(id)?.keptUntil !== null);
}

function end(state: RoomState, offer: DirectOffer, reason: DirectEnd): Pick<Accepted, 'state' | 'events'> {
  const failures = reason === 'failed' ? state.direct.failures + 1 : 0;
  const direct = { offer: null, ended: reason, clearSince: null, failures };
  return { state: withDirect(state, direct), events: [{ type: 'direct-ended', offer, reason }] };
}

/** Whoever has just come in is told by the answer to that. Among many nothing changes but one's own word. */
function news(before: RoomState, state: RoomState, command: RoomCommand): RoomEvent[] {
  const many = before.members.size > 2 && state.members.size > 2;
  if (many && command.type !== 'agree-direct') return [];
  return [...state.members.values()].flatMap((member): RoomEvent[] => {
    if (many && command.type === 'agree-direct' && command.id !== member.id) return [];
    const former = before.members.get(member.id);
    if (former === undefined) return [];
    const direct = directPathOf(state, member);
    const same = JSON.stringify(direct) === JSON.stringify(directPathOf(before, former));
    return same ? [] : [{ type: 'direct-told', id: member.id, direct }];
  });
}

function withOffer(state: RoomState, offer: DirectOffer): RoomState {
  return withDirect(state, { offer });
}

function withDirect(state: RoomState, change: Partial<DirectState>): RoomState {
  return { ...state, direct: { ...state.direct, ...change } };
}
