import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromEnvironment } from '../../net/environment.ts';
import { type Host, runOn } from '../../net/host.ts';
import { homeAddress } from '../../net/network.ts';
import { BadNetworkCall, type Connected } from '../harness/badNetwork.ts';
import type { Page } from '../harness/page.ts';
import { waitFor } from '../harness/waitFor.ts';
import { type FrameGap, watchFrameGaps } from '../in-page/frameGaps.ts';
import { receptions } from '../in-page/receptions.ts';

// Media is to be back within a few seconds, whoever it is that notices. With another address the socket is gone too.
const backMs = { port: 5_000, address: 7_000 };
const bystanderMs = 1_500;
/** Everybody's id in the meeting, by page. */
const selves = new Map<Page, string>();
let call: BadNetworkCall;

beforeAll(async () => {
  call = await BadNetworkCall.open();
  for (const { page } of call.people) selves.set(page, (await page.evaluate(receptions, null)).self);
}, 200_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test.each(['chromium', 'firefox'] as const)(
  '%s behind a NAT that gives it another port: pictures go on, both ways',
  { timeout: 60_000 },
  async (browser) => {
    const moved = browser === 'chromium' ? call.bob : call.fay;
    await startWatching();
    await call.relay.move(moved.address);
    await seeAgain(`${browser} at another port`, moved, backMs.port);
  },
);

test('chromium goes over to a network with another address: pictures go on, both ways', {
  timeout: 60_000,
}, async () => {
  const bobsHome = fromEnvironment().homes[1];
  if (bobsHome === undefined) throw new Error('Bob has no home.');
  await startWatching();
  await readdress(bobsHome, homeAddress(1, 2), homeAddress(1, 3));
  try {
    await seeAgain('chromium at another address', call.bob, backMs.address);
  } finally {
    // Other specs run on the same hosts.
    await readdress(bobsHome, homeAddress(1, 3), homeAddress(1, 2));
  }
});

/** Takes a host's address away and gives it another, as when somebody goes from one network to the next. */
async function readdress(host: Host, from: string, to: string): Promise<void> {
  await runOn(host, 'ip', 'address', 'del', `${from}/28`, 'dev', host.device);
  await runOn(host, 'ip', 'address', 'add', `${to}/28`, 'dev', host.device);
  // The former address has taken its routes with it.
  await runOn(host, 'ip', 'route', 'replace', 'default', 'via', homeAddress(1, 1));
}

async function startWatching(): Promise<void> {
  for (const { page } of call.people) await page.evaluate(watchFrameGaps, null);
}

/** Waits until every picture goes on everywhere, and looks at how long each had stood still. */
async function seeAgain(what: string, moved: Connected, within: number): Promise<void> {
  await delay(1_000);
  for (const pair of pairs())
    await waitFor(`pictures ${pair.name}`, async () => flows(await gapOf(pair)), { withinMs: 30_000 });
  const gaps = await Promise.all(pairs().map(async (pair) => ({ ...pair, gap: await gapOf(pair) })));
  console.log(
    `${what}: ${gaps.map(({ name, gap }) => `${name} ${Math.round(gap?.longest ?? Number.NaN)} ms`).join(', ')}`,
  );
  for (const { name, gap, viewer, sender } of gaps) {
    const concerned = viewer === moved || sender === moved;
    expect.soft(gap?.longest, name).toBeLessThan(concerned ? within : bystanderMs);
  }
  // The places in the meeting are kept: nobody has left, and nobody has come.
  for (const { page } of call.people)
    expect((await page.evaluate(receptions, null)).self).toBe(selves.get(page));
}

function pairs(): { readonly name: string; readonly viewer: Connected; readonly sender: Connected }[] {
  return call.people.flatMap((viewer) =>
    call.people
      .filter((sender) => sender !== viewer)
      .map((sender) => ({ name: `${sender.person.name} → ${viewer.person.name}`, viewer, sender })),
  );
}

async function gapOf({ viewer, sender }: { viewer: Connected; sender: Connected }): Promise<FrameGap | null> {
  const gaps = await viewer.page.evaluate(() => window.__frameGaps(), null);
  return gaps[selves.get(sender.page) ?? ''] ?? null;
}

function flows(gap: FrameGap | null): boolean {
  return gap !== null && gap.count > 5 && gap.sinceLast < 700;
}
