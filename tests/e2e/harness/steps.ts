import { openChromium } from './chromium.ts';
import { openFirefox } from './firefox.ts';
import type { Page, Person, PersonOptions } from './page.ts';
import { patienceMs } from './page.ts';
import type { Product } from './product.ts';
import { waitFor } from './waitFor.ts';

/** What people do, step by step, by the names that they see. The same in every browser. */

export const owner = {
  email: 'owner@example.org',
  name: 'Olivia Owner',
  password: 'seven copper kettles whistle at dusk',
} as const;

export function openPerson(browser: Page['browser'], options: PersonOptions): Promise<Person> {
  return browser === 'chromium' ? openChromium(options) : openFirefox(options);
}

/** Uses the one-time link; ends on the page with one's own meetings. */
export async function setUpOwner(page: Page, product: Product): Promise<void> {
  await page.goto(product.ownerLink);
  await page.fill('Name', owner.name);
  await page.fill('Email', owner.email);
  await page.fill('Password', owner.password);
  await page.click('button', 'Create the account');
  await page.see('button', 'New meeting');
}

export async function signIn(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.origin}/sign-in`);
  await page.fill('Email', owner.email);
  await page.fill('Password', owner.password);
  await page.click('button', 'Sign in');
  await page.see('button', 'New meeting');
}

/**
 * Somebody of the organisation gets an account and makes it theirs in their own browser; ends on the page with their meetings.
 * @param by a page of somebody who may invite
 */
export async function makeAccount(
  by: Page,
  page: Page,
  { name, email, password }: { readonly name: string; readonly email: string; readonly password: string },
): Promise<void> {
  const link = await by.evaluate(
    async (person) => {
      const response = await fetch('/api/v1/admin/people', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-conclave': '1' },
        body: JSON.stringify({ ...person, role: 'organiser' }),
      });
      return ((await response.json()) as { link: string }).link;
    },
    { name, email },
  );
  await page.goto(link);
  await page.fill('New password', password);
  await page.click('button', 'Begin');
  await page.see('button', 'New meeting');
}

/** @returns the meeting's link with its passcode, as "Copy link" puts it on the clipboard */
export async function newMeeting(page: Page): Promise<string> {
  await page.click('button', 'New meeting');
  return copyLink(page);
}

/** @returns what "Copy link" puts on the clipboard */
export async function copyLink(page: Page): Promise<string> {
  await page.see('button', 'Copy link');
  await page.evaluate(() => {
    window.__copied = null;
  }, null);
  await page.click('button', 'Copy link');
  return waitFor('the link on the clipboard', () => copiedLink(page), { withinMs: patienceMs });
}

async function copiedLink(page: Page): Promise<string | null> {
  const text = await page.evaluate(() => window.__copied, null);
  return text !== null && /^https:\/\/\S+\/m\/\S+#\S+$/.test(text) ? text : null;
}

export interface JoinOptions {
  /** Null for somebody whose account has a name. */
  readonly name: string | null;
  readonly camera?: boolean;
  readonly microphone?: boolean;
}

/** Opens the link and presses Join; ends in the room. */
export async function join(page: Page, link: string, options: JoinOptions): Promise<void> {
  await prepareToJoin(page, link, options);
  await page.click('button', 'Join');
  await page.see('button', 'Leave');
}

/** Everything before pressing Join. */
export async function prepareToJoin(page: Page, link: string, options: JoinOptions): Promise<void> {
  const { name, camera = true, microphone = true } = options;
  await page.goto(link);
  await page.see('button', 'Join');
  if (name !== null) await page.fill('Your name', name);
  if (camera) {
    await page.click('button', 'Turn on camera');
    await page.see('button', 'Turn off camera');
  }
  if (microphone) {
    await page.click('button', 'Turn on microphone');
    await page.see('button', 'Turn off microphone');
  }
}

/** Whoever may end the meeting for all is asked which of the two is meant. */
export async function leave(page: Page): Promise<void> {
  await page.click('button', 'Leave');
  await waitFor(
    'the question, or the end',
    async () => (await page.has('dialog', 'Leave the meeting?')) || !(await page.has('button', 'People')),
    { withinMs: patienceMs },
  );
  if (!(await page.has('dialog', 'Leave the meeting?'))) return;
  // The room behind it is inert, which its roles do not tell, and has a button of the same name.
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')];
    buttons.find(({ textContent }) => textContent === 'Leave')?.click();
  }, null);
}

/** Ends when the settings are there and have the keyboard. */
export async function openSettings(page: Page): Promise<void> {
  await page.click('button', 'Settings');
  // Their script is fetched only now: until they come, an Escape is lost and they open after it.
  await page.see('dialog', 'Settings');
  // They can be seen a moment before they take the focus, and keys go where that is.
  await waitFor(
    'the focus in the settings',
    () => page.evaluate(() => document.querySelector('[role="dialog"]:focus-within') !== null, null),
    { withinMs: patienceMs },
  );
}

/** Closes what `openSettings` opened. */
export async function closeSettings(page: Page): Promise<void> {
  await page.press('Escape');
  await waitFor('the end of the settings', async () => !(await page.has('dialog', 'Settings')), {
    withinMs: patienceMs,
  });
}
