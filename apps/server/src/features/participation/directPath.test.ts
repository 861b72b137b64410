import { type BusinessEvent, MeetingId, ParticipantId, type View } from '@conclave/protocol';
import { expect, test } from 'vitest';
import type { MediaPort } from '../../media/MediaPort.ts';
import { RoomRegistry } from '../../rooms/RoomRegistry.ts';
import { beginning, enter as enterRoom } from '../../rooms/testing/people.ts';
import { DIRECT_RULES } from '../../rooms/testing/rules.ts';
import { agreeToDirectPath, relayDirectSignal, reportDirectPath } from './directPath.ts';
import { followRoom } from './followRoom.ts';
import type { ParticipationPorts } from './ports.ts';
import { setView } from './setView.ts';

const meetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const [ada, bob, cid] = ['ada', 'bob', 'cid'].map((name) => ParticipantId.parse(name.padEnd(16, '0'))) as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
];
const view: View = {
  tiles: 1,
  tile: { width: 640, height: 360 },
  pinned: [],
  sizes: [],
  screen: { width: 0, height: 0 },
};

/** Two members with an offer that stands, and what the media plane and the log were told. */
function twoPeople() {
  const shown: [id: string, tiles: number][] = [];
  const emitted: { readonly event: string }[] = [];
  const rooms = new RoomRegistry();
  const media = {
    setView: (_: unknown, id: string, { tiles }: View) => shown.push([id, tiles]),
    disconnect: () => {},
  } as unknown as MediaPort;
  const ports = {
    rooms,
    media,
    markUsed: () => {},
    views: new Map(),
    groupQuotas: new Map(),
    emit: (event: BusinessEvent) => emitted.push(event),
  } as unknown as ParticipationPorts;
  rooms.listen((event, room) => followRoom(ports, event, room));
  const room = rooms.open(meetingId, beginning(DIRECT_RULES));
  const enter = (id: ParticipantId) => room.handle(enterRoom(id, { role: 'member' }));
  for (const id of [ada, bob]) {
    enter(id);
    setView(ports, place(id), view);
  }
  for (const now of [1_000, 3_000]) room.handle({ type: 'expire', now });
  shown.length = 0;
  return { ports, shown, emitted, enter };
}

function place(participantId: ParticipantId) {
  return { meetingId, participantId, resumeToken: '', waits: false };
}

function report(ports: ParticipationPorts, id: ParticipantId, offerId: number, what: 'flowing' | 'failed') {
  reportDirectPath(ports, place(id), { type: 'direct-report', request: 1, offerId, report: what });
}

test('whoever receives directly is shown nothing by the media plane, whatever they look at, and everything after it', () => {
  const { ports, shown, enter } = twoPeople();
  report(ports, ada, 1, 'flowing');
  expect(shown.splice(0)).toEqual([[ada, 0]]);
  setView(ports, place(ada), { ...view, tiles: 4 });
  expect(shown.splice(0)).toEqual([[ada, 0]]);
  enter(cid);
  expect(shown).toEqual([[ada, 4]]);
});

test('every refusal is on record', () => {
  const { ports, emitted } = twoPeople();
  const late = () => report(ports, ada, 7, 'flowing');
  expect(late).toThrow();
  const message = { type: 'direct-signal', request: 1, offerId: 1 } as const;
  const signal = { kind: 'description', type: 'answer', sdp: 'v=0' } as const;
  expect(() => relayDirectSignal(ports, place(ada), { ...message, signal })).toThrow();
  expect(emitted.slice(-2)).toEqual([
    { event: 'request.refused', surface: 'signal', code: 'direct.not_offered' },
    { event: 'request.refused', surface: 'signal', code: 'protocol.order' },
  ]);
});

test('a path is on record from its offer to its end, and so is each word on it', () => {
  const { ports, emitted } = twoPeople();
  for (const id of [ada, bob]) report(ports, id, 1, 'flowing');
  agreeToDirectPath(ports, place(bob), { type: 'direct-consent', request: 1, agreed: false });
  expect(emitted.filter(({ event }) => event.startsWith('direct.'))).toEqual([
    { event: 'direct.offered', meetingId },
    { event: 'direct.established', meetingId },
    { event: 'direct.consent', meetingId, participantId: bob, agreed: false },
    { event: 'direct.ended', meetingId, reason: 'consent' },
  ]);
});
