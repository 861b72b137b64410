import {
  type LeaveReason,
  MEETING_SETTING_IDS,
  type MeetingRules,
  NO_SOURCES,
  type SourceSet,
} from '@conclave/protocol';
import { allowedSources } from '../policy/media.ts';
import { decideDirect, followDirect } from './decideDirect.ts';
import { decideGroup } from './decideGroup.ts';
import { accept, type Decision, put, refuse } from './decision.ts';
import { followGroup } from './followGroup.ts';
import type { Member, RoomCommand, RoomEvent, RoomState } from './roomState.ts';

/**
 * The rules of a meeting, as a pure function: the same state and command always give the same result.
 *
 * A member is PRESENT → AWAY (socket lost, place kept) → PRESENT or gone. Rules that tests cite:
 * R1 never more members than the limit; those who are away count, for their place is kept.
 * R2 a resume token works once: every resume brings the next one.
 * R3 what a member sends (`sources`) never goes beyond what is allowed.
 * R4 a command about somebody who is not here changes nothing.
 * R5 what a member says again is told to nobody.
 * R6 to R9 are those of the direct path (`decideDirect.ts`), R10 to R14, R16 and R17 those of the group (`decideGroup.ts`).
 * R15 an id is one person's for as long as the room lives.
 * R18 rules hold for everybody as soon as they are set: what is no longer allowed ends in the same decision.
 * R19 a device that begins off is taken for on only after its client has said that it is off.
 */
export function decide(state: RoomState, command: RoomCommand): Decision {
  const decision = decideCommand(state, command);
  if (decision.refusal !== null) return decision;
  return followDirect(state, command, followGroup(state, command, decision));
}

function decideCommand(state: RoomState, command: RoomCommand): Decision {
  switch (command.type) {
    case 'enter':
      return enter(state, command);
    case 'resume':
      return resume(state, command);
    case 'lose-socket':
      return change(state, command.id, { keptUntil: command.keptUntil });
    case 'expire':
      return remove(state, 'lost', ({ keptUntil }) => keptUntil !== null && keptUntil <= command.now);
    case 'set-sources':
      return setSources(state, command);
    case 'set-allowed':
      return setAllowed(state, command);
    case 'leave':
      return remove(state, command.reason, ({ id }) => id === command.id);
    case 'set-rules':
      return setRules(state, command.rules);
    case 'rename':
      return rename(state, command.title);
    case 'agree-direct':
    case 'report-direct':
    case 'relay-direct':
      return decideDirect(state, command);
    case 'commit-group':
    case 'rejoin-group':
    case 'acknowledge-group':
    case 'send-to-group':
    case 'refuse-applicant':
      return decideGroup(state, command);
    case 'end':
      return remove(state, 'meeting-ended', () => true);
  }
}

function enter(state: RoomState, command: Extract<RoomCommand, { type: 'enter' }>): Decision {
  if (state.members.size >= state.rules.participants) return refuse(state, 'meeting.full');
  const { id } = command.member;
  if (state.members.has(id) || state.group.usedIds.has(id)) return refuse(state, 'meeting.id_taken');
  const member: Member = {
    ...command.member,
    joinedAt: command.now,
    sources: NO_SOURCES,
    agreed: null,
    beginsOff: {
      microphone: state.rules.microphoneAtStart === 'off',
      camera: state.rules.cameraAtStart === 'off',
    },
    keptUntil: null,
  };
  return accept(put(state, member), [{ type: 'joined', member }]);
}

/** Those who may not be here any more go first: nothing else is decided about them. */
function setRules(state: RoomState, rules: MeetingRules): Decision {
  if (MEETING_SETTING_IDS.every((id) => rules[id] === state.rules[id])) return accept(state, []);
  const mayStay = ({ role }: Member) => rules.guests === 'allowed' || role !== 'guest';
  const left = remove({ ...state, rules }, 'members-only', (member) => !mayStay(member));
  let next = left.state;
  const changed: RoomEvent[] = [];
  for (const { id, role, allowed: before } of left.state.members.values()) {
    const allowed = allowedSources(role, rules);
    if (isSame(allowed, before)) continue;
    const decision = setAllowed(next, { type: 'set-allowed', id, allowed });
    next = decision.state;
    changed.push(...decision.events);
  }
  return accept(next, [...left.events, ...changed, { type: 'ruled', before: state.rules }]);
}

function rename(state: RoomState, title: string | null): Decision {
  if (title === state.meeting.title) return accept(state, []);
  return accept({ ...state, meeting: { ...state.meeting, title } }, [{ type: 'renamed' }]);
}

function resume(state: RoomState, command: Extract<RoomCommand, { type: 'resume' }>): Decision {
  const before = [...state.members.values()].find(({ resumeHash }) => resumeHash === command.resumeHash);
  if (before === undefined) return refuse(state, 'resume.unknown');
  const member: Member = { ...before, resumeHash: command.nextHash, keptUntil: null };
  return accept(put(state, member), [
    { type: 'resumed', member },
    { type: 'changed', member, before },
  ]);
}

function setSources(state: RoomState, command: Extract<RoomCommand, { type: 'set-sources' }>): Decision {
  const member = state.members.get(command.id);
  if (member === undefined) return accept(state, []);
  const { microphone, camera } = member.beginsOff;
  const beginsOff = {
    microphone: microphone && command.sources.microphone,
    camera: camera && command.sources.camera,
  };
  const wish = {
    ...command.sources,
    microphone: command.sources.microphone && !beginsOff.microphone,
    camera: command.sources.camera && !beginsOff.camera,
  };
  const begun = beginsOff.microphone !== microphone || beginsOff.camera !== camera;
  const next = begun ? put(state, { ...member, beginsOff }) : state;
  if (isSame(wish, member.sources)) return accept(next, []);
  return change(next, command.id, { sources: within(wish, member.allowed) });
}

function setAllowed(state: RoomState, command: Extract<RoomCommand, { type: 'set-allowed' }>): Decision {
  const member = state.members.get(command.id);
  if (member === undefined) return accept(state, []);
  const { allowed } = command;
  return change(state, command.id, { allowed, sources: within(member.sources, allowed) });
}

function change(state: RoomState, id: Member['id'], difference: Partial<Member>): Decision {
  const before = state.members.get(id);
  if (before === undefined) return accept(state, []);
  const member = { ...before, ...difference };
  return accept(put(state, member), [{ type: 'changed', member, before }]);
}

function remove(state: RoomState, reason: LeaveReason, which: (member: Member) => boolean): Decision {
  const leaving = [...state.members.values()].filter(which);
  if (leaving.length === 0) return accept(state, []);
  const members = new Map(state.members);
  for (const { id } of leaving) members.delete(id);
  return accept(
    { ...state, members },
    leaving.map((member) => ({ type: 'left', member, reason })),
  );
}

function within(wish: SourceSet, allowed: SourceSet): SourceSet {
  return {
    microphone: wish.microphone && allowed.microphone,
    camera: wish.camera && allowed.camera,
    screen: wish.screen && allowed.screen,
    screenAudio: wish.screenAudio && allowed.screenAudio,
  };
}

function isSame(one: SourceSet, other: SourceSet): boolean {
  return (
    one.microphone === other.microphone &&
    one.camera === other.camera &&
    one.screen === other.screen &&
    one.screenAudio === other.screenAudio
  );
}
