import { maySendFiles } from '../../policy/files.ts';
import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomEvents.ts';
import type { FilesPorts } from './ports.ts';
import { filesForbidden, meetingOver, participantGone, sendingForbidden } from './removeFiles.ts';

/** Files are there for those who are in the meeting, and for as long as somebody is. */
export function followRoomFiles(ports: FilesPorts, event: RoomEvent, room: Room): void {
  const isOtherRole =
    event.type === 'changed' &&
    (event.member.role !== event.before.role || event.member.stage !== event.before.stage);
  if (event.type === 'ruled' || isOtherRole) followRules(ports, room);
  if (event.type !== 'left') return;
  participantGone(ports, event.member.id);
  if (room.state.members.size === 0) meetingOver(ports, room.id);
}

/** Where there are to be no files, those that are there go too. */
function followRules(ports: FilesPorts, room: Room): void {
  const { rules, members } = room.state;
  for (const member of members.values()) {
    const { id } = member;
    const maySend = maySendFiles(member, rules, ports.settings);
    ports.accesses.setMaySend(id, maySend);
    if (!maySend) sendingForbidden(ports, id);
  }
  if (rules.fileSharing === 'off') filesForbidden(ports, room.id);
}
