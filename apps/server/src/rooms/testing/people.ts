import { AccountId, CONTROLS, MeetingId, type MeetingRules, ParticipantId } from '@conclave/protocol';
import type { RoomBeginning } from '../Room.ts';
import type { RoomCommand } from '../roomCommands.ts';
import { emptyRoom, type RoomState, type Visitor } from '../roomState.ts';
import { OPEN_RULES } from './rules.ts';

export const groupSeed = 'AAAAAAAAAAAAAAAA';
export const testMeetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');

/** @param name of at most 16 characters */
export const idOf = (name: string) => ParticipantId.parse(name.padEnd(16, '0'));
export const [ada, bob, cid, dan, eve] = [
  idOf('ada'),
  idOf('bob'),
  idOf('cid'),
  idOf('dan'),
  idOf('eve'),
] as const;
export const accountOf = (index: number) =>
  AccountId.parse(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

/** A guest of whom nothing is known but the passcode, unless it is said otherwise. */
export function visitor(id: ParticipantId, more: Partial<Visitor> = {}): Visitor {
  const role = more.role ?? 'guest';
  return {
    ...{ id, accountId: null, sessionId: null, invitationId: null, visitorKey: null, addressKey: null },
    ...{ name: 'A', invitedAs: null, resumeHash: `of ${id}` },
    controls: role === 'host' ? CONTROLS : [],
    ...more,
    role,
  };
}

export function enter(
  id: ParticipantId,
  more: Partial<Visitor> = {},
  { keyPackage = 'AAAA', introduction = null as string | null, now = 0 } = {},
): Extract<RoomCommand, { type: 'enter' }> {
  return { type: 'enter', visitor: visitor(id, more), keyPackage, introduction, now };
}

export function noRoom(rules: MeetingRules = OPEN_RULES, seed = groupSeed): RoomState {
  return emptyRoom(testMeetingId, null, rules, seed);
}

export function beginning(rules: MeetingRules = OPEN_RULES): RoomBeginning {
  return { title: null, rules, groupSeed, cohosts: new Map(), removals: [] };
}
