import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { hear, others, seeMoving } from './harness/media.ts';
import { prepareToJoin } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';

// Guests at the door, as the standard policy has it. The tests follow each other as the people would.
const told = 'You are at the door of this meeting. The host has been told.';
const nobodyThere = 'No host is in the meeting yet. You wait until one comes.';
const quiet = { camera: false, microphone: false } as const;
let call: Call;
let olivia: Member;
let gus: Member;
let tess: Member;
let uma: Member;
let vic: Member;

beforeAll(async () => {
  call = await Call.open({ CONCLAVE_MEETINGS_STRAIGHT_IN: 'organisation' });
  gus = await call.arrive('chromium', { name: 'Gus', tone: 700 });
  tess = await call.arrive('firefox', { name: 'Tess', tone: 1_150 });
  uma = await call.arrive('chromium', { name: 'Uma' });
  vic = await call.arrive('chromium', { name: 'Vic' });
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

async function knock(
  { page, person }: Member,
  devices: { camera: boolean; microphone: boolean },
): Promise<void> {
  await prepareToJoin(page, call.link, { name: person.name, ...devices });
  await page.click('button', 'Join');
}

test('a guest waits, sees their own picture and how it stands, and nothing goes out', async () => {
  await knock(gus, { camera: true, microphone: true });
  await textAppears(gus.page, nobodyThere);
  await gus.page.see('heading', 'At the door');
  await gus.page.see('button', 'Turn off camera');
  expect(await gus.page.has('button', 'People')).toBe(false);
  const connected = await gus.page.evaluate(
    () => window.__peers.filter((peer) => peer.remoteDescription !== null).length,
    null,
  );
  expect(connected).toBe(0);
  expect(await inspect(gus.page, 'waiting')).toEqual([]);
}, 120_000);

test('as soon as a host is there the guest is told so, and the host of the guest', async () => {
  olivia = await call.joinAsOwner();
  await textAppears(gus.page, told);
  await textAppears(olivia.page, 'Gus is at the door.');
  expect(await others(olivia.page, 'camera')).toEqual([]);
  await olivia.page.click('button', 'Look');
  await olivia.page.see('button', 'Admit Gus');
  await textAppears(olivia.page, 'Says so themselves');
  expect(await inspect(olivia.page, 'lobby')).toEqual([]);
}, 120_000);

test('admitted, the guest comes in by themselves, is seen and heard, and known as let in by the host', async () => {
  await olivia.page.click('button', 'Admit Gus');
  await gus.page.see('button', 'People');
  await hear(olivia.page, [gus.person], { withinMs: 40_000 });
  await hear(gus.page, [olivia.person], { withinMs: 40_000 });
  await seeMoving(olivia.page, 'camera', 1, { withinMs: 40_000 });
  await textAppears(olivia.page, 'Let in by Olivia Owner');
  expect(await olivia.page.has('button', 'Admit Gus')).toBe(false);
}, 150_000);

test('whoever is turned away is told by whom, and is not heard again at once', async () => {
  await knock(tess, quiet);
  await olivia.page.click('button', 'Turn away Tess');
  await textAppears(tess.page, 'Olivia Owner did not let you in. Your camera and microphone are off.');
  await tess.page.click('button', 'Ask to come in again');
  await tess.page.click('button', 'Join');
  await textAppears(tess.page, 'Wait a few minutes and try again.');
}, 120_000);

test('somebody who is turned away for good is on the list of those who are kept out', async () => {
  await knock(uma, quiet);
  await olivia.page.click('button', 'More about Uma, who waits');
  await olivia.page.click('menuitem', 'Turn away for good…');
  await olivia.page.click('button', 'Turn away for good');
  await textAppears(uma.page, 'Olivia Owner did not let you in.');
  await uma.page.click('button', 'Ask to come in again');
  await uma.page.click('button', 'Join');
  await textAppears(uma.page, 'A host has removed you from this meeting. You cannot come in again.');
  await olivia.page.evaluate(() => document.querySelector('details')?.setAttribute('open', ''), null);
  await olivia.page.click('button', 'Let Uma back');
}, 120_000);

test('a meeting that is locked lets nobody wait, and says so to all', async () => {
  await olivia.page.click('button', 'Keep order');
  await olivia.page.click('switch', 'Lock the meeting');
  await textAppears(gus.page, 'Olivia Owner locked the meeting.');
  await knock(vic, quiet);
  await textAppears(vic.page, 'A host has locked the meeting.');
}, 120_000);

test('whoever waits can go, and is gone from the list', async () => {
  await olivia.page.click('switch', 'Lock the meeting');
  await olivia.page.press('Escape');
  await vic.page.click('button', 'Try again');
  await vic.page.click('button', 'Join');
  await textAppears(vic.page, told);
  await olivia.page.see('button', 'Admit Vic');
  await vic.page.click('button', 'Leave');
  await textAppears(vic.page, 'You have left the meeting.');
  await waitFor('the end of the knock', async () => !(await olivia.page.has('button', 'Admit Vic')), {
    withinMs: 10_000,
  });
}, 90_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, gus, tess, uma, vic])
    expect(page.complaints(), person.name).toEqual([]);
});
