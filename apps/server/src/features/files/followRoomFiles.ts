import type { Room } from '../../rooms/Room.ts';
import type { RoomEvent } from '../../rooms/roomState.ts';
import type { FilesPorts } from './ports.ts';
import { meetingOver, participantGone } from './removeFiles.ts';

/** Files are there for those who are in the meeting, and for as long as somebody is. */
export function followRoomFiles(ports: FilesPorts, event: RoomEvent, room: Room): void {
  if (event.type !== 'left') return;
  participantGone(ports, event.member.id);
  if (room.state.members.size === 0) meetingOver(ports, room.id);
}
