import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { patienceMs } from './harness/page.ts';
import { join, leave, makeAccount, prepareToJoin } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { visibleText } from './in-page/visibleText.ts';

// A host, a colleague and a guest, all of them without devices. The tests follow each other.
const quiet = { camera: false, microphone: false } as const;
const grace = {
  name: 'Grace Hopper',
  email: 'grace@example.org',
  password: 'nine amber lanterns drift upstream',
};
const kept = [
  'Mute, stop cameras and screens',
  'Remove people',
  'Show people large to everybody',
  'Delete messages, switch the chat off',
  'Lower hands',
  'Open and lead breakout rooms',
];
let call: Call;
let olivia: Member;
let cohost: Member;
let gus: Member;

beforeAll(async () => {
  call = await Call.open({ CONCLAVE_MEETINGS_STRAIGHT_IN: 'organisation' });
  cohost = await call.arrive('chromium', { name: grace.name });
  gus = await call.arrive('chromium', { name: 'Gus' });
  await makeAccount(call.owner.page, cohost.page, grace);
  olivia = await call.joinAsOwner(quiet);
  await join(cohost.page, call.link, { name: null, ...quiet });
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('the host makes a colleague a co-host with two of the controls', async () => {
  const { page } = olivia;
  expect(await cohost.page.has('button', 'Keep order')).toBe(false);
  await page.click('button', 'People');
  await page.click('button', `What to do with ${grace.name}`);
  await page.click('menuitem', 'Make co-host…');
  await page.see('dialog', `What ${grace.name} may do`);
  for (const name of kept) await page.click('checkbox', name);
  expect(await inspect(page, 'cohost-controls')).toEqual([]);
  await page.click('button', 'Make co-host');
  await textAppears(cohost.page, 'Olivia Owner made you a co-host.');
}, 120_000);

test('the co-host finds the control that was given, and none of the others', async () => {
  const { page } = cohost;
  await page.click('button', 'Keep order');
  await page.see('switch', 'Lock the meeting');
  const shown = await page.evaluate(visibleText, '[role="dialog"]');
  for (const text of [
    'Mute everyone',
    'Stop all cameras',
    'Nobody may',
    'Who writes in the chat',
    'Breakout rooms',
    'Secure the meeting',
    'End for everybody',
  ])
    expect(shown).not.toContain(text);
  expect(await inspect(page, 'cohost-order')).toEqual([]);
}, 90_000);

test('what the co-host does holds for everybody, and says who did it', async () => {
  const { page } = cohost;
  await page.click('button', 'Keep order');
  await page.click('switch', 'Lock the meeting');
  await textAppears(olivia.page, `${grace.name} locked the meeting.`);
  await page.press('Escape');
  await prepareToJoin(gus.page, call.link, { name: 'Gus', ...quiet });
  await gus.page.click('button', 'Join');
  await textAppears(gus.page, 'A host has locked the meeting.');
}, 90_000);

test('when the host has left, the co-host goes on: unlocks, is told who waits, and lets them in', async () => {
  const { page } = cohost;
  await leave(olivia.page);
  await textAppears(olivia.page, 'You have left the meeting.');
  await page.click('button', 'Keep order');
  await page.click('switch', 'Lock the meeting');
  await page.press('Escape');
  await gus.page.click('button', 'Try again');
  await gus.page.click('button', 'Join');
  await textAppears(gus.page, 'You are at the door of this meeting. The host has been told.');
  await textAppears(page, 'Gus is at the door.');
  await page.click('button', 'Look');
  await page.click('button', 'Admit Gus');
  await gus.page.see('button', 'People');
  await waitFor('both in the list', () => page.has('button', 'What to do with Gus'), {
    withinMs: patienceMs,
  });
  await textAppears(page, `Let in by ${grace.name}`);
}, 150_000);

test('over a guest, too, the co-host has nothing but what was given', async () => {
  const { page } = cohost;
  await page.click('button', 'What to do with Gus');
  await page.see('menuitem', 'Report…');
  for (const name of [
    'Remove…',
    'May not unmute',
    'May not turn on camera',
    'Show large to everybody',
    'Make co-host…',
  ])
    expect(await page.has('menuitem', name), name).toBe(false);
  await page.press('Escape');
  // The whole meeting is not theirs to end: leaving asks nothing.
  await page.click('button', 'Leave');
  await textAppears(page, 'You have left the meeting.');
}, 90_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, cohost, gus]) expect(page.complaints(), person.name).toEqual([]);
});
