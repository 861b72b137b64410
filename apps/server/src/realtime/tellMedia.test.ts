import { MeetingId, ParticipantId, type ServerMessage } from '@conclave/protocol';
import { expect, test } from 'vitest';
import type { MediaEvent } from '../media/MediaPort.ts';
import { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { beginning, enter } from '../rooms/testing/people.ts';
import { type Outbox, Outboxes } from './Outboxes.ts';
import { tellMedia, tellRoom } from './tellRoom.ts';

const meetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const ada = ParticipantId.parse('ada'.padEnd(16, '0'));

/** A socket, and the messages that went out on it. */
function socket(): Outbox & { readonly heard: ServerMessage[] } {
  const heard: ServerMessage[] = [];
  const sendWritten = (message: Buffer) => void heard.push(JSON.parse(message.toString()));
  return {
    heard,
    sendWritten,
    send: (message) => void heard.push(message),
    admitted: () => {},
    end: () => {},
  };
}

function oneMember() {
  const rooms = new RoomRegistry();
  const outboxes = new Outboxes();
  rooms.listen((event, room) => tellRoom(event, room, outboxes));
  const room = rooms.open(meetingId, beginning());
  room.handle(enter(ada, { role: 'member' }));
  const tell = (event: MediaEvent) => tellMedia(event, room, outboxes);
  const want = (codec: 'VP8' | 'VP9') =>
    tell({ type: 'wanted', room: meetingId, peer: ada, wanted: { camera: ['q'], screen: false, codec } });
  return { room, outboxes, tell, want };
}

test('whoever comes back on another socket hears what the media plane said meanwhile, the last of each', () => {
  const { outboxes, tell, want } = oneMember();
  const [former, next] = [socket(), socket()];
  outboxes.take(ada, former);
  want('VP9');
  outboxes.release(ada, former);
  want('VP8');
  tell({ type: 'slots', room: meetingId, peer: ada, slots: [] });
  tell({ type: 'speakers', room: meetingId, speakers: [ada] });
  outboxes.take(ada, next);
  outboxes.repeat(ada);
  expect(former.heard).toHaveLength(1);
  expect(next.heard).toEqual([
    { type: 'wanted', wanted: { camera: ['q'], screen: false, codec: 'VP8' } },
    { type: 'slots', slots: [] },
    { type: 'speakers', speakers: [ada] },
  ]);
});

test('nothing is kept of somebody who has left, whatever is still said of them', () => {
  const { room, outboxes, want } = oneMember();
  want('VP9');
  room.handle({ type: 'leave', id: ada, reason: 'left' });
  want('VP8');
  const late = socket();
  outboxes.take(ada, late);
  outboxes.repeat(ada);
  expect(late.heard).toEqual([]);
});
