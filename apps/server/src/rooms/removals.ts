import { type LeaveReason, LIMITS } from '@conclave/protocol';
import { mayRule } from '../policy/moderation.ts';
import { dismissKnocks, inTurn, remove } from './changes.ts';
import { type Accepted, accept } from './decision.ts';
import { isSamePerson, isSelfDeclared, type Known, knownOf } from './known.ts';
import type { Member, Removal, RoomState, Visitor } from './roomState.ts';

export interface Banishment {
  readonly by: Member;
  readonly lasting: boolean;
  readonly reason: LeaveReason;
  readonly now: number;
}

/** Whether this is somebody who was removed. @param byAddress where nothing better says who they are */
export function isBanned({ removals }: RoomState, visitor: Known, byAddress: boolean): boolean {
  return removals.some((removal) => isSamePerson(removal, visitor, byAddress));
}

/**
 * R22: puts somebody out, and remembers by what they are known. Their other tabs and devices go too. A host who shares a
 * browser or an address with them stays.
 */
export function banish(state: RoomState, visitor: Visitor, banishment: Banishment): Accepted {
  const { by, lasting, reason, now } = banishment;
  const { id, name } = visitor;
  const removal: Removal = {
    // The address too: it is asked about for those alone of whom nothing else is known, as they may be when they come again.
    ...knownOf(visitor),
    ...{ id, name, lasting },
    at: now,
  };
  // The oldest is forgotten first: a list without an end would be a way to fill our memory.
  const removals = [...state.removals, removal].slice(-LIMITS.bans);
  // By what is theirs alone. An address may be a whole office's: whoever is inside was let in in spite of it.
  const isTheirs = (other: Visitor) =>
    other.id === id || (mayRule(by, other) && other.id !== by.id && isSamePerson(removal, other, false));
  const waitsToo = (other: Visitor) =>
    isTheirs(other) || (mayRule(by, other) && isSamePerson(removal, other, isSelfDeclared(other)));
  return inTurn(
    { ...state, removals },
    (next) => remove(next, reason, isTheirs, by),
    (next) => dismissKnocks(next, 'turned-away', waitsToo, by),
    (next) => accept(next, [{ type: 'removed', removal, by: by.id }]),
  );
}

/** Says once more that somebody stays out, for good or not: what could not be kept at first is kept then. */
export function banishAgain(
  state: RoomState,
  id: Removal['id'],
  by: Member,
  lasting: boolean,
): Accepted | null {
  const before = state.removals.find((one) => one.id === id);
  if (before === undefined) return null;
  const removal = { ...before, lasting: lasting || before.lasting };
  const removals = state.removals.map((one) => (one === before ? removal : one));
  return accept({ ...state, removals }, [{ type: 'removed', removal, by: by.id }]);
}

/** Takes a removal back; null when there is none of this stay. */
export function letBack(state: RoomState, id: Removal['id']): Accepted | null {
  const removal = state.removals.find((one) => one.id === id);
  if (removal === undefined) return null;
  const removals = state.removals.filter((one) => one !== removal);
  return accept({ ...state, removals }, [{ type: 'let-back', removal }]);
}
