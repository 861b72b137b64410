import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { expectNoDoubts } from './harness/doubts.ts';
import { audible, hear, others, seeMoving, toneLevels } from './harness/media.ts';
import type { Page } from './harness/page.ts';
import { waitFor } from './harness/waitFor.ts';
import { mediaStats } from './in-page/mediaStats.ts';
import { visibleText } from './in-page/visibleText.ts';

// Two Chromium and one Firefox in one meeting. The tests follow each other as the people in it would.
/** RMS of a full-scale 1.0. */
const silence = 0.005;
/** Without a packet for so long: DTX sends one every 400 ms. */
const restMs = 1_000;
/** For so long no packet may go: in it, ten of DTX would. */
const stillMs = 4_000;
let call: Call;
let olivia: Member;
let bob: Member;
let fay: Member;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner();
  bob = await call.joinAsGuest('chromium', { name: 'Bob', tone: 700 });
  fay = await call.joinAsGuest('firefox', { name: 'Fay', tone: 1_150 });
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test('each sees moving pictures of the two others', async () => {
  for (const { page } of [olivia, bob, fay]) {
    const pictures = await seeMoving(page, 'camera', 2, { withinMs: 60_000 });
    expect(new Set(pictures.map(({ participantId }) => participantId)).size).toBe(2);
  }
}, 200_000);

test('each hears the two others', async () => {
  await hear(olivia.page, [bob.person, fay.person], { withinMs: 40_000 });
  await hear(bob.page, [olivia.person, fay.person], { withinMs: 40_000 });
  await hear(fay.page, [olivia.person, bob.person], { withinMs: 40_000 });
}, 150_000);

test('nobody hears themselves', async () => {
  const [own = 1] = await waitFor(
    'a moment in which the other is heard',
    async () => {
      const levels = await toneLevels(bob.page, [bob.person, olivia.person]);
      return (levels[1] ?? 0) > audible ? levels : null;
    },
    { withinMs: 30_000 },
  );
  expect(own).toBeLessThan(audible / 4);
});

test('guests are marked as guests, the host is not', async () => {
  for (const { page } of [olivia, fay]) {
    await page.click('button', 'People');
    await waitFor('the people', async () => (await page.evaluate(visibleText, null)).includes('Bob'), {
      withinMs: 20_000,
    });
    const text = await page.evaluate(visibleText, null);
    expect(text).toMatch(/Bob[^\n]*\n?[^\n]*guest/i);
    expect(text).not.toMatch(/Olivia Owner[^\n]*\n?[^\n]*guest/i);
    await page.click('button', 'People');
  }
});

test('a shared screen is seen by both others, and is gone when sharing stops', async () => {
  await bob.page.click('button', 'Share screen');
  await bob.page.see('button', 'Stop sharing');
  for (const { page } of [olivia, fay]) {
    await waitFor(
      'the shared screen',
      async () => (await others(page, 'screen')).some((video) => video.pixels !== null && video.textured),
      { withinMs: 40_000 },
    );
  }
  await bob.page.click('button', 'Stop sharing');
  await bob.page.see('button', 'Share screen');
  for (const { page } of [olivia, fay]) {
    await waitFor('the screen to go', async () => (await others(page, 'screen')).length === 0, {
      withinMs: 20_000,
    });
  }
}, 120_000);

/** Once what was underway when the track went is sent. */
async function audioAtRest(page: Page) {
  let last = await page.evaluate(mediaStats, null);
  return await waitFor(
    'the last audio packet',
    async () => {
      const former = last;
      await delay(restMs);
      last = await page.evaluate(mediaStats, null);
      return last.audioPacketsSent === former.audioPacketsSent && last;
    },
    { withinMs: 5_000 },
  );
}

test('muting leaves no track and sends no audio packet, and the others hear nothing', async () => {
  for (const { page, person } of [bob, fay]) {
    await page.click('button', 'Turn off microphone');
    await page.see('button', 'Turn on microphone');
    await waitFor(
      'no audio track',
      async () => !(await page.evaluate(mediaStats, null)).sending.includes('audio'),
      {
        withinMs: 5_000,
      },
    );
    const muted = await audioAtRest(page);
    // What had been sent before is still played for a moment.
    await waitFor('silence', async () => Math.max(...(await toneLevels(olivia.page, [person]))) < silence, {
      withinMs: 10_000,
    });
    await delay(stillMs);
    const later = await page.evaluate(mediaStats, null);
    expect(later.audioPacketsSent - muted.audioPacketsSent).toBe(0);
    const live = await page.evaluate(
      () => window.__captured.filter((track) => track.kind === 'audio' && track.readyState === 'live').length,
      null,
    );
    expect(live).toBe(0);
  }
  await bob.page.click('button', 'Turn on microphone');
  await hear(olivia.page, [bob.person], { withinMs: 20_000 });
}, 120_000);

test('leaving stops every track and the page says so; the tile goes', async () => {
  for (const { page } of [bob, fay]) {
    await page.click('button', 'Leave');
    await waitFor(
      'the word that one has left',
      async () =>
        (await page.evaluate(visibleText, null)).includes(
          'You have left the meeting. Your camera and microphone are off.',
        ),
      { withinMs: 10_000 },
    );
    const live = await page.evaluate(
      () => window.__captured.filter((track) => track.readyState === 'live').length,
      null,
    );
    expect(live).toBe(0);
    const peers = await page.evaluate(
      () => window.__peers.filter((peer) => peer.connectionState !== 'closed').length,
      null,
    );
    expect(peers).toBe(0);
  }
  await waitFor('the tiles to go', async () => (await others(olivia.page, 'camera')).length === 0, {
    withinMs: 10_000,
  });
}, 60_000);

test('nobody’s media was doubted', async () => {
  await expectNoDoubts([olivia, bob, fay]);
});

test('no page complained', () => {
  for (const { page, person } of [olivia, bob, fay]) {
    expect(page.complaints(), person.name).toEqual([]);
  }
});
