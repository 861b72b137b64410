import type { ModeratedSource, SourceSet } from '@conclave/protocol';
import { LIMITS, NO_ORDERS } from '@conclave/protocol';
import { change, dismissKnocks, inTurn, isSame, remove, within } from './changes.ts';
import { decideBreakout, expireBreakout, followBreakout } from './decideBreakout.ts';
import { decideDirect, followDirect } from './decideDirect.ts';
import { decideEntry, enterBreakout, namingRefusal } from './decideEntry.ts';
import { decideGroup } from './decideGroup.ts';
import { decideModeration, isHostPresent, report } from './decideModeration.ts';
import { setOffices } from './decideOffices.ts';
import { takeStage } from './decideStage.ts';
import { type Accepted, accept, type Decision, put, refuse } from './decision.ts';
import { followGroup } from './followGroup.ts';
import { followMeeting } from './followMeeting.ts';
import { rememberHolds } from './holds.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { Member, RoomState } from './roomState.ts';
import { expireComebacks, followComebacks } from './stageComebacks.ts';

/**
 * The rules of a meeting, as a pure function: the same state and command always give the same result.
 *
 * A member is PRESENT → AWAY (socket lost, place kept) → PRESENT or gone. Rules that tests cite:
 * R1 never more members than the limit; those who are away count, for their place is kept.
 * R2 a resume token works once: every resume brings the next one.
 * R3 what a member sends (`sources`) never goes beyond what is allowed.
 * R4 a command about somebody who is not here changes nothing.
 * R5 what a member says again is told to nobody.
 * R6 to R9 are those of the direct path (`decideDirect.ts`), R10 to R14, R16 and R17 those of the group (`decideGroup.ts`),
 * R20 to R24 those of the door (`decideEntry.ts`), R25 to R28 those of hosts (`decideModeration.ts`), R29 to R33 those of a webinar
 * (`decideStage.ts`), R39 that of its names (`decideEntry.ts`), R34 to R38 those of breakout rooms (`decideBreakout.ts`).
 * R15 an id is one person's for as long as the room lives.
 * R18 rules hold for everybody as soon as they are set: what is no longer allowed ends in the same decision.
 * R19 a device that begins off, or was stopped, is taken for on only after its client has said that it is off.
 */
export function decide(state: RoomState, command: RoomCommand): Decision {
  const decision = decideCommand(state, command);
  if (decision.refusal !== null) return decision;
  const settled = followBreakout(state, forgetWhenEmpty(state, followComebacks(rememberHolds(decision))));
  return followDirect(state, command, followGroup(state, command, followLobby(state, settled)));
}

function decideCommand(state: RoomState, command: RoomCommand): Decision {
  switch (command.type) {
    case 'enter':
    case 'admit':
    case 'turn-away':
    case 'set-rules':
    case 'uninvite':
    case 'change-passcode':
      return decideEntry(state, command);
    case 'moderate':
      return decideModeration(state, command);
    case 'take-stage':
      return takeStage(state, command);
    case 'moderate-breakout':
    case 'give-ticket':
    case 'use-ticket':
    case 'return':
    case 'ask-help':
      return decideBreakout(state, command);
    case 'enter-breakout':
      return enterBreakout(state, command);
    case 'follow-meeting':
      return followMeeting(state, command);
    case 'report':
      return report(state, command);
    case 'set-cohosts':
      return setOffices(state, { cohosts: command.cohosts }, command.now);
    case 'resume':
      return resume(state, command);
    case 'lose-socket':
      return loseSocket(state, command);
    case 'expire':
      return inTurn(
        state,
        (next) => expire(next, command.now),
        (next) => expireBreakout(next, command.now),
        (next) => expireComebacks(next, command.now),
      );
    case 'set-sources':
      return setSources(state, command);
    case 'leave':
      return inTurn(
        state,
        (next) => remove(next, command.reason, ({ id }) => id === command.id),
        (next) => dismissKnocks(next, command.reason, ({ id }) => id === command.id),
      );
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
      return inTurn(
        state,
        (next) => dismissKnocks(next, 'meeting-ended', () => true),
        (next) => remove(next, 'meeting-ended', () => true),
      );
  }
}

