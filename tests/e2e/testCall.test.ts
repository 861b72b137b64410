import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import type { Page } from './harness/page.ts';
import { waitFor } from './harness/waitFor.ts';
import { visibleText } from './in-page/visibleText.ts';
import { playedTone, watchPlayed } from './in-page/watchPlayed.ts';

// A call with oneself before joining: it goes through the media server, encrypted, and nobody else is in it.
const tone = 700;
let call: Call;

beforeAll(async () => {
  call = await Call.open();
}, 120_000);
afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

describe.each(['chromium', 'firefox'] as const)('in %s', (browser) => {
  let guest: Member;
  let page: Page;
  beforeAll(async () => {
    guest = await call.arrive(browser, { name: 'Gina', tone });
    page = guest.page;
    await page.goto(call.link);
    await page.see('button', 'Join');
    await page.fill('Your name', 'Gina');
    await page.evaluate(watchPlayed, null);
  }, 120_000);
  afterAll(() => guest?.person[Symbol.asyncDispose]());

  test('one speaks, sees oneself, hears oneself later, and reads how good the way is', async () => {
    await page.click('button', 'Turn on camera');
    await page.see('button', 'Turn off camera');
    await page.click('button', 'Make a test call');
    await textAppears(page, 'Say something now');
    // Nothing goes to the loudspeaker while one speaks.
    expect(await page.evaluate(playedTone, tone)).toBeLessThan(0.001);
    await waitFor(
      'the own picture, from the server',
      () => page.evaluate(picturePlays, 'Your picture, as it came back from the server'),
      { withinMs: 10_000 },
    );
    await page.screenshot(`.test-output/pages/test-call-speaking-${browser}.png`);
    // Firefox plays nothing by Web Audio on a machine without a loudspeaker.
    if (browser === 'firefox') await textAppears(page, 'this browser cannot play it');
    else {
      await textAppears(page, 'This is how others hear you.');
      await waitFor('the own sound', async () => (await page.evaluate(playedTone, tone)) > 0.01, {
        withinMs: 5_000,
      });
      await textAppears(page, 'Your sound came back.');
    }
    const said = await page.evaluate(visibleText, null);
    expect(said).toContain('Your picture came back.');
    expect(said).toContain('Media goes straight to the server.');
    expect(said).toMatch(/\d+ ms there and back, \d+ % lost/);
    // Firefox's driver cannot change the scheme.
    if (browser === 'chromium') expect(await inspect(page, 'test-call')).toEqual([]);
    await page.click('button', 'Done');
    // Devices are as they were before.
    await page.see('button', 'Turn on microphone');
    await page.see('button', 'Turn off camera');
    expect(page.complaints()).toEqual([]);
  }, 120_000);

  test('cancelled, the microphone goes off at once, and joining is as it was', async () => {
    await page.click('button', 'Make a test call');
    await textAppears(page, 'Say something now');
    await page.click('button', 'Cancel');
    await page.see('button', 'Turn on microphone');
    await page.click('button', 'Join');
    await page.see('button', 'Leave');
    expect(page.complaints()).toEqual([]);
  }, 90_000);
});

/** Runs in the page. */
function picturePlays(label: string): boolean {
  const video = document.querySelector<HTMLVideoElement>(`video[aria-label="${label}"]`);
  return video !== null && video.videoWidth > 0 && video.currentTime > 0.2;
}
