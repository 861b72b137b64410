import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import type { Page } from './harness/page.ts';
import { waitFor } from './harness/waitFor.ts';
import { visibleText } from './in-page/visibleText.ts';

// A host and two guests: messages that are changed, deleted by the host, private; polls. The tests follow each other.
const log = '[role="log"]';
let call: Call;
let olivia: Member;
let bob: Member;
let fay: Member;

beforeAll(async () => {
  call = await Call.open();
  const quiet = { camera: false, microphone: false };
  olivia = await call.joinAsOwner(quiet);
  bob = await call.joinAsGuest('chromium', { name: 'Bob', ...quiet });
  fay = await call.joinAsGuest('firefox', { name: 'Fay', ...quiet });
  for (const { page } of [olivia, bob, fay]) {
    await page.see('button', 'Chat');
    await page.press('c');
    await textAppears(page, 'No messages yet', log);
  }
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('a message that its author changes has the new text everywhere, and says so', async () => {
  await write(bob.page, 'We meet at nyne');
  await textAppears(fay.page, 'We meet at nyne', log);
  expect(await fay.page.has('button', 'Edit this message')).toBe(false);
  await bob.page.click('button', 'Edit this message');
  await bob.page.fill('New text of your message', 'We meet at nine');
  await bob.page.press('Enter');
  for (const { page } of [olivia, bob, fay]) {
    await textAppears(page, 'We meet at nine', log);
    await textAppears(page, 'edited', log);
    expect(await textOf(page)).not.toContain('nyne');
  }
  // Escape leaves it as it was, and the chat open.
  await bob.page.click('button', 'Edit this message');
  await bob.page.fill('New text of your message', 'Never mind');
  expect(await inspect(bob.page, 'room-edit-message')).toEqual([]);
  await bob.page.fill('New text of your message', 'Never mind that');
  await bob.page.press('Escape');
  await textAppears(bob.page, 'We meet at nine', log);
}, 180_000);

test('the host deletes a guest’s message for everybody; a guest has nothing to delete it with', async () => {
  await write(fay.page, 'Something rude');
  await textAppears(olivia.page, 'Something rude', log);
  await textAppears(bob.page, 'Something rude', log);
  expect(await bob.page.has('button', 'Delete this message of Fay for everybody')).toBe(false);
  await olivia.page.click('button', 'Delete this message of Fay for everybody');
  for (const { page } of [olivia, bob, fay]) {
    await textAppears(page, 'Deleted by Olivia Owner', log);
    expect(await textOf(page)).not.toContain('rude');
  }
}, 60_000);

test('a private message is seen by one and not by the third, and its answer is private by itself', async () => {
  await bob.page.click('button', 'To: Everybody. Choose who can read it');
  await bob.page.fill('Search people', 'oliv');
  await bob.page.press('Enter');
  await bob.page.see('button', 'To: Olivia Owner. Choose who can read it');
  await write(bob.page, 'Can you take over later?');
  await textAppears(bob.page, 'Privately to Olivia Owner', log);
  await textAppears(olivia.page, 'Can you take over later?', log);
  await textAppears(olivia.page, 'Privately to you', log);
  await olivia.page.click('button', 'Reply privately to Bob');
  await olivia.page.see('button', 'To: Bob. Choose who can read it');
  await write(olivia.page, 'Yes, from ten on');
  await textAppears(bob.page, 'Yes, from ten on', log);
  await bob.page.click('button', 'To: Olivia Owner. Choose who can read it');
  await bob.page.fill('Search people', '');
  await bob.page.press('ArrowUp');
  await bob.page.press('Enter');
  await bob.page.see('button', 'To: Everybody. Choose who can read it');
  await write(bob.page, 'And now for all of you');
  await textAppears(fay.page, 'And now for all of you', log);
  const text = await textOf(fay.page);
  for (const secret of ['take over', 'from ten on', 'rivately']) expect(text).not.toContain(secret);
  expect(text).not.toContain('did not arrive');
}, 120_000);

test('a poll is asked, answered by two, told to who comes later, and ended', async () => {
  await olivia.page.click('button', 'To: Bob. Choose who can read it');
  await olivia.page.fill('Search people', '');
  await olivia.page.press('ArrowUp');
  await olivia.page.press('Enter');
  await olivia.page.click('button', 'Start a poll');
  await olivia.page.fill('Question', 'Which day suits you for the next meeting?');
  await olivia.page.fill('Answer 1', 'Tuesday morning');
  await olivia.page.fill('Answer 2', 'Thursday afternoon');
  await olivia.page.click('button', 'Add an answer');
  await olivia.page.fill('Answer 3', 'Neither');
  expect(await inspect(olivia.page, 'room-new-poll')).toEqual([]);
  await submitPoll(olivia.page);
  for (const { page } of [bob, fay]) {
    await textAppears(page, 'Which day suits you for the next meeting?', log);
    await textAppears(page, 'Olivia Owner asks: Which day suits you for the next meeting?');
  }
  await bob.page.click('radio', 'Tuesday morning');
  await fay.page.click('radio', 'Tuesday morning');
  for (const { page } of [olivia, bob, fay]) await textAppears(page, '2 votes', log);
  await fay.page.click('radio', 'Thursday afternoon');
  await waitFor('the other vote', async () => /Tuesday morning\s*1\s*50 %/.test(await textOf(olivia.page)), {
    withinMs: 20_000,
  });
  expect(await textOf(olivia.page)).toMatch(/Thursday afternoon\s*1\s*50 %/);

  const dan = await call.joinAsGuest('chromium', { name: 'Dan', camera: false, microphone: false });
  await dan.page.press('c');
  await textAppears(dan.page, 'Which day suits you for the next meeting?', log);
  await textAppears(dan.page, '2 votes', log);
  await dan.page.click('radio', 'Neither');
  await textAppears(olivia.page, '3 votes', log);

  expect(await bob.page.has('button', 'End the poll “Which day suits you for the next meeting?”')).toBe(
    false,
  );
  expect(await inspect(olivia.page, 'room-talk-host')).toEqual([]);
  expect(await inspect(bob.page, 'room-talk-guest')).toEqual([]);
  await olivia.page.click('button', 'End the poll “Which day suits you for the next meeting?”');
  for (const { page } of [olivia, bob, fay]) await textAppears(page, 'Ended by Olivia Owner', log);
  expect(await bob.page.has('radio', 'Neither')).toBe(false);
}, 240_000);

test('nothing is sent to somebody who has left, and it is said', async () => {
  await olivia.page.click('button', 'To: Everybody. Choose who can read it');
  expect(await inspect(olivia.page, 'room-recipients')).toEqual([]);
  await olivia.page.fill('Search people', 'bob');
  await olivia.page.press('Enter');
  await olivia.page.see('button', 'To: Bob. Choose who can read it');
  await olivia.page.fill('Message', 'One more thing, Bob');
  await bob.page.click('button', 'Leave');
  await textAppears(olivia.page, 'Bob has left and cannot read it any more.');
  await olivia.page.press('Enter');
  expect(await textOf(olivia.page)).not.toContain('One more thing');
  expect(await inspect(olivia.page, 'room-recipient-left')).toEqual([]);
}, 180_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, bob, fay]) expect(page.complaints(), person.name).toEqual([]);
});

async function write(page: Page, text: string): Promise<void> {
  await page.fill('Message', text);
  await page.press('Enter');
  await textAppears(page, text, log);
}

/** The button in the window has the name of the one that opened it. */
function submitPoll(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.querySelector<HTMLButtonElement>('[role="dialog"] button[type="submit"]')?.click();
  }, null);
}

function textOf(page: Page): Promise<string> {
  return page.evaluate(visibleText, log);
}
