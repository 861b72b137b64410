import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Member } from '../../harness/call.ts';
import { asChromium } from '../../harness/chromium.ts';
import { join, prepareToJoin } from '../../harness/steps.ts';
import { waitFor } from '../../harness/waitFor.ts';
import { armJoinClock } from '../../in-page/joinClock.ts';
import type { Form } from './builds.ts';
import { serveFolder } from './serveFolder.ts';

const joins = 10;
/** A person looks at their picture before they press; the page uses that time to open its socket. */
const beforePressingMs = 1_500;

/** From the click on "Join" to the first picture of somebody who is there already, ms, each time. */
export async function timeJoins(
  call: Call,
  form: Form,
  { host, guest }: { host: Member; guest: Member },
): Promise<number[]> {
  const files = { folder: form.web, document: 'index.html' };
  for (const { page } of [host, guest]) await serveFolder(page, call.product.origin, files);
  await join(host.page, call.link, { name: host.person.name, microphone: false });
  const times: number[] = [];
  for (let round = 0; round < joins; round++) {
    await guest.page.goto('about:blank');
    // Another browser each time: one that comes as often is let in later.
    await asChromium(guest.page).playwright.context().clearCookies();
    await prepareToJoin(guest.page, call.link, { name: guest.person.name });
    await delay(beforePressingMs);
    await guest.page.evaluate(armJoinClock, null);
    await guest.page.click('button', 'Join');
    const ms = await waitFor(
      'the first picture',
      () => guest.page.evaluate(() => window.__joinMs ?? null, null),
      { withinMs: 30_000 },
    );
    times.push(ms);
    await guest.page.click('button', 'Leave');
  }
  await host.page.click('button', 'Leave');
  for (const { page } of [host, guest]) await page.goto('about:blank');
  return times;
}
