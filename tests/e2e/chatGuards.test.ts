import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { waitFor } from './harness/waitFor.ts';

// Two browsers write to each other what may mislead and what was not meant for everybody. The tests follow each other.
const log = '[role="log"]';
/** A number of no card: the networks give it out for tests. */
const card = '4111 1111 1111 1111';
const evil = 'https://paypal.com.evil.example/login?session=1';
let call: Call;
let olivia: Member;
let bob: Member;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner({ microphone: false, camera: false });
  bob = await call.joinAsGuest('chromium', { name: 'Bob', microphone: false, camera: false });
  for (const { page } of [olivia, bob]) {
    await page.press('c');
    await textAppears(page, 'No messages yet', log);
  }
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('an ordinary link is a link; a suspicious one says why and is none', async () => {
  for (const text of [
    'The notes: https://pad.example.org/p/notes-2026',
    `Please sign in at ${evil}`,
    'https://bit.ly/3AbCdEf',
  ])
    await write(bob, text);
  await textAppears(olivia.page, 'Looks like paypal.com, but is somewhere else', log);
  await textAppears(olivia.page, 'A short link', log);
  expect(await olivia.page.evaluate(linksIn, log)).toEqual([
    { href: 'https://pad.example.org/p/notes-2026', target: '_blank', rel: 'noopener noreferrer' },
  ]);
}, 60_000);

test('pressing it opens nothing: it shows where it leads, and staying is one key away', async () => {
  expect(await olivia.page.evaluate(countOpened, null)).toBe(0);
  await olivia.page.evaluate(pressSuspicious, evil);
  await olivia.page.see('dialog', 'Open this link?');
  await textAppears(olivia.page, 'paypal.com.evil.example', '[role="dialog"]');
  expect(await olivia.page.evaluate(linksIn, '[role="dialog"]')).toEqual([
    { href: evil, target: '_blank', rel: 'noopener noreferrer' },
  ]);
  expect(await olivia.page.evaluate(() => document.activeElement?.textContent, null)).toBe('Do not open');
  expect(await inspect(olivia.page, 'chat-link-dialog')).toEqual([]);
  await olivia.page.press('Enter');
  await waitFor('its end', async () => !(await olivia.page.has('dialog', 'Open this link?')), {
    withinMs: 10_000,
  });
  // Escape ends the dialog alone; the chat around it stays.
  await olivia.page.evaluate(pressSuspicious, evil);
  await olivia.page.see('dialog', 'Open this link?');
  await olivia.page.press('Escape');
  await waitFor('its end', async () => !(await olivia.page.has('dialog', 'Open this link?')), {
    withinMs: 10_000,
  });
  expect(await olivia.page.has('textbox', 'Message')).toBe(true);
  expect(await olivia.page.evaluate(countOpened, null)).toBe(0);
}, 120_000);

test('the number of a card that is pasted is asked about; refused, it is not in the field', async () => {
  await copy(bob, card);
  await bob.page.press('Control+v');
  await bob.page.see('alertdialog', 'This looks like a card number.');
  expect(await bob.page.evaluate(() => document.activeElement?.textContent, null)).toBe('Do not paste');
  expect(await inspect(bob.page, 'chat-paste-guard')).toEqual([]);
  await bob.page.press('Enter');
  await waitFor('its end', async () => !(await asked(bob)), { withinMs: 10_000 });
  expect(await fieldOf(bob)).toBe('');
  // The field has the focus again. Escape refuses, too, and leaves the chat open.
  await bob.page.press('Control+v');
  await bob.page.see('alertdialog', 'This looks like a card number.');
  await bob.page.press('Escape');
  await waitFor('its end', async () => !(await asked(bob)), { withinMs: 10_000 });
  expect(await fieldOf(bob)).toBe('');
}, 120_000);

test('whoever wants to pastes and sends it all the same, and is asked once', async () => {
  await bob.page.press('Control+v');
  await bob.page.click('button', 'Paste anyway');
  await waitFor('the text', async () => (await fieldOf(bob)) === card, { withinMs: 10_000 });
  await bob.page.press('Enter');
  await textAppears(olivia.page, card, log);
  expect(await asked(bob)).toBe(false);
}, 60_000);

