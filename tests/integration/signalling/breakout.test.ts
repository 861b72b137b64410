import { PassThrough } from 'node:stream';
import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import {
  type BreakoutModeration,
  LIMITS,
  MeetingId,
  type Moderation,
  NO_SOURCES,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
} from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findMeeting, insertMeeting } from '../../../apps/server/src/storage/repositories/meetings.ts';
import { ApiClient } from '../../dev-env/ApiClient.ts';
import { addMember } from '../../dev-env/addMember.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { makeMeeting } from '../../dev-env/meetings.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

let meeting: RunningMeeting;
let memberCookie: string;
const log = new PassThrough();
let logged = '';
log.on('data', (data: Buffer) => {
  logged += data.toString();
});
let now = Date.now();
beforeAll(async () => {
  meeting = await bootMeeting({ log: { level: 'info' } }, { logInto: log, clock: () => now });
  memberCookie = (await addMember(meeting.server)).client.cookie ?? '';
});
afterAll(async () => {
  await meeting[Symbol.asyncDispose]();
});

const all = { microphone: true, camera: true, screen: true, screenAudio: true };

interface Person extends Disposable {
  readonly client: SignalClient;
  readonly id: string;
  readonly joined: ServerMessageOf<'joined'>;
  readonly cookie: string;
}

/** Each with a browser of their own. */
async function come(room: MadeMeeting, signedIn = '', name = 'Gwen'): Promise<Person> {
  const cookie = [signedIn, visitorCookie()].filter((part) => part !== '').join('; ');
  const client = await SignalClient.open(meeting.origin, { cookie });
  const who = { meetingId: room.id, proof: room.proof, name, ...groupEntry() };
  const joined = await client.ask({ type: 'join', version: PROTOCOL_VERSION, ...who });
  if (joined.type !== 'joined') throw new Error(JSON.stringify(joined));
  return { client, id: joined.self, joined, cookie, [Symbol.dispose]: () => client[Symbol.dispose]() };
}

let browsers = 0;
function visitorCookie(): string {
  const token = Buffer.alloc(32, ++browsers).toString('base64url');
  return `__Host-conclave-visitor=${token}`;
}

const moderate = (client: SignalClient, moderation: BreakoutModeration | Moderation) =>
  client.ask({ type: 'moderate', moderation });

type Opening = Extract<BreakoutModeration, { action: 'open-rooms' }>;

/**
 * A host, a member and a guest; the member is asked into the first room, the guest into the second one, unless people choose
 * for themselves.
 */
async function open({ choice = false, minutes = null }: Partial<Pick<Opening, 'choice' | 'minutes'>> = {}) {
  const room = await meeting.makeMeeting();
  const host = await come(room, meeting.ownerCookie);
  const member = await come(room, memberCookie);
  const guest = await come(room);
  const answer = await moderate(host.client, {
    action: 'open-rooms',
    names: ['Red', null],
    choice,
    assigned: choice
      ? []
      : [
          { participantId: member.joined.self, room: 0 },
          { participantId: guest.joined.self, room: 1 },
        ],
    minutes,
  });
  expect(answer).toMatchObject({ type: 'ok' });
  const { breakout } = await host.client.hear(isBreakout);
  const [red, second] = breakout?.rooms.map(({ id }) => id) ?? [];
  if (red === undefined || second === undefined) throw new Error('No rooms were told.');
  return { room, host, member, guest, red, second };
}

const viewOf = (message: ServerMessage) => (message.type === 'breakout' ? message.breakout : null);

function isBreakout(message: ServerMessage): message is ServerMessageOf<'breakout'> {
  return message.type === 'breakout' && message.breakout !== null;
}

async function ticketFor({ client }: Person, roomId: string): Promise<string> {
  const answer = await client.ask({ type: 'breakout-ticket', roomId });
  if (answer.type !== 'breakout-ticket') throw new Error(JSON.stringify(answer));
  return answer.ticket;
}

async function show(ticket: string, roomId: string, cookie: string) {
  const { participantId, keyPackage } = groupEntry();
  const client = await SignalClient.open(meeting.origin, { cookie });
  const who = { version: PROTOCOL_VERSION, meetingId: roomId, ticket, participantId, keyPackage };
  const answer = await client.ask({ type: 'join-breakout', ...who });
  return { client, answer };
}

