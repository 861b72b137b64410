import {
  type ClientMessageOf,
  ConclaveError,
  MeetingId,
  ParticipantId,
  type SourceSet,
} from '@conclave/protocol';
import { expect, test } from 'vitest';
import type { MediaPort } from '../../media/MediaPort.ts';
import { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import { FIRST_RULES } from '../../rooms/testing/rules.ts';
import { sweep } from './leave.ts';
import { negotiate } from './negotiate.ts';
import type { ParticipationPorts } from './ports.ts';

const meetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const ada = ParticipantId.parse('ada'.padEnd(16, '0'));
const allowed: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };
const offer: ClientMessageOf<'offer'> = {
  ...{ type: 'offer', request: 1, sdp: 'v=0' },
  ...{ lines: [], sends: [] },
};

/** One member whose transport is being made, until it is said how that ended. */
function connecting() {
  const told: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const rooms = new RoomRegistry();
  const media = {
    connect: () => promise,
    setAllowed: (_: unknown, __: unknown, { camera }: SourceSet) => told.push(`camera ${camera}`),
    setSources: () => told.push('sources'),
    disconnect: () => told.push('disconnect'),
    closeRoom: () => told.push('closeRoom'),
  } as unknown as MediaPort;
  const ports = {
    rooms,
    media,
    views: new Map(),
    choices: new Map(),
    clock: () => 0,
  } as unknown as ParticipationPorts;
  const room = rooms.open(meetingId, null, FIRST_RULES, 'AAAAAAAAAAAAAAAA');
  room.handle({
    type: 'enter',
    member: {
      id: ada,
      accountId: null,
      sessionId: null,
      name: 'A',
      role: 'member',
      allowed,
      resumeHash: 'a',
    },
    keyPackage: 'AAAA',
    now: 0,
  });
  const answer = negotiate(ports, { meetingId, participantId: ada, resumeToken: '' }, offer);
  return { ports, room, told, answer, resolve, reject };
}

test('what was forbidden while the transport was made is forbidden on it', async () => {
  const { room, told, answer, resolve } = connecting();
  room.handle({ type: 'set-allowed', id: ada, allowed: { ...allowed, camera: false } });
  resolve('answer');
  expect(await answer).toBe('answer');
  expect(told).toContain('camera false');
});

test.each(['made', 'refused'])(
  'nothing is left of a meeting that ended before the transport was %s',
  async (how) => {
    const { ports, room, told, answer, resolve, reject } = connecting();
    room.handle({ type: 'leave', id: ada, reason: 'left' });
    sweep(ports);
    expect(told.splice(0)).toEqual(['closeRoom']);
    if (how === 'made') resolve('answer');
    else reject(new ConclaveError('media.unavailable'));
    await answer.catch(() => {});
    expect(told).toContain('closeRoom');
  },
);