test('one that was typed is asked about before it is sent', async () => {
  await bob.page.fill('Message', 'my card: 5555555555554444');
  await bob.page.press('Enter');
  await bob.page.click('button', 'Do not send');
  expect(await fieldOf(bob)).toBe('my card: 5555555555554444');
  await bob.page.press('Enter');
  await bob.page.click('button', 'Send anyway');
  await textAppears(olivia.page, 'my card: 5555555555554444', log);
  expect(await fieldOf(bob)).toBe('');
}, 60_000);

test('text that is dropped on the field is asked about as if it were pasted, in Firefox too', async () => {
  const fay = await call.joinAsGuest('firefox', { name: 'Fay', microphone: false, camera: false });
  await fay.page.press('c');
  await textAppears(fay.page, 'No messages yet', log);
  for (const { page } of [bob, fay]) {
    expect(await page.evaluate(drop, 'password: Sonne-17!')).toBe(true);
    await page.see('alertdialog', 'This looks like a password.');
    await page.click('button', 'Do not paste');
  }
  expect(await fieldOf(bob)).toBe('');
  expect(await fieldOf(fay)).toBe('');
  await fay.page.fill('Message', 'It is ');
  await fay.page.evaluate(drop, 'password: Sonne-17!');
  await fay.page.click('button', 'Paste anyway');
  await waitFor('the text', async () => (await fieldOf(fay)) === 'It is password: Sonne-17!', {
    withinMs: 10_000,
  });
  await fay.page.press('Enter');
  await textAppears(bob.page, 'It is password: Sonne-17!', log);
  expect(fay.page.complaints()).toEqual([]);
}, 120_000);

test('the passcode of this meeting and its link are asked about; ordinary text is not', async () => {
  const [, passcode = ''] = call.link.split('#');
  for (const text of [call.link, passcode]) {
    await copy(bob, text);
    await bob.page.press('Control+v');
    await bob.page.see('alertdialog', 'This looks like a link or passcode that lets people in.');
    await bob.page.click('button', 'Do not paste');
    expect(await fieldOf(bob)).toBe('');
  }
  await copy(bob, 'See you on 2026-12-03, order 302-8841234');
  await bob.page.press('Control+v');
  await waitFor('the text', async () => (await fieldOf(bob)).startsWith('See you'), { withinMs: 10_000 });
  expect(await asked(bob)).toBe(false);
  await bob.page.fill('Message', '');
  expect(await inspect(olivia.page, 'chat-links')).toEqual([]);
}, 120_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, bob]) expect(page.complaints(), person.name).toEqual([]);
});

async function write({ page }: Member, text: string): Promise<void> {
  await page.fill('Message', text);
  await page.press('Enter');
  await textAppears(page, text.slice(0, 14), log);
}

/** Through the browser's own clipboard, by the keys that people use. The field has the focus then, and is empty. */
async function copy({ page }: Member, text: string): Promise<void> {
  await page.fill('Message', text);
  await page.evaluate(() => document.querySelector('textarea')?.focus(), null);
  await page.press('Control+a');
  await page.press('Control+x');
}

function fieldOf({ page }: Member): Promise<string> {
  return page.evaluate(() => document.querySelector('textarea')?.value ?? '', null);
}

function asked({ page }: Member): Promise<boolean> {
  return page.evaluate(() => document.querySelector('[role="alertdialog"]') !== null, null);
}

/** @returns whether the page has taken it: then the browser drops nothing by itself. */
function drop(text: string): boolean {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
  return document.querySelector('textarea')?.dispatchEvent(event) === false;
}

function linksIn(within: string): unknown {
  return [...document.querySelectorAll<HTMLAnchorElement>(`${within} a`)].map(({ href, target, rel }) => ({
    href,
    target,
    rel,
  }));
}

function pressSuspicious(address: string): void {
  const found = [...document.querySelectorAll<HTMLButtonElement>('[role="log"] button')].find((button) =>
    button.textContent?.includes(address),
  );
  found?.click();
}

/** How many windows the page has opened since this was first asked. */
function countOpened(): number {
  const counting = window as Window & { opened?: number };
  if (counting.opened === undefined) {
    counting.opened = 0;
    const open = window.open.bind(window);
    window.open = (...what) => {
      counting.opened = (counting.opened ?? 0) + 1;
      return open(...what);
    };
  }
  return counting.opened;
}