async function visit(person: Person, roomId: string) {
  const { client, answer } = await show(await ticketFor(person, roomId), roomId, person.cookie);
  if (answer.type !== 'joined') throw new Error(JSON.stringify(answer));
  return { client, joined: answer };
}

const codeOf = (answer: ServerMessage) => (answer.type === 'error' ? answer.code : answer.type);
const refusals = (code: string) => logged.split(`"code":"${code}"`).length - 1;

test('each gets into the room that they are asked into, where there are other ids and another group', async () => {
  const { host, member, guest, red, second } = await open();
  const inRed = await visit(member, red);
  expect(inRed.joined).toMatchObject({
    meeting: { id: red, title: 'Red' },
    breakout: null,
    lobby: [],
    allowed: all,
    participants: [{ name: member.joined.participants.find(({ id }) => id === member.id)?.name }],
  });
  expect(inRed.joined.self).not.toBe(member.id);
  const inSecond = await visit(guest, second);
  expect(inSecond.joined.participants).toHaveLength(1);
  const groups = [host.joined, inRed.joined, inSecond.joined].map(({ group }) => group.groupId);
  expect(new Set(groups).size).toBe(3);
  const visiting = await visit(host, red);
  expect(visiting.joined.participants).toHaveLength(2);
  expect(visiting.joined.participants.find(({ id }) => id === visiting.joined.self)).toMatchObject({
    role: 'host',
  });
  // In the meeting their people list says where they are, and that they send nothing there.
  await guest.client.hear(
    (message) =>
      message.type === 'participant-changed' &&
      message.participant.id === member.id &&
      message.participant.breakoutRoom === red,
  );
  await member.client.hear((message) => message.type === 'allowed' && !message.allowed.microphone);
});

test('a ticket is refused that is made up, used, stale, of another room or of another person; and it is on record', async () => {
  const { member, guest, red, second } = await open();
  const before = refusals('breakout.ticket_invalid');
  const forged = Buffer.alloc(32, 7).toString('base64url');
  expect(codeOf((await show(forged, red, member.cookie)).answer)).toBe('breakout.ticket_invalid');
  const ticket = await ticketFor(member, red);
  expect(codeOf((await show(ticket, second, member.cookie)).answer)).toBe('breakout.ticket_invalid');
  // Stolen: by a guest of the meeting, by a stranger, by the same account in another sign-in.
  for (const cookie of [guest.cookie, visitorCookie(), `${await meeting.signIn()}; ${visitorCookie()}`])
    expect(codeOf((await show(ticket, red, cookie)).answer)).toBe('breakout.ticket_invalid');
  const guests = await ticketFor(guest, second);
  expect(codeOf((await show(guests, second, visitorCookie())).answer)).toBe('breakout.ticket_invalid');
  expect(codeOf((await show(ticket, red, member.cookie)).answer)).toBe('joined');
  expect(codeOf((await show(ticket, red, member.cookie)).answer)).toBe('breakout.ticket_invalid');
  now += LIMITS.breakoutTicketMs;
  expect(codeOf((await show(guests, second, guest.cookie)).answer)).toBe('breakout.ticket_invalid');
  await expect.poll(() => refusals('breakout.ticket_invalid') - before).toBe(8);
});

test('a breakout room is not an address: neither the passcode nor a room’s id leads in, nor does the page know it', async () => {
  const { room, member, red } = await open();
  const ask = async (message: Record<string, unknown>) => {
    const client = await SignalClient.open(meeting.origin, { cookie: member.cookie });
    return codeOf(await client.ask({ version: PROTOCOL_VERSION, meetingId: red, ...message }));
  };
  const entry = { name: 'Gwen', ...groupEntry() };
  expect(await ask({ type: 'join', proof: room.proof, ...entry })).toBe('meeting.not_found');
  const kept = { kind: 'new', keyPackage: entry.keyPackage };
  const token = member.joined.resumeToken;
  expect(await ask({ type: 'resume', token, group: kept })).toBe('resume.unknown');
  const { participantId, keyPackage } = groupEntry();
  const elsewhere = await ask({
    type: 'join-breakout',
    meetingId: room.id,
    ticket: token,
    participantId,
    keyPackage,
  });
  expect(elsewhere).toBe('breakout.not_open');
});

