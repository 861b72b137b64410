import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Member } from '../../harness/call.ts';
import { asChromium } from '../../harness/chromium.ts';
import { others } from '../../harness/media.ts';
import { join } from '../../harness/steps.ts';
import { waitFor } from '../../harness/waitFor.ts';
import type { Form } from './builds.ts';
import type { CrowdOptions } from './crowd/crowd.ts';
import { cpuOf, descendantsOf } from './processTree.ts';
import { serveFolder } from './serveFolder.ts';

/** Others: with oneself sixteen tiles, which is what a screen of 1280 × 800 shows. */
const people = 15;
const speaking = 4;
/** As many as two cores can make for fifteen people and show at once; what is measured is a ratio. */
const framesPerSecond = 10;
/** Pictures that there are to be decoded, a second. */
export const offered = people * framesPerSecond;
const settleMs = 8_000;
const measureMs = 30_000;

export interface TilesResult {
  readonly form: Form['name'];
  /** Of all the viewer's processes, ms of CPU. */
  readonly cpu: number;
  /** Of all that the benchmark has started, ms of CPU: whether the machine had any left is seen by it. */
  readonly all: number;
  /** Pictures that were decoded meanwhile. */
  readonly frames: number;
  readonly seconds: number;
}

/** What it costs a browser to watch fifteen people and hear four of them, with its own camera and microphone on. */
export async function watchTiles(
  call: Call,
  form: Form,
  { viewer, crowd, viewerPid }: { viewer: Member; crowd: Member; viewerPid: number },
): Promise<TilesResult> {
  const { origin } = call.product;
  await serveFolder(crowd.page, origin, { folder: form.crowd, document: 'crowd.html' });
  await serveFolder(viewer.page, origin, { folder: form.web, document: 'index.html' });
  const [, meetingId = '', passcode = ''] = /\/m\/([^#]+)#(.+)$/.exec(call.link) ?? [];
  await crowd.page.goto(`${origin}/crowd`);
  for (let index = 0; index < people; index++) {
    // As browsers of their own: one that comes as often is let in later.
    await asChromium(crowd.page).playwright.context().clearCookies();
    const options: CrowdOptions = { meetingId, passcode, index, speaks: index < speaking, framesPerSecond };
    await crowd.page.evaluate((given) => window.__crowd(given), options);
  }
  await join(viewer.page, call.link, { name: viewer.person.name });
  await waitFor(
    `${people} pictures`,
    async () =>
      (await others(viewer.page, 'camera')).filter(({ width, textured }) => width > 0 && textured).length ===
      people,
    { withinMs: 90_000 },
  );
  await delay(settleMs);
  const look = async () => ({
    time: performance.now(),
    cpu: cpuOf([viewerPid, ...descendantsOf(viewerPid)]),
    // With the browsers, what feeds them.
    all: cpuOf(descendantsOf(process.pid)),
    frames: await decodedFrames(viewer),
    doubts: await viewer.page.evaluate(() => window.__doubts, null),
  });
  const before = await look();
  await delay(measureMs);
  const after = await look();
  // Whatever a busy machine took for one when all came in at once: it is over.
  const doubts = after.doubts.slice(before.doubts.length);
  if (doubts.length > 0) console.log('doubts of honest people:', JSON.stringify(doubts));
  await viewer.page.click('button', 'Leave');
  await crowd.page.evaluate(() => window.__crowdLeaves(), null);
  await viewer.page.goto('about:blank');
  await crowd.page.goto('about:blank');
  return {
    form: form.name,
    cpu: after.cpu - before.cpu,
    all: after.all - before.all,
    frames: after.frames - before.frames,
    seconds: (after.time - before.time) / 1_000,
  };
}

function decodedFrames({ page }: Member): Promise<number> {
  return page.evaluate(async () => {
    let frames = 0;
    for (const peer of window.__peers) {
      if (peer.connectionState === 'closed') continue;
      for (const entry of (await peer.getStats()).values())
        if (entry.type === 'inbound-rtp' && entry.kind === 'video')
          frames += Number(entry.framesDecoded ?? 0);
    }
    return frames;
  }, null);
}
