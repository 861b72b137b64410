import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { asChromium } from './harness/chromium.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { audible, hear, toneLevels } from './harness/media.ts';
import { patienceMs } from './harness/page.ts';
import { waitFor } from './harness/waitFor.ts';
import { goOnceAsked } from './in-page/goOnceAsked.ts';
import { shownCodes } from './in-page/shownCodes.ts';

// A host and three guests, two rooms. The tests follow each other as the people in the meeting would. What is heard shows who
// is with whom: pictures of four browsers at once are more than two cores encode.
let call: Call;
let olivia: Member;
let gus: Member;
let fay: Member;
let bea: Member;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner({ camera: false });
  [gus, fay, bea] = await Promise.all([
    call.joinAsGuest('chromium', { name: 'Gus', tone: 700, camera: false }),
    call.joinAsGuest('firefox', { name: 'Fay', tone: 1_150, camera: false }),
    call.joinAsGuest('chromium', { name: 'Bea', tone: 1_900, camera: false }),
  ]);
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

async function openPanel(): Promise<void> {
  await olivia.page.click('button', 'Keep order');
  await olivia.page.click('button', 'Breakout rooms…');
  await olivia.page.see('dialog', 'Breakout rooms');
}

async function put(name: string, place: string): Promise<void> {
  await asChromium(olivia.page).playwright.getByLabel(`Where ${name} is`).selectOption({ label: place });
}

async function expectSilent({ page }: Member, people: readonly Member[]): Promise<void> {
  const persons = people.map(({ person }) => person);
  await waitFor(
    'silence',
    async () => (await toneLevels(page, persons)).every((level) => level < audible / 4),
    { withinMs: 20_000 },
  );
}

/** Goes into the room as soon as the page asks. */
async function goWhenAsked({ page }: Member, room: string): Promise<void> {
  await page.evaluate(goOnceAsked, { text: `You are asked into ${room}.`, withinMs: patienceMs });
}

/** In the room that is shown, once it is agreed on. */
async function roomCode({ page }: Member): Promise<string> {
  await page.click('button', 'End-to-end encrypted');
  return await waitFor(
    'the room code',
    async () => {
      const { room, digits } = await page.evaluate(shownCodes, null);
      return room === 'known' ? (digits[0] ?? null) : null;
    },
    { withinMs: patienceMs },
  );
}

test('a host opens two rooms; one is asked there, goes at once or by oneself, and nobody speaks unawares', async () => {
  await hear(olivia.page, [gus.person, fay.person, bea.person], { withinMs: 40_000 });
  await openPanel();
  await asChromium(olivia.page).playwright.getByLabel('Who goes where').selectOption({ label: 'I choose' });
  for (const [name, place] of [
    ['Gus', 'Room 1'],
    ['Fay', 'Room 1'],
    ['Bea', 'Room 2'],
  ] as const)
    await put(name, place);
  expect(await inspect(olivia.page, 'breakout-open')).toEqual([]);
  // The question stands for five seconds, which a busy machine may take to look: the pages wait for it themselves.
  const asked = Promise.all([goWhenAsked(gus, 'Room 1'), goWhenAsked(bea, 'Room 2')]);
  await olivia.page.click('button', 'Open the rooms');
  await asked;
  await textAppears(fay.page, 'You have been moved. Your microphone is off.');
  for (const { page } of [gus, fay, bea]) await page.see('button', 'Back to the meeting');
  await fay.page.click('button', 'Turn on microphone');
}, 150_000);

test('each room has its own code, and what is said and shown in it stays in it', async () => {
  await openPanel();
  await asChromium(olivia.page)
    .playwright.getByRole('region', { name: 'Room 2' })
    .getByRole('button', { name: 'Go there' })
    .click();
  await hear(olivia.page, [bea.person], { withinMs: 30_000 });
  await hear(bea.page, [olivia.person], { withinMs: 30_000 });
  await Promise.all([
    hear(gus.page, [fay.person], { withinMs: 30_000 }),
    hear(fay.page, [gus.person], { withinMs: 30_000 }),
  ]);
  await expectSilent(gus, [bea, olivia]);
  await expectSilent(bea, [gus, fay]);
  const [ofGus, ofFay, ofBea, ofOlivia] = await Promise.all([gus, fay, bea, olivia].map(roomCode));
  expect(ofFay).toBe(ofGus);
  expect(ofOlivia).toBe(ofBea);
  expect(ofBea).not.toBe(ofGus);
  expect(await inspect(gus.page, 'breakout-inside')).toEqual([]);
}, 120_000);

test('a host speaks to all rooms, and sees who asks for help', async () => {
  await gus.page.click('button', 'Ask a host for help');
  await textAppears(olivia.page, 'Gus asks for help in Room 1.');
  await openPanel();
  await olivia.page.fill('Say to all rooms', 'Five more minutes');
  await olivia.page.click('button', 'Send');
  for (const { page } of [gus, fay, bea]) await textAppears(page, 'Five more minutes');
  await gus.page.click('button', 'Chat, 1 unread message');
  await textAppears(gus.page, 'Five more minutes', '[role="log"]');
  expect(await inspect(olivia.page, 'breakout-lead')).toEqual([]);
}, 120_000);

test('a reload comes back into the room, and closing brings everybody back together', async () => {
  await bea.page.reload();
  await bea.page.see('button', 'Back to the meeting');
  await hear(olivia.page, [bea.person], { withinMs: 30_000 });
  await olivia.page.click('button', 'Close now');
  for (const { page } of [gus, fay, bea]) {
    await textAppears(page, 'You have been moved. Your microphone is off.');
    await page.click('button', 'Turn on microphone');
  }
  await hear(olivia.page, [gus.person, fay.person, bea.person], { withinMs: 40_000 });
  await hear(bea.page, [gus.person, fay.person], { withinMs: 40_000 });
}, 120_000);
