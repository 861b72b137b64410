import { LIMITS } from '@conclave/protocol';
import { has, mayRule } from '../policy/moderation.ts';
import { dismissKnocks, inTurn } from './changes.ts';
import { type Decision, refuse } from './decision.ts';
import { isSamePerson, isSelfDeclared, type Known, knownOf } from './known.ts';
import { banish } from './removals.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Knock, RoomState, TurnedAway } from './roomState.ts';

/** Who was turned away is heard again after so long, ms; a whole network, of which somebody makes a crowd, later. */
const turnedAwayMs = { one: 60_000, network: 15 * 60_000 };

/** Somebody inside does not let them in: for a while, or with `ban` for good. */
export function turnAway(state: RoomState, command: Extract<RoomCommand, { type: 'turn-away' }>): Decision {
  const by = state.members.get(command.by);
  if (by === undefined || !has(by, 'admit')) return refuse(state, 'meeting.not_allowed');
  if (command.ban && !has(by, 'remove')) return refuse(state, 'meeting.not_allowed');
  const knock = state.lobby.get(command.id);
  if (knock === undefined) return refuse(state, 'meeting.not_here');
  if (!mayRule(by, knock)) return refuse(state, 'meeting.not_allowed');
  const { whom, now } = command;
  const { visitorKey, addressKey } = knock;
  const isToGo = ({ id, ...other }: Knock) =>
    id === knock.id ||
    (whom === 'network' &&
      addressKey !== null &&
      isSelfDeclared(other) &&
      mayRule(by, other) &&
      other.addressKey === addressKey);
  const away = (next: RoomState) => dismissKnocks(next, 'turned-away', isToGo, by);
  if (!command.ban) {
    const turned: TurnedAway = {
      ...knownOf(knock),
      until: now + turnedAwayMs[whom],
      whom: whom === 'one' && isSelfDeclared(knock) && visitorKey === null ? 'nameless' : whom,
    };
    return away({ ...state, turnedAway: [...state.turnedAway, turned].slice(-LIMITS.lobby) });
  }
  return inTurn(state, away, (next) =>
    banish(next, knock, { by, lasting: true, now, reason: 'turned-away' }),
  );
}

/** A browser that keeps nothing is known by its address alone, among others like it. */
export function wasTurnedAway({ turnedAway }: RoomState, visitor: Known, now: number): boolean {
  const isNameless = isSelfDeclared(visitor) && visitor.visitorKey === null;
  return turnedAway.some(
    ({ until, whom, ...known }) =>
      now < until &&
      isSamePerson(
        known,
        visitor,
        whom === 'network' ? isSelfDeclared(visitor) : isNameless && whom === 'nameless',
      ),
  );
}