test('nobody without the control orders anything, or gets a ticket for where they are not asked: refused and on record', async () => {
  const { member, guest, red, second } = await open();
  const before = refusals('meeting.not_allowed');
  const orders: BreakoutModeration[] = [
    { action: 'open-rooms', names: [null, null], choice: true, assigned: [], minutes: null },
    { action: 'assign-room', participantId: member.joined.self, roomId: null },
    { action: 'time-rooms', minutes: 1 },
    { action: 'close-rooms', now: true },
  ];
  for (const { client } of [member, guest])
    for (const order of orders) expect(codeOf(await moderate(client, order))).toBe('meeting.not_allowed');
  await expect.poll(() => refusals('meeting.not_allowed') - before).toBe(2 * orders.length);
  for (const [person, roomId] of [
    [member, second],
    [guest, red],
  ] as const) {
    const answer = await person.client.ask({ type: 'breakout-ticket', roomId });
    expect(codeOf(answer)).toBe('breakout.not_assigned');
  }
  const inRed = await visit(member, red);
  const inside: BreakoutModeration = { action: 'close-rooms', now: true };
  expect(codeOf(await moderate(inRed.client, inside))).toBe('protocol.order');
  expect(codeOf(await inRed.client.ask({ type: 'breakout-ticket', roomId: red }))).toBe('breakout.not_open');
});

test('whoever is in a breakout room has no media in the meeting, whatever they ask for, and has it again when back', async () => {
  const { member, red } = await open();
  const inRed = await visit(member, red);
  const offer = { type: 'offer', sdp: 'v=0', lines: [{ mid: '0', use: 'microphone' }] };
  expect(codeOf(await member.client.ask(offer))).toBe('breakout.away');
  expect(await member.client.ask({ type: 'sources', sources: all })).toMatchObject({ type: 'ok' });
  const own = member.client.heard.findLast(
    (message) => message.type === 'participant-changed' && message.participant.id === member.id,
  );
  expect(own).toMatchObject({ participant: { sources: NO_SOURCES, allowed: NO_SOURCES } });
  expect(await member.client.ask({ type: 'breakout-leave' })).toMatchObject({ type: 'ok' });
  expect(await inRed.client.hear(isEnded)).toMatchObject({ reason: 'moved' });
  await member.client.hear((message) => message.type === 'allowed' && message.allowed.microphone);
  expect(codeOf(await member.client.ask(offer))).toBe('media.offer_invalid');
});

test('whoever leaves the meeting, is removed, or is asked elsewhere is out of the room; removal there is removal here', async () => {
  const { room, host, member, guest, red, second } = await open();
  const inRed = await visit(member, red);
  const inSecond = await visit(guest, second);
  const participantId = guest.joined.self;
  const asked: BreakoutModeration = { action: 'assign-room', participantId, roomId: host.joined.meeting.id };
  expect(codeOf(await moderate(host.client, asked))).toBe('breakout.not_open');
  const hostInSecond = await visit(host, second);
  // By the id that the guest has in the room.
  const stayId = inSecond.joined.self;
  const removal: Moderation = { action: 'remove', participantId: stayId, ban: false };
  expect(codeOf(await moderate(hostInSecond.client, removal))).toBe('ok');
  expect(await inSecond.client.hear(isEnded)).toMatchObject({ reason: 'removed' });
  expect(await guest.client.hear(isEnded)).toMatchObject({ reason: 'removed', by: meeting.ownerName });
  const again = { meetingId: room.id, proof: room.proof, name: 'Gwen', ...groupEntry() };
  const back = await SignalClient.open(meeting.origin, { cookie: guest.cookie });
  expect(codeOf(await back.ask({ type: 'join', version: PROTOCOL_VERSION, ...again }))).toBe(
    'meeting.banned',
  );
  // Nobody does that to others without the control, by whichever socket.
  const theirs: Moderation = { action: 'remove', participantId: hostInSecond.joined.self, ban: false };
  expect(codeOf(await moderate(inRed.client, theirs))).toBe('meeting.not_allowed');
  await member.client.ask({ type: 'leave' });
  expect(await inRed.client.hear(isEnded)).toMatchObject({ reason: 'left' });
});

