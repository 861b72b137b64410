import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { others, seeMoving } from './harness/media.ts';
import { waitFor } from './harness/waitFor.ts';
import { mediaStats } from './in-page/mediaStats.ts';

// What is shown decides what is sent: simulcast layers follow the size of the tile.
let call: Call;
let watcher: Member;
let sender: Member;

beforeAll(async () => {
  call = await Call.open();
  watcher = await call.joinAsOwner({ camera: false, microphone: false });
  sender = await call.joinAsGuest('chromium', { name: 'Sam', microphone: false });
  await seeMoving(watcher.page, 'camera', 1, { withinMs: 60_000 });
}, 200_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

const receivedHeight = async () => (await others(watcher.page, 'camera'))[0]?.height ?? 0;

test('a larger tile gets a higher layer, a smaller one a lower layer', async () => {
  await watcher.page.setViewport({ width: 360, height: 480 });
  const low = await waitFor(
    'a low layer in a small tile',
    async () => {
      const height = await receivedHeight();
      // The lowest of the three: the one that came before the tile got small may be the middle one.
      return height > 0 && height <= 180 ? height : null;
    },
    { withinMs: 40_000 },
  );
  await watcher.page.setViewport({ width: 1600, height: 1000 });
  await waitFor('a higher layer in a large tile', async () => (await receivedHeight()) > low, {
    withinMs: 40_000,
  });
}, 120_000);

test('hiding a tile stops its picture at the sender, showing it brings it back', async () => {
  await watcher.page.click('button', 'Hide Sam');
  await waitFor('the sender to stop', () => videoStandsStill(sender), { withinMs: 20_000 });
  await watcher.page.click('button', 'Show Sam');
  await seeMoving(watcher.page, 'camera', 1, { withinMs: 15_000 });
  expect(await videoStandsStill(sender)).toBe(false);
}, 90_000);

async function videoStandsStill({ page }: Member): Promise<boolean> {
  const before = await page.evaluate(mediaStats, null);
  await delay(1_000);
  const after = await page.evaluate(mediaStats, null);
  return after.videoPacketsSent === before.videoPacketsSent;
}
