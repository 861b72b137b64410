import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { audible, hear, seeMoving, toneLevels } from './harness/media.ts';
import { prepareToJoin } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { visibleText } from './in-page/visibleText.ts';

// A host and two guests. The tests follow each other as the people in the meeting would.
let call: Call;
let olivia: Member;
let gus: Member;
let fay: Member;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner();
  gus = await call.joinAsGuest('chromium', { name: 'Gus', tone: 700 });
  fay = await call.joinAsGuest('firefox', { name: 'Fay', tone: 1_150 });
  await olivia.page.click('button', 'People');
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

/** That no audio leaves their machine, and not only that it is ignored (D16). */
async function expectNoLiveTracks({ page }: Member, kind: 'audio' | 'video'): Promise<void> {
  await waitFor(
    'the end of the tracks',
    async () =>
      (await page.evaluate(
        (one) =>
          window.__captured.filter((track) => track.kind === one && track.readyState === 'live').length,
        kind as string,
      )) === 0,
    { withinMs: 10_000 },
  );
}

async function choose(name: string, action: string): Promise<void> {
  await olivia.page.click('button', `What to do with ${name}`);
  await olivia.page.click('menuitem', action);
}

test('one person is muted: nothing is captured at theirs, they are told by whom, and can speak again', async () => {
  await hear(olivia.page, [gus.person, fay.person], { withinMs: 40_000 });
  await choose('Gus', 'Mute');
  await textAppears(gus.page, 'Olivia Owner muted you. You can turn your microphone on again.');
  await expectNoLiveTracks(gus, 'audio');
  await waitFor(
    'their silence',
    async () => {
      const [theirs = 1, other = 0] = await toneLevels(olivia.page, [gus.person, fay.person]);
      return theirs < audible / 4 && other > audible;
    },
    { withinMs: 20_000 },
  );
  await gus.page.click('button', 'Turn on microphone');
  await hear(olivia.page, [gus.person], { withinMs: 30_000 });
}, 150_000);

test('who may not unmute is told so, and may again when that is said', async () => {
  await choose('Gus', 'May not unmute');
  await textAppears(gus.page, 'Olivia Owner does not let you turn on your microphone now.');
  await expectNoLiveTracks(gus, 'audio');
  // A driver presses nothing that says that it is disabled; people do, and are told why.
  await gus.page.evaluate(
    () => document.querySelector<HTMLElement>('[aria-label="Turn on microphone"]')?.click(),
    null,
  );
  await textAppears(gus.page, 'Olivia Owner does not allow this now.');
  await expectNoLiveTracks(gus, 'audio');
  await choose('Gus', 'May unmute');
  await textAppears(gus.page, 'Olivia Owner lets you turn on your microphone.');
  await gus.page.click('button', 'Turn on microphone');
  await hear(olivia.page, [gus.person], { withinMs: 30_000 });
}, 120_000);

test('everybody is muted at once, by the keyboard', async () => {
  await olivia.page.press('Shift+M');
  for (const guest of [gus, fay]) await expectNoLiveTracks(guest, 'audio');
  await textAppears(fay.page, 'Olivia Owner muted you.');
  await olivia.page.see('button', 'Turn off microphone');
  await hear(gus.page, [olivia.person], { withinMs: 20_000 });
}, 90_000);

test('somebody who is shown large is large for all, and knows it', async () => {
  await choose('Fay', 'Show large to everybody');
  await textAppears(fay.page, 'Olivia Owner shows you large to everybody.');
  for (const { page } of [olivia, gus]) {
    await page.see('button', 'Hide the others');
  }
  await seeMoving(gus.page, 'camera', 2, { withinMs: 30_000 });
  await choose('Fay', 'No longer show large');
  await waitFor('the grid', async () => !(await gus.page.has('button', 'Hide the others')), {
    withinMs: 10_000,
  });
}, 90_000);

test('the emergency closes and stops everything in one step, and one step lifts it', async () => {
  await gus.page.click('button', 'Turn on microphone');
  await olivia.page.click('button', 'Keep order');
  await olivia.page.see('button', 'Secure the meeting');
  expect(await inspect(olivia.page, 'keep order')).toEqual([]);
  // On a narrow screen it is elsewhere, so it has closed meanwhile.
  await olivia.page.click('button', 'Keep order');
  await olivia.page.click('button', 'Secure the meeting');
  for (const guest of [gus, fay]) {
    await textAppears(guest.page, 'The meeting is secured: locked, and nobody but hosts sends anything.');
    await expectNoLiveTracks(guest, 'audio');
    await expectNoLiveTracks(guest, 'video');
  }
  await textAppears(gus.page, 'Olivia Owner muted you.');
  expect(await gus.page.evaluate(visibleText, null)).not.toContain('on again');
  const late = await call.arrive('chromium', { name: 'Late', tone: 900 });
  await prepareToJoin(late.page, call.link, { name: 'Late', camera: false, microphone: false });
  await late.page.click('button', 'Join');
  await textAppears(late.page, 'A host has locked the meeting.');
  await olivia.page.click('button', 'Lift');
  await textAppears(gus.page, 'Olivia Owner unlocked the meeting.');
  await gus.page.click('button', 'Turn on camera');
  await seeMoving(olivia.page, 'camera', 1, { withinMs: 30_000 });
}, 150_000);

test('everybody can report somebody, and the host is told by whom', async () => {
  await fay.page.click('button', 'People');
  await fay.page.click('button', 'What to do with Gus');
  await fay.page.click('menuitem', 'Report…');
  await fay.page.click('button', 'Report');
  await textAppears(fay.page, 'The hosts have been told.');
  await textAppears(olivia.page, 'Fay reports Gus: They disturb the meeting');
}, 60_000);

test('whoever was removed is told by whom, and does not come in again: not by the link, not in another tab', async () => {
  await choose('Gus', 'Remove…');
  await olivia.page.click('button', 'Remove');
  await textAppears(
    gus.page,
    'Olivia Owner removed you from the meeting. Your camera and microphone are off.',
  );
  await expectNoLiveTracks(gus, 'video');
  expect(await gus.page.has('button', 'Return to the meeting')).toBe(false);
  for (const page of [gus.page, await gus.person.openPage()]) {
    await page.goto(`${call.product.origin}/about`);
    await prepareToJoin(page, call.link, { name: 'Gus again', camera: false, microphone: false });
    await page.click('button', 'Join');
    await textAppears(page, 'A host has removed you from this meeting. You cannot come in again.');
  }
}, 120_000);

test('the host ends it for everybody', async () => {
  await olivia.page.click('button', 'Leave');
  await olivia.page.see('dialog', 'Leave the meeting?');
  await olivia.page.click('button', 'End for everybody…');
  await olivia.page.click('button', 'End for everybody');
  await textAppears(fay.page, 'Olivia Owner ended the meeting for everybody.');
}, 60_000);
