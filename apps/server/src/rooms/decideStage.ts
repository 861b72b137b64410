import { isModerator } from '../policy/openTo.ts';
import { isWebinar } from '../policy/webinar.ts';
import { allowAnew, change, inTurn, order } from './changes.ts';
import { letStraightIn } from './decideEntry.ts';
import { accept, type Decision, refuse } from './decision.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Member, RoomState } from './roomState.ts';
import { hasStagePlace, leaveStage } from './stageComebacks.ts';

/**
 * A webinar. PRACTICE → LIVE; AUDIENCE → ASKED → ON STAGE → AUDIENCE. Rules that tests cite:
 * R29 whoever is no host or co-host sends nothing before a host has asked them on stage and they have come; nobody is put there
 *     without their own word. Taken back, everything of theirs is off in the same decision. Whoever is lost from there comes back
 *     to it, silent, unless something else was decided of them meanwhile (`stageComebacks.ts`).
 * R30 the audience hears nothing of the audience, and nothing that is for the stage; to everybody it says nothing that is longer
 *     than a reaction.
 * R31 before it is live, nobody comes in but hosts and whom they let in.
 * R32 in the group those on stage commit (`decideGroup.ts`).
 * R33 a meeting that is going on keeps its form, and is not taken back from being live.
 */
export function onStage(state: RoomState, by: Member, subject: Member, asked: boolean): Decision {
  if (!isWebinar(state.rules) || isModerator(subject.role)) return refuse(state, 'meeting.not_allowed');
  if (asked === (subject.stage !== 'off')) return accept(state, []);
  if (asked && !hasStagePlace(state)) return refuse(state, 'meeting.full');
  const told = { type: 'moderated', to: subject.id, sources: [], by: by.id } as const;
  if (asked) {
    const done = change(state, subject.id, { stage: 'asked' });
    return accept(done.state, [...done.events, { ...told, what: 'asked' }]);
  }
  const done = leaveStage(state, subject);
  return accept(done.state, [...done.events, { ...told, what: 'taken-back' }]);
}

/** The word of whoever was asked, or of whoever goes back by themselves. */
export function takeStage(
  state: RoomState,
  { id, onStage: comes }: Extract<RoomCommand, { type: 'take-stage' }>,
): Decision {
  const member = state.members.get(id);
  if (member === undefined) return refuse(state, 'meeting.not_here');
  const mayCome = member.stage === 'asked';
  const mayGo = isWebinar(state.rules) && member.stage !== 'off' && !isModerator(member.role);
  if (comes ? !mayCome : !mayGo) return refuse(state, 'meeting.not_allowed');
  if (comes && !hasStagePlace(state)) return refuse(state, 'meeting.full');
  const done = comes
    ? inTurn(state, (next) => change(next, id, { stage: 'on' }), allowAnew)
    : leaveStage(state, member);
  const after = done.state.members.get(id) ?? member;
  return accept(done.state, [...done.events, { type: 'stage-taken', member: after }]);
}

export function goLive(state: RoomState, by: Member, now: number): Decision {
  if (!isWebinar(state.rules)) return refuse(state, 'meeting.not_allowed');
  if (state.orders.live) return accept(state, []);
  return inTurn(
    state,
    (next) => order(next, { live: true }, by.id),
    (next) => letStraightIn(next, now),
  );
}
