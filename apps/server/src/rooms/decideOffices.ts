import { type Control, LIMITS } from '@conclave/protocol';
import { allowAnew, change, inTurn } from './changes.ts';
import { letStraightIn } from './decideEntry.ts';
import { type Accepted, accept, type Decision, refuse } from './decision.ts';
import { office, officeOf, withOffice } from './offices.ts';
import type { Member, RoomState } from './roomState.ts';

/** R28: for as long as the meeting goes on, on every device of theirs. */
export function appoint(
  state: RoomState,
  by: Member,
  { id, accountId }: Member,
  controls: readonly Control[],
  now: number,
): Decision {
  if (accountId === null) return refuse(state, 'meeting.not_allowed');
  const appointed = new Map(state.appointed).set(accountId, controls);
  if (appointed.size > LIMITS.participants) return refuse(state, 'meeting.not_allowed');
  const done = setOffices(state, { appointed }, now);
  if (done.events.length === 0) return done;
  const what = controls.length === 0 ? 'dismissed' : 'appointed';
  return accept(done.state, [...done.events, { type: 'moderated', to: id, what, sources: [], by: by.id }]);
}

/** The co-hosts of the meeting are others now: those who are here, or wait, at once. */
export function setOffices(
  state: RoomState,
  offices: Partial<Pick<RoomState, 'cohosts' | 'appointed'>>,
  now: number,
): Accepted {
  const after = { ...state, ...offices };
  const changed = [...state.members.values()].flatMap((member) => {
    if (member.accountId === null || member.role === 'host') return [];
    const controls = officeOf(after, member.accountId);
    if (isSameControls(controls, member.controls)) return [];
    // Whoever is made a co-host is on stage, and stays there when they are none any more.
    const stage = controls.length > 0 ? 'on' : member.stage;
    return [{ id: member.id, ...office(controls), stage } as const];
  });
  return inTurn(
    after,
    ...changed.map(
      ({ id, role, controls, stage }) =>
        (next: RoomState) =>
          change(next, id, { role, controls, stage }),
    ),
    allowAnew,
    (next) => letOfficersIn(next, now),
  );
}

/** Whoever waits and is a co-host now comes in. */
function letOfficersIn(state: RoomState, now: number): Accepted {
  const known = new Map([...state.lobby].map(([id, knock]) => [id, withOffice(state, knock)]));
  return letStraightIn({ ...state, lobby: known }, now, ({ role }) => role === 'cohost');
}

function isSameControls(some: readonly Control[], others: readonly Control[]): boolean {
  return some.length === others.length && some.every((control) => others.includes(control));
}
