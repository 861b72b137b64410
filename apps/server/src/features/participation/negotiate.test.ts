import {
  type ClientMessageOf,
  ConclaveError,
  MeetingId,
  type Moderation,
  ParticipantId,
  type SourceSet,
  type Whom,
} from '@conclave/protocol';
import { expect, test } from 'vitest';
import type { MediaPort } from '../../media/MediaPort.ts';
import { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import { beginning, enter } from '../../rooms/testing/people.ts';
import { sweep } from './leave.ts';
import { negotiate } from './negotiate.ts';
import type { ParticipationPorts } from './ports.ts';

const meetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const ada = ParticipantId.parse('ada'.padEnd(16, '0'));
const host = ParticipantId.parse('host'.padEnd(16, '0'));
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
    uninvited: new Map(),
    moderationRates: new Map(),
    audienceRates: new Map(),
    clock: () => 0,
  } as unknown as ParticipationPorts;
  const room = rooms.open(meetingId, beginning());
  room.handle(enter(host, { role: 'host' }));
  room.handle(enter(ada));
  const answer = negotiate(ports, { meetingId, participantId: ada, resumeToken: '', waits: false }, offer);
  return { ports, room, told, answer, resolve, reject };
}

test('what was forbidden while the transport was made is forbidden on it', async () => {
  const { room, told, answer, resolve } = connecting();
  const whom: Whom = { who: 'some', participantIds: [ada] };
  const moderation: Moderation = { action: 'hold', sources: ['camera'], whom, held: true };
  room.handle({ type: 'moderate', by: host, moderation, now: 0 });
  resolve('answer');
  expect(await answer).toBe('answer');
  expect(told).toContain('camera false');
});

test.each(['made', 'refused'])(
  'nothing is left of a meeting that ended before the transport was %s',
  async (how) => {
    const { ports, room, told, answer, resolve, reject } = connecting();
    for (const id of [ada, host]) room.handle({ type: 'leave', id, reason: 'left' });
    sweep(ports);
    expect(told.splice(0)).toEqual(['closeRoom']);
    if (how === 'made') resolve('answer');
    else reject(new ConclaveError('media.unavailable'));
    await answer.catch(() => {});
    expect(told).toContain('closeRoom');
  },
);
