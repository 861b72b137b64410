import type { ServerMessageOf, Slot } from '@conclave/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { hear, others, seeMoving } from './harness/media.ts';
import { Stranger, secretsOf } from './harness/Stranger.ts';
import { join } from './harness/steps.ts';
import { type Tampering, tamperWith } from './harness/tamper.ts';
import { waitFor } from './harness/waitFor.ts';
import { mediaStats } from './in-page/mediaStats.ts';
import { visibleText } from './in-page/visibleText.ts';

// Vera's server means ill, and two others do not know. The tests follow each other.
const patience = 60_000;
let call: Call;
let olivia: Member;
let bob: Member;
let vera: Member;
let server: Tampering;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner();
  bob = await call.joinAsGuest('chromium', { name: 'Bob', tone: 700 });
  vera = await call.arrive('chromium', { name: 'Vera', tone: 1_150 });
  server = await tamperWith(vera.page);
}, 240_000);
afterAll(() => call?.[Symbol.asyncDispose]());

const cameraSlots = (slots: readonly Slot[]) =>
  slots.filter(({ use, participantId }) => use === 'video-slot' && participantId !== null);

/** The server says of each picture that it is the other one's. */
function swapped(message: ServerMessageOf<'slots'>): ServerMessageOf<'slots'> {
  const [one, other] = cameraSlots(message.slots);
  if (one === undefined || other === undefined) return message;
  const partner = new Map([
    [one.mid, other.participantId],
    [other.mid, one.participantId],
  ]);
  const slots = message.slots.map((slot) => ({
    ...slot,
    participantId: partner.get(slot.mid) ?? slot.participantId,
  }));
  return { ...message, slots };
}

test("swapping two people's pictures: neither is shown under the other one's name, and both are when it ends", async () => {
  server.lie = (message) => [message.type === 'slots' ? swapped(message) : message];
  await join(vera.page, call.link, { name: 'Vera' });
  const both = () =>
    server.told.findLast((one) => one.type === 'slots' && cameraSlots(one.slots).length === 2);
  await waitFor('both in a slot', async () => both() !== undefined, { withinMs: patience });
  // Pictures come and are decrypted: it is for what is known of them that they are not shown.
  await waitFor(
    'pictures that are decoded',
    async () => (await vera.page.evaluate(mediaStats, null)).framesDecoded > 50,
    { withinMs: patience },
  );
  expect((await others(vera.page, 'camera')).filter(({ pixels }) => pixels !== null)).toEqual([]);
  expect(await vera.page.evaluate(visibleText, null)).toContain('Bob');
  await vera.page.screenshot('/tmp/hostile-swapped.png');
  server.lie = (message) => [message];
  const honest = both();
  if (honest !== undefined) server.say(honest);
  await seeMoving(vera.page, 'camera', 2, { withinMs: patience });
}, 200_000);

test('a ghost in the list of people gets no tile and no line, in any of the lists', async () => {
  const ghost = {
    id: 'GhostGhostGhost0',
    name: 'Ghost of the server',
    role: 'host',
    sources: { microphone: true, camera: true, screen: true, screenAudio: false },
    connected: true,
    joinedAt: new Date().toISOString(),
  };
  server.say({ type: 'participant-joined', participant: ghost } as never);
  await vera.page.click('button', 'People');
  await waitFor('the people', async () => (await vera.page.evaluate(visibleText, null)).includes('Olivia'), {
    withinMs: patience,
  });
  // What is said after it has come.
  const heard = server.told.length;
  await bob.page.click('button', 'Turn off microphone');
  await waitFor(
    'the next word',
    async () => server.told.slice(heard).some(({ type }) => type === 'participant-changed'),
    {
      withinMs: patience,
    },
  );
  const text = await vera.page.evaluate(visibleText, null);
  expect(text).toContain('Bob');
  expect(text).not.toContain('Ghost');
  await bob.page.click('button', 'Turn on microphone');
  await hear(vera.page, [bob.person], { withinMs: patience });
  await vera.page.click('button', 'People');
}, 200_000);

test('plain pictures and plain sound from the media server are not rendered, whoever is said to send them', async () => {
  const { meetingId, secret } = await secretsOf(call.link);
  const { framesDecoded } = await olivia.page.evaluate(mediaStats, null);
  using stranger = await Stranger.join(call.product.origin, meetingId, secret.proof, 'Intruder');
  stranger.send();
  // There are slots for as many as Vera knows of: one becomes free.
  await bob.page.click('button', 'Turn off camera');
  for (const use of ['audio-slot', 'video-slot'] as const)
    await waitFor(
      `the stranger in one of Vera's: ${use}`,
      async () =>
        server.told.some((message) => message.type === 'slots' && holds(message.slots, use, stranger.id)),
      { withinMs: patience },
    );
  const { videoPacketsReceived, audioPacketsReceived } = await vera.page.evaluate(mediaStats, null);
  await waitFor(
    'more packets',
    async () => {
      const now = await vera.page.evaluate(mediaStats, null);
      return (
        now.videoPacketsReceived > videoPacketsReceived + 100 &&
        now.audioPacketsReceived > audioPacketsReceived + 100
      );
    },
    { withinMs: patience },
  );
  for (const { page } of [olivia, bob, vera]) {
    const videos = await others(page, 'camera');
    expect(videos.filter(({ participantId }) => participantId === stranger.id)).toEqual([]);
    expect(await page.evaluate(visibleText, null)).not.toContain('Intruder');
  }
  // The others are seen and heard as before.
  await waitFor(
    'more of the others',
    async () => (await olivia.page.evaluate(mediaStats, null)).framesDecoded > framesDecoded + 50,
    { withinMs: patience },
  );
  await hear(vera.page, [bob.person, olivia.person], { withinMs: patience });
  await vera.page.screenshot('/tmp/hostile-stranger.png');
}, 240_000);

function holds(slots: readonly Slot[], use: Slot['use'], id: string): boolean {
  return slots.some(
    (slot) => slot.use === use && slot.participantId === id && (use === 'audio-slot' || slot.layer !== null),
  );
}