test('what is held in the meeting is held in its rooms, before and after coming into one', async () => {
  const { host, member, guest, red, second } = await open();
  const hold = (microphone: boolean): Moderation => ({
    action: 'hold',
    sources: ['microphone'],
    whom: { who: 'all', except: [] },
    held: microphone,
  });
  const inRed = await visit(member, red);
  expect(codeOf(await moderate(host.client, hold(true)))).toBe('ok');
  await inRed.client.hear((message) => message.type === 'allowed' && !message.allowed.microphone);
  const inSecond = await visit(guest, second);
  expect(inSecond.joined.allowed).toMatchObject({ microphone: false, camera: true });
  expect(inSecond.joined.orders.held.microphone).toBe(true);
  const alone: Moderation = {
    action: 'hold',
    sources: ['camera'],
    whom: { who: 'some', participantIds: [member.joined.self] },
    held: true,
  };
  expect(codeOf(await moderate(host.client, alone))).toBe('ok');
  await inRed.client.hear((message) => message.type === 'allowed' && !message.allowed.camera);
});

test('where people choose themselves, each goes into a room and on into another one; who leads is told where, others are not', async () => {
  const { room, host, member, guest, red, second } = await open({ choice: true });
  const first = await guest.client.hear(isBreakout);
  expect(first.breakout).toMatchObject({ choice: true, own: null, assigned: [], endsInMs: null });
  const inRed = await visit(guest, red);
  await guest.client.hear((message) => viewOf(message)?.own === red);
  const inSecond = await visit(guest, second);
  expect(inSecond.joined.participants).toHaveLength(1);
  expect(await inRed.client.hear(isEnded)).toMatchObject({ reason: 'moved' });
  await guest.client.hear((message) => viewOf(message)?.own === second);
  const where = [{ participantId: guest.id, roomId: second }];
  await host.client.hear(
    (message) => JSON.stringify(viewOf(message)?.assigned ?? []) === JSON.stringify(where),
  );
  expect(member.client.heard.map(viewOf).filter((view) => view !== null && view.assigned.length > 0)).toEqual(
    [],
  );
  // Of the rooms that there are: no other id leads anywhere.
  expect(codeOf(await member.client.ask({ type: 'breakout-ticket', roomId: room.id }))).toBe(
    'breakout.not_open',
  );
  const late = await come(room);
  expect(late.joined.breakout).toMatchObject({ choice: true, own: null, assigned: [] });
  expect((await visit(late, second)).joined.participants).toHaveLength(2);
  // A host moves people all the same, and what they have chosen is out of use with it.
  const ticket = await ticketFor(late, red);
  const asked: BreakoutModeration = { action: 'assign-room', participantId: guest.joined.self, roomId: null };
  expect(codeOf(await moderate(host.client, asked))).toBe('ok');
  expect(await inSecond.client.hear(isEnded)).toMatchObject({ reason: 'moved' });
  expect(codeOf((await show(ticket, red, guest.cookie)).answer)).toBe('breakout.ticket_invalid');
  expect(codeOf((await show(ticket, red, late.cookie)).answer)).toBe('joined');
});

test('when their time is over the rooms close by themselves, and not before; a time that is changed counts from then', async () => {
  const { room, host, member, guest, red } = await open({ minutes: 1 });
  expect((await member.client.hear(isBreakout)).breakout).toMatchObject({ endsInMs: 60_000, closing: false });
  const inRed = await visit(member, red);
  now += 20_000;
  expect((await come(room)).joined.breakout).toMatchObject({ endsInMs: 40_000 });
  expect(codeOf(await moderate(host.client, { action: 'time-rooms', minutes: 2 }))).toBe('ok');
  await member.client.hear((message) => viewOf(message)?.endsInMs === 120_000);
  // That the guest is given up shows that the server has looked at the time, which is beyond the first one.
  guest.client.cut();
  await host.client.hear(
    (message) =>
      message.type === 'participant-changed' &&
      message.participant.id === guest.id &&
      !message.participant.connected,
  );
  now += 119_999;
  await host.client.hear(
    (message) => message.type === 'participant-left' && message.participantId === guest.id,
  );
  expect(inRed.client.heard.filter(isEnded)).toEqual([]);
  expect((await visit(host, red)).joined.participants).toHaveLength(2);
  now += 1;
  expect(await inRed.client.hear(isEnded)).toMatchObject({ reason: 'moved' });
  await member.client.hear((message) => message.type === 'breakout' && message.breakout === null);
  await member.client.hear((message) => message.type === 'allowed' && message.allowed.microphone);
  expect(codeOf(await member.client.ask({ type: 'breakout-ticket', roomId: red }))).toBe('breakout.not_open');
  expect((await come(room)).joined.breakout).toBeNull();
});

