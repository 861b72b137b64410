import { randomInt } from 'node:crypto';
import {
  type BreakoutModeration,
  MeetingId,
  type Moderation,
  UNAMBIGUOUS_ALPHABET,
} from '@conclave/protocol';

const ofBreakouts: ReadonlySet<Moderation['action']> = new Set([
  'open-rooms',
  'assign-room',
  'time-rooms',
  'close-rooms',
] satisfies BreakoutModeration['action'][]);

export function isBreakout(moderation: Moderation): moderation is BreakoutModeration {
  return ofBreakouts.has(moderation.action);
}

/** Ids of rooms: 99 random bits each, as those of meetings, of which none is ever the same. */
export function freshIds(moderation: BreakoutModeration): MeetingId[] {
  return moderation.action === 'open-rooms' ? moderation.names.map(() => freshId()) : [];
}

function freshId(): MeetingId {
  const part = () => Array.from({ length: 5 }, () => UNAMBIGUOUS_ALPHABET[randomInt(31)]).join('');
  return MeetingId.parse([part(), part(), part(), part()].join('-'));
}
