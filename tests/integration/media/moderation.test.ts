import { setTimeout as sleep } from 'node:timers/promises';
import { type Moderation, PROTOCOL_VERSION } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { clock } from '../../load/clock.ts';
import { LoadParticipant } from '../../load/LoadParticipant.ts';
import { bootMeeting, type MadeMeeting, type RunningMeeting } from '../signalling/bootMeeting.ts';
import { SignalClient } from '../signalling/SignalClient.ts';

// Gwen's client does what no honest one does: it goes on sending whatever the host says. What counts is what arrives at Rob.

const quietMs = 400;
let meeting: RunningMeeting;
beforeAll(async () => {
  meeting = await bootMeeting({ media: { workers: 1, announcedAddresses: ['127.0.0.1'] } });
}, 90_000);
afterAll(() => meeting[Symbol.asyncDispose]());

async function threePeople() {
  await using opened = new AsyncDisposableStack();
  const room = await meeting.makeMeeting();
  const { id: meetingId, proof } = room;
  const { origin } = meeting;
  const load = { origin, meetingId, proof, visible: 1, framesPerSecond: 10 };
  const host = opened.use(await enterAsHost(room));
  const person = { camera: true, microphone: true };
  const gwen = opened.use(await LoadParticipant.join(load, { index: 1, ...person, measures: false }));
  const rob = opened.use(await LoadParticipant.join(load, { index: 2, ...person, measures: true }));
  let time = 0;
  const speaking = setInterval(() => {
    gwen.speak(true);
    if (time % 5 === 0) gwen.show(Math.round(time * 20 * 90));
    time++;
  }, 20);
  opened.defer(() => clearInterval(speaking));
  const lifetime = opened.move();
  const order = async (moderation: Moderation) => {
    const asked = clock();
    expect(await host.ask({ type: 'moderate', moderation })).toMatchObject({ type: 'ok' });
    return asked;
  };
  return { gwen, rob, order, [Symbol.asyncDispose]: () => lifetime.disposeAsync() };
}

async function enterAsHost({ id: meetingId, proof }: MadeMeeting): Promise<SignalClient> {
  const client = await SignalClient.open(meeting.origin, { cookie: meeting.ownerCookie });
  const join = { type: 'join', version: PROTOCOL_VERSION, meetingId, proof, name: 'Ada', ...groupEntry() };
  expect(await client.ask(join)).toMatchObject({ type: 'joined' });
  return client;
}

async function untilHeard(rob: LoadParticipant): Promise<void> {
  while (rob.take().packets === 0) await sleep(20);
}

/** Waits until nothing has come for a while. @returns when the last packet came, by `clock` */
async function untilQuiet(rob: LoadParticipant): Promise<number> {
  let last = clock();
  while (clock() - last < quietMs) {
    await sleep(5);
    if (rob.take().packets > 0) last = clock();
  }
  return last;
}

const all = { who: 'all', except: [] } as const;
const both: Moderation = { action: 'stop', sources: ['microphone', 'camera'], whom: { ...all, except: [] } };

test.each<[string, (id: string) => Moderation]>([
  ['stopped', () => both],
  ['held', () => ({ ...both, action: 'hold', held: true })],
  ['removed', (id) => ({ action: 'remove', participantId: id as never, ban: false })],
  ['secured from', () => ({ action: 'secure' })],
])('of somebody who was %s nothing comes through, however much they send', async (what, orderFor) => {
  await using people = await threePeople();
  const { gwen, rob, order } = people;
  await untilHeard(rob);
  const asked = await order(orderFor(gwen.id));
  const last = await untilQuiet(rob);
  console.log(`${what}: the last packet came ${Math.round(last - asked)} ms after the word`);
  rob.take();
  await sleep(1_000);
  expect(rob.take().packets).toBe(0);
});
