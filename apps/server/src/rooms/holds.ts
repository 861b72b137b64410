import { LIMITS } from '@conclave/protocol';
import { type Accepted, accept } from './decision.ts';
import { isSamePerson, isSelfDeclared, type Known, knownOf } from './known.ts';
import type { Member, RoomState } from './roomState.ts';

const noPermits: Member['permits'] = { microphone: null, camera: null, screen: null };

/** What was said of somebody who goes holds when they come again. */
export function rememberHolds({ state, events }: Accepted): Accepted {
  const left = events.flatMap((event) => (event.type === 'left' ? [event.member] : []));
  const held = left.filter(({ permits }) => Object.values(permits).includes('held'));
  if (held.length === 0) return accept(state, events);
  const holds = held.map((member) => ({ ...knownOf(member), permits: member.permits }));
  return accept({ ...state, holds: [...state.holds, ...holds].slice(-LIMITS.bans) }, events);
}

/** What was said of them before, when they were here, or is said of them now in another tab: a second one sets nobody free. */
export function permitsFor({ holds, members }: RoomState, visitor: Known): Member['permits'] {
  const present = [...members.values()].findLast(
    (one) => Object.values(one.permits).includes('held') && isSamePerson(one, visitor, false),
  );
  if (present !== undefined) return present.permits;
  return holds.findLast((one) => isSamePerson(one, visitor, isSelfDeclared(visitor)))?.permits ?? noPermits;
}
