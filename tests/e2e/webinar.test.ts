import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { hear, seeMoving } from './harness/media.ts';
import { prepareToJoin } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { visibleText } from './in-page/visibleText.ts';

// A host, and an audience of two. The tests follow each other as the evening would.
const quiet = { camera: false, microphone: false } as const;
let call: Call;
let olivia: Member;
let gus: Member;
let fay: Member;

beforeAll(async () => {
  call = await Call.open();
  gus = await call.arrive('chromium', { name: 'Gus', tone: 700 });
  fay = await call.arrive('firefox', { name: 'Fay' });
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

async function arrive({ page, person }: Member): Promise<void> {
  await prepareToJoin(page, call.link, { name: person.name, ...quiet });
  await page.click('button', 'Join');
}

/** The room behind a dialog is inert, which its roles do not tell. */
function pressInDialog({ page }: Member, name: string): Promise<void> {
  return page.evaluate((text) => {
    const buttons = [...document.querySelectorAll<HTMLElement>('[role="alertdialog"] button')];
    buttons.find(({ textContent }) => textContent === text)?.click();
  }, name);
}

test('a meeting is made a webinar in its settings', async () => {
  const { page } = call.owner;
  await page.goto(call.product.origin);
  await page.click('button', 'More for Untitled meeting');
  await page.click('menuitem', 'Meeting settings…');
  await page.see('button', 'Save');
  await page.evaluate(() => {
    const selects = [...document.querySelectorAll('select')];
    const form = selects.find((one) => [...one.options].some(({ value }) => value === 'webinar'));
    if (form === undefined) throw new Error('There is no form to choose.');
    form.value = 'webinar';
    form.dispatchEvent(new Event('change', { bubbles: true }));
  }, null);
  await page.click('button', 'Save');
  await textAppears(page, 'The settings of the meeting are saved and hold now.');
}, 90_000);

test('whoever opens an invitation of their own is told that they will watch, and finds no camera and no microphone there', async () => {
  const [, id = '', passcode = ''] = /\/m\/([^#]+)#(?:p=)?(.+)$/.exec(call.link) ?? [];
  const secret = await call.owner.page.evaluate(async (meetingId) => {
    const response = await fetch(`/api/v1/meetings/${meetingId}/invitations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-conclave': '1' },
      body: JSON.stringify({ people: [{ name: 'Gus', email: null }], send: false }),
    });
    const { invitations } = (await response.json()) as { invitations: { secret: string }[] };
    return invitations[0]?.secret ?? '';
  }, id);
  await using page = await gus.person.openPage();
  await page.goto(`${call.product.origin}/m/${id}#i=${secret}&p=${passcode}`);
  await textAppears(page, 'You will watch and listen.');
  await page.see('button', 'Join');
  for (const name of ['Turn on microphone', 'Turn on camera', 'Play a test sound'])
    expect(await page.has('button', name)).toBe(false);
  expect(await inspect(page, 'webinar-invited-before')).toEqual([]);
}, 90_000);

test('whoever comes early is told that it has not begun, and needs no device', async () => {
  await arrive(gus);
  await textAppears(gus.page, 'This webinar has not begun. You come in by yourself as soon as it does.');
  expect(await gus.page.has('button', 'Turn on camera')).toBe(false);
  expect(await inspect(gus.page, 'webinar-waiting')).toEqual([]);
}, 90_000);

test('the host practises, and goes live: those who wait come in, and see and hear the host', async () => {
  olivia = await call.joinAsOwner();
  await textAppears(olivia.page, '1 person waits for the beginning.');
  expect(await inspect(olivia.page, 'webinar-practice')).toEqual([]);
  await olivia.page.click('button', 'Go live');
  await olivia.page.see('alertdialog', 'Go live?');
  await pressInDialog(olivia, 'Go live');
  await gus.page.see('button', 'Leave');
  await arrive(fay);
  for (const { page } of [gus, fay]) await textAppears(page, '2 in the audience');
  await hear(gus.page, [olivia.person], { withinMs: 40_000 });
  await seeMoving(gus.page, 'camera', 1, { withinMs: 40_000 });
  await seeMoving(fay.page, 'camera', 1, { withinMs: 40_000 });
}, 180_000);

test('an audience has no microphone to turn on, and is told of nobody else in it', async () => {
  for (const { page } of [gus, fay])
    for (const name of ['Turn on microphone', 'Turn on camera', 'Share screen'])
      expect(await page.has('button', name)).toBe(false);
  expect(await fay.page.evaluate(visibleText, null)).not.toContain('Gus');
  expect(await inspect(gus.page, 'webinar-audience')).toEqual([]);
}, 90_000);

test('a question comes to the host alone, and its answer to all, without who asked', async () => {
  await gus.page.click('button', 'Questions');
  await gus.page.fill('Your question', 'When does the new line open?');
  await gus.page.click('button', 'Ask');
  await textAppears(gus.page, 'The speakers have it.');
  await fay.page.click('button', 'Questions');
  await olivia.page.click('button', 'Questions, 1 open');
  await textAppears(olivia.page, 'Gus asks');
  await textAppears(fay.page, 'Questions that are answered appear here for everybody.');
  expect(await inspect(olivia.page, 'webinar-questions')).toEqual([]);
  await olivia.page.click('button', 'Answer to “When does the new line open?”');
  await olivia.page.fill('Answer', 'In May.');
  await olivia.page.click('button', 'Show to everybody');
  await textAppears(fay.page, 'In May.');
  await textAppears(gus.page, 'In May.');
  expect(await fay.page.evaluate(visibleText, null)).not.toContain('Gus');
  expect(await inspect(gus.page, 'webinar-asked')).toEqual([]);
  await gus.page.press('Escape');
}, 120_000);

test('a hand is seen by the host, who invites on stage; nothing is on before one turns it on', async () => {
  await gus.page.click('button', 'Raise hand');
  await olivia.page.click('button', 'People');
  await textAppears(olivia.page, 'Audience (2)');
  await olivia.page.see('button', 'Lower the hand of Gus');
  expect(await inspect(olivia.page, 'webinar-people')).toEqual([]);
  await olivia.page.click('button', 'Invite on stage: Gus');
  await gus.page.see('alertdialog', 'You are invited on stage');
  expect(await inspect(gus.page, 'webinar-invited')).toEqual([]);
  await pressInDialog(gus, 'Come on stage');
  await gus.page.see('button', 'Turn on microphone');
  await textAppears(fay.page, '1 in the audience');
  expect(
    await gus.page.evaluate(
      () => window.__captured.filter(({ readyState }) => readyState === 'live').length,
      null,
    ),
  ).toBe(0);
  await gus.page.click('button', 'Turn on microphone');
  await hear(olivia.page, [gus.person], { withinMs: 40_000 });
  await hear(fay.page, [gus.person], { withinMs: 40_000 });
  // Introduced to all on the way there, in the name that nobody had in their group before.
  await textAppears(fay.page, 'Gus');
  expect(await fay.page.evaluate(visibleText, null)).not.toContain('Somebody without a name');
  expect(await inspect(gus.page, 'webinar-stage')).toEqual([]);
}, 180_000);

test('taken back, one is told so, and nothing is captured any more', async () => {
  await olivia.page.click('button', 'What to do with Gus');
  await olivia.page.click('menuitem', 'Take back to the audience');
  await textAppears(gus.page, 'Olivia Owner has taken you back to the audience.');
  await waitFor(
    'the end of the tracks',
    () => gus.page.evaluate(() => window.__captured.every(({ readyState }) => readyState === 'ended'), null),
    { withinMs: 10_000 },
  );
  expect(await gus.page.has('button', 'Turn on microphone')).toBe(false);
}, 90_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, gus, fay]) expect(page.complaints(), person.name).toEqual([]);
});