/** Nobody is inside any more: whoever waits goes on waiting for a meeting that begins anew. */
function forgetWhenEmpty(before: RoomState, { state, events }: Accepted): Accepted {
  if (before.members.size === 0 || state.members.size > 0) return accept(state, events);
  return accept(
    {
      ...state,
      ...{
        orders: NO_ORDERS,
        holds: [],
        comebacks: [],
        turnedAway: [],
        appointed: new Map(),
        breakout: null,
      },
    },
    events,
  );
}

/** Those who wait are told whether there is somebody who could let them in. */
function followLobby(before: RoomState, { state, events }: Accepted): Accepted {
  const present = isHostPresent(state);
  if (state.lobby.size === 0 || isHostPresent(before) === present) return accept(state, events);
  return accept(state, [...events, { type: 'host-presence', present }]);
}

function rename(state: RoomState, title: string | null): Decision {
  if (title === state.meeting.title) return accept(state, []);
  return accept({ ...state, meeting: { ...state.meeting, title } }, [{ type: 'renamed' }]);
}

/** Nobody's place is kept at the door: whoever still wants to come in knocks again. */
function loseSocket(state: RoomState, command: Extract<RoomCommand, { type: 'lose-socket' }>): Accepted {
  const { id, keptUntil } = command;
  return inTurn(
    state,
    (next) => change(next, id, { keptUntil }),
    (next) => dismissKnocks(next, 'lost', (knock) => knock.id === id),
  );
}

function expire(state: RoomState, now: number): Accepted {
  return inTurn(
    state,
    (next) => remove(next, 'lost', ({ keptUntil }) => keptUntil !== null && keptUntil <= now),
    (next) => dismissKnocks(next, 'waited-too-long', ({ since }) => now - since >= LIMITS.lobbyMs),
  );
}

function resume(state: RoomState, command: Extract<RoomCommand, { type: 'resume' }>): Decision {
  const before = [...state.members.values()].find(({ resumeHash }) => resumeHash === command.resumeHash);
  if (before === undefined) return refuse(state, 'resume.unknown');
  const { claim } = command;
  const introduction = claim.kind === 'new' ? claim.introduction : before.introduction;
  const refusal = namingRefusal(before.introduction !== null, introduction);
  if (refusal !== null) return refuse(state, refusal);
  const member: Member = { ...before, introduction, resumeHash: command.nextHash, keptUntil: null };
  return accept(put(state, member), [
    { type: 'resumed', member },
    { type: 'changed', member, before },
  ]);
}

function setSources(state: RoomState, command: Extract<RoomCommand, { type: 'set-sources' }>): Decision {
  const member = state.members.get(command.id);
  if (member === undefined) return accept(state, []);
  const { mustSayOff: before } = member;
  const mustSayOff = {
    microphone: before.microphone && command.sources.microphone,
    camera: before.camera && command.sources.camera,
    screen: before.screen && (command.sources.screen || command.sources.screenAudio),
  };
  const wish = ifTheySaidOff(command.sources, mustSayOff);
  const begun = (['microphone', 'camera', 'screen'] as const).some(
    (source) => mustSayOff[source] !== before[source],
  );
  const next = begun ? put(state, { ...member, mustSayOff }) : state;
  if (isSame(wish, member.sources)) return accept(next, []);
  return change(next, command.id, { sources: within(wish, member.allowed) });
}

/** R19. */
function ifTheySaidOff(wish: SourceSet, mustSayOff: Readonly<Record<ModeratedSource, boolean>>): SourceSet {
  return {
    microphone: wish.microphone && !mustSayOff.microphone,
    camera: wish.camera && !mustSayOff.camera,
    screen: wish.screen && !mustSayOff.screen,
    // There is no sound of a screen without the screen.
    screenAudio: wish.screenAudio && wish.screen && !mustSayOff.screen,
  };
}
