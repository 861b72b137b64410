// From the click on "Join" to the first decoded frame of somebody else, measured inside the page, 20 times.
import { setTimeout as delay } from 'node:timers/promises';
import { Call } from '../harness/call.ts';
import { asChromium } from '../harness/chromium.ts';
import { seeMoving } from '../harness/media.ts';
import { prepareToJoin } from '../harness/steps.ts';
import { waitFor } from '../harness/waitFor.ts';
import { armJoinClock } from '../in-page/joinClock.ts';

const joins = 20;
/** A person looks at their picture before they press; the page uses that time to open its socket. */
const beforePressingMs = 1_500;

await using call = await Call.open({ CONCLAVE_LOG_LEVEL: 'warn' }, { cameraRate: 20 });
await call.joinAsOwner({ microphone: false });
const guest = await call.arrive('chromium', { name: 'Gina' });
const times: number[] = [];
for (let round = 0; round < joins; round++) {
  await guest.page.goto('about:blank');
  // Another browser each time: one that comes as often is let in later.
  await asChromium(guest.page).playwright.context().clearCookies();
  await prepareToJoin(guest.page, call.link, { name: 'Gina' });
  await delay(beforePressingMs);
  await guest.page.evaluate(armJoinClock, null);
  await guest.page.click('button', 'Join');
  const ms = await waitFor(
    'the first frame',
    () => guest.page.evaluate(() => window.__joinMs ?? null, null),
    { withinMs: 30_000 },
  );
  console.log(`join ${round + 1}: ${Math.round(ms)} ms`);
  times.push(ms);
  if (round === 0) await seeMoving(guest.page, 'camera', 1, { withinMs: 20_000 });
  await guest.page.click('button', 'Leave');
}
times.sort((a, b) => a - b);
const percentile = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? 0);
console.log(JSON.stringify({ p50_ms: percentile(0.5), p95_ms: percentile(0.95) }));
