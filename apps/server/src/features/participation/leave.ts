import { LIMITS, type MeetingId, type SessionId } from '@conclave/protocol';
import type { ParticipationPorts, Place } from './ports.ts';

/** Longer than anybody is on the way in who had an invitation read that is taken back meanwhile. */
const uninvitedMs = 60_000;

/** A participant goes and says so, or is let go because the sign-in ended that they came with. */
export function leave(
  ports: ParticipationPorts,
  { meetingId, participantId }: Place,
  reason: 'left' | 'signed-out',
): void {
  ports.rooms.find(meetingId)?.handle({ type: 'leave', id: participantId, reason });
}

/**
 * The socket is gone without a word: the place is kept for a while. A page that was closed or reloaded says so
 * by the close code; a reload is back within seconds, so others need not look at an empty place for long.
 */
export function loseSocket(
  ports: ParticipationPorts,
  { meetingId, participantId }: Place,
  pageClosed: boolean,
): void {
  const keptFor = pageClosed ? LIMITS.reloadGraceMs : LIMITS.resumeGraceMs;
  ports.rooms.find(meetingId)?.handle({
    type: 'lose-socket',
    id: participantId,
    keptUntil: ports.clock() + keptFor,
    pageClosed,
  });
}

/** A sign-in has ended: the places that were taken with it go too, those that are kept for a lost socket among them. */
export function signOut(ports: ParticipationPorts, sessionId: SessionId): void {
  for (const room of ports.rooms.all()) {
    const { members, lobby } = room.state;
    for (const member of [...members.values(), ...lobby.values()]) {
      if (member.sessionId === sessionId) room.handle({ type: 'leave', id: member.id, reason: 'signed-out' });
    }
  }
}

/** Gives up the places that nobody came back to, and the rooms that nobody is in. Called every second. */
export function sweep(ports: ParticipationPorts): void {
  const now = ports.clock();
  for (const room of ports.rooms.all()) room.handle({ type: 'expire', now });
  for (const [id, at] of ports.uninvited) if (now - at > uninvitedMs) ports.uninvited.delete(id);
  for (const id of ports.rooms.closeEmpty()) {
    ports.media.closeRoom(id);
    ports.choices.delete(id);
    ports.moderationRates.delete(id);
    ports.audienceRates.delete(id);
  }
}

/** The meeting is no more: everybody is told and let go. */
export function endMeeting(ports: ParticipationPorts, meetingId: MeetingId): void {
  ports.rooms.findMeeting(meetingId)?.handle({ type: 'end' });
  sweep(ports);
}