test('a lost socket comes back into both; closing brings everybody back and ends what the rooms were', async () => {
  const { room, host, member, red } = await open();
  const inRed = await visit(member, red);
  inRed.client.cut();
  member.client.cut();
  const group = { kind: 'new', keyPackage: groupEntry().keyPackage };
  const resume = async (meetingId: string, token: string) => {
    const client = await SignalClient.open(meeting.origin, { cookie: member.cookie });
    const answer = await client.ask({ type: 'resume', version: PROTOCOL_VERSION, meetingId, token, group });
    return { client, answer };
  };
  const back = await resume(room.id, member.joined.resumeToken);
  expect(back.answer).toMatchObject({ type: 'joined', breakout: { own: red }, allowed: NO_SOURCES });
  const backInRed = await resume(red, inRed.joined.resumeToken);
  expect(backInRed.answer).toMatchObject({ type: 'joined', allowed: all });
  const notice: BreakoutModeration = { action: 'close-rooms', now: false };
  expect(codeOf(await moderate(host.client, notice))).toBe('ok');
  await back.client.hear((message) => isBreakout(message) && message.breakout?.closing === true);
  expect(codeOf(await back.client.ask({ type: 'breakout-ticket', roomId: red }))).toBe('breakout.not_open');
  now += LIMITS.breakoutNoticeMs;
  expect(await backInRed.client.hear(isEnded)).toMatchObject({ reason: 'moved' });
  await back.client.hear((message) => message.type === 'breakout' && message.breakout === null);
  expect(codeOf(await back.client.ask({ type: 'breakout-ticket', roomId: red }))).toBe('breakout.not_open');
  const late = await resume(red, inRed.joined.resumeToken);
  expect(codeOf(late.answer)).toBe('resume.unknown');
});

function isEnded(message: ServerMessage): message is ServerMessageOf<'ended'> {
  return message.type === 'ended';
}

test('whoever gives a meeting or a test call of their own the id of a breakout room does not come in by it, nor end it', async () => {
  const { guest, red, second, member } = await open();
  using inRed = (await show(await ticketFor(member, red), red, member.cookie)).client;
  const secret = await deriveMeetingSecret(red, makePasscode());
  const verifier = toBase64Url(await verifierOf(secret));
  const own = new ApiClient(meeting.origin);
  own.cookie = memberCookie;
  // Rooms that somebody is in, and rooms that nobody has gone to yet.
  for (const id of [red, second]) {
    expect((await own.call('createTestCall', { body: { id, verifier } })).code).toBe('request.invalid');
    expect((await own.call('createMeeting', { body: makeMeeting({ id, verifier }) })).code).toBe(
      'request.invalid',
    );
  }
  // Were one kept all the same, its passcode would lead nowhere, and what becomes of it does not concern the room.
  const { db } = meeting.server.context.database;
  const row = await findMeeting(db, MeetingId.parse(guest.joined.meeting.id));
  if (row === null) throw new Error('The meeting is not kept.');
  await insertMeeting(db, {
    ...row,
    id: MeetingId.parse(red),
    verifier: Buffer.from(verifier, 'base64url'),
  });
  using intruder = await SignalClient.open(meeting.origin);
  const who = { meetingId: red, proof: toBase64Url(secret.proof), name: 'Mallory', ...groupEntry() };
  expect(await intruder.ask({ type: 'join', version: PROTOCOL_VERSION, ...who })).toMatchObject({
    code: 'meeting.not_found',
  });
  await meeting.deleteMeeting(red);
  const back = await show(await ticketFor(guest, second), second, guest.cookie);
  using _back = back.client;
  expect(back.answer).toMatchObject({ type: 'joined' });
  expect(inRed.heard.some(({ type }) => type === 'ended')).toBe(false);
});
