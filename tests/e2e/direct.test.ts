import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromEnvironment } from '../net/environment.ts';
import { runOn } from '../net/host.ts';
import { Call, type Member } from './harness/call.ts';
import { asChromium } from './harness/chromium.ts';
import { inspect } from './harness/inspect.ts';
import { audible, hear, others, seeMoving, toneLevels } from './harness/media.ts';
import { countUdp, type PacketCount } from './harness/packetCount.ts';
import { cameraRate } from './harness/page.ts';
import { closeSettings, join, openSettings, prepareToJoin } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { type Gaps, startWatchingPerson } from './in-page/watchPerson.ts';

// The tests follow each other as the people in the meeting would. Olivia and Bob are on different hosts; what they send
// each other passes the server's host like a router, and is not for it.
const gapMs = 500;
/** Between two frames of a fake camera, ms. */
const frameMs = 1_000 / cameraRate;
/** The beeps themselves. */
const pauseMs = 250;
/** Just wide enough for all buttons: what three browsers paint and encode takes the processors from what is judged. */
const viewport = { width: 760, height: 480 };
let call: Call;
let olivia: Member;
let bob: Member;

beforeAll(async () => {
  const { server, homes } = fromEnvironment();
  await runOn(server, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
  call = await Call.open({ CONCLAVE_MEETINGS_DIRECT_PATH: 'allowed' }, { viewport });
  await allowDevices(call.owner);
  olivia = await call.joinAsOwner();
  const [host] = homes;
  const away = host === undefined ? {} : { host };
  bob = await call.arrive('chromium', { name: 'Bob', tone: 700, viewport, ...away });
  await allowDevices(bob);
  await join(bob.page, call.link, { name: 'Bob' });
  for (const { page } of [olivia, bob]) await seeMoving(page, 'camera', 1, { withinMs: 60_000 });
}, 200_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
  await runOn(fromEnvironment().server, 'sysctl', '-qw', 'net.ipv4.ip_forward=0');
});

test('before the guest has agreed no second connection is made, and so no address leaves', async () => {
  await bob.page.see('button', 'Allow');
  expect(await inspect(bob.page, 'direct-ask')).toEqual([]);
  // Longer than the server waits before it offers a path that nothing stands in the way of.
  await delay(4_000);
  for (const { page } of [olivia, bob]) {
    expect(await page.evaluate(connected, null)).toBe(1);
    expect(await pathOf(page)).toMatch(/^server-/);
  }
  expect(await olivia.page.has('button', 'Allow')).toBe(false);
  expect(call.product.output()).not.toContain('direct.offered');
}, 120_000);

test('then media goes directly: both see, hear and say so, and none of it reaches the server', async () => {
  const { server } = fromEnvironment();
  await using count = await countUdp(server);
  const through = await perSecond(count);
  await watch(olivia, bob);
  await watch(bob, olivia);
  await bob.page.click('button', 'Allow');
  for (const { page } of [olivia, bob]) await becomes(page, 'direct');
  for (const { page } of [olivia, bob]) await seeMoving(page, 'camera', 1, { withinMs: 20_000 });
  await judgeGaps('to direct');
  await hear(olivia.page, [bob.person], { withinMs: 20_000 });
  await hear(bob.page, [olivia.person], { withinMs: 20_000 });
  const idle = await perSecond(count);
  console.log(
    `to the server: ${JSON.stringify(through)} a second through it, ${JSON.stringify(idle)} directly`,
  );
  expect(through.media).toBeGreaterThan(50);
  expect(idle.media).toBe(0);
  // Each of the sixteen picture lines to the server says once a second that nothing came (RTCP), and ICE goes on.
  expect(idle.bytes).toBeLessThan(through.bytes / 10);
  expect(idle.packets).toBeLessThan(60);
}, 120_000);

test('a screen goes directly too, and a mute takes the sound away', async () => {
  await olivia.page.click('button', 'Share screen');
  await seeMoving(bob.page, 'screen', 1, { withinMs: 30_000 }).catch(async () => {
    // A screen on which nothing moves is shown all the same.
    expect((await others(bob.page, 'screen')).some(({ width }) => width > 0)).toBe(true);
  });
  {
    await using count = await countUdp(fromEnvironment().server);
    expect((await perSecond(count)).media).toBe(0);
  }
  expect(await pathOf(bob.page)).toBe('direct');
  await olivia.page.click('button', 'Stop sharing');
  await bob.page.click('button', 'Turn off microphone');
  const sending = () =>
    bob.page.evaluate(
      () =>
        window.__peers.flatMap((peer) =>
          peer.getSenders().filter(({ track }) => track?.kind === 'audio' && track.readyState === 'live'),
        ).length,
      null,
    );
  await waitFor('no track of sound on any path', async () => (await sending()) === 0, { withinMs: 5_000 });
  for (const level of await toneLevels(olivia.page, [bob.person])) expect(level).toBeLessThan(audible);
  await bob.page.click('button', 'Turn on microphone');
  await hear(olivia.page, [bob.person], { withinMs: 20_000 });
}, 120_000);

test('a third person moves it to the server without a gap, and leaving moves it back', async () => {
  // A browser that starts takes the processor, and so does a third camera; it is the joining that is looked at.
  const carol = await call.arrive('chromium', { name: 'Carol', tone: 1_150, viewport });
  await prepareToJoin(carol.page, call.link, { name: 'Carol', camera: false });
  await watch(olivia, bob);
  await watch(bob, olivia);
  await carol.page.click('button', 'Join');
  for (const { page } of [olivia, bob]) await becomes(page, 'server-udp');
  for (const { page } of [olivia, bob]) await seeMoving(page, 'camera', 1, { withinMs: 40_000 });
  await seeMoving(carol.page, 'camera', 2, { withinMs: 40_000 });
  await judgeGaps('to the server');
  for (const { page } of [olivia, bob]) {
    await waitFor(
      'the direct connection to be gone',
      async () => (await page.evaluate(connected, null)) === 1,
      { withinMs: 20_000 },
    );
  }
  await hear(olivia.page, [bob.person, carol.person], { withinMs: 30_000 });

  await carol.page.click('button', 'Leave');
  const left = performance.now();
  await watch(olivia, bob);
  await watch(bob, olivia);
  for (const { page } of [olivia, bob]) await becomes(page, 'direct');
  expect(performance.now() - left).toBeGreaterThan(8_000);
  for (const { page } of [olivia, bob]) await seeMoving(page, 'camera', 1, { withinMs: 20_000 });
  await judgeGaps('back to direct');
}, 200_000);

test('a consent that is taken back moves it to the server at once', async () => {
  expect(await inspect(bob.page, 'direct')).toEqual([]);
  await openSettings(bob.page);
  expect(await inspect(bob.page, 'direct-settings')).toEqual([]);
  await watch(olivia, bob);
  await watch(bob, olivia);
  await bob.page.evaluate(() => {
    const boxes = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input[type="checkbox"]')];
    boxes.find(({ labels }) => labels?.[0]?.textContent?.includes('directly'))?.click();
  }, null);
  for (const { page } of [olivia, bob]) await becomes(page, 'server-udp', 5_000);
  await closeSettings(bob.page);
  for (const { page } of [olivia, bob]) await seeMoving(page, 'camera', 1, { withinMs: 20_000 });
  await judgeGaps('consent taken back');
}, 120_000);

test('Chromium and Firefox find a direct path too', async () => {
  await bob.page.click('button', 'Leave');
  const fay = await call.joinAsGuest('firefox', { name: 'Fay', tone: 1_150, viewport });
  await fay.page.click('button', 'Allow');
  for (const { page } of [olivia, fay]) await becomes(page, 'direct');
  for (const { page } of [olivia, fay]) await seeMoving(page, 'camera', 1, { withinMs: 30_000 });
  await hear(olivia.page, [fay.person], { withinMs: 30_000 });
  await hear(fay.page, [olivia.person], { withinMs: 30_000 });
}, 200_000);

/** As people do. A browser that has only been told to act as if hides its addresses behind names (mDNS). */
async function allowDevices({ page }: Member): Promise<void> {
  const permissions = ['camera', 'microphone', 'clipboard-read', 'clipboard-write'];
  await asChromium(page).playwright.context().grantPermissions(permissions);
}

function pathOf(page: Member['page']): Promise<string | null> {
  return page.evaluate(() => document.querySelector('[data-path]')?.getAttribute('data-path') ?? null, null);
}

async function becomes(page: Member['page'], path: string, withinMs = 60_000): Promise<void> {
  const is = async () => (await pathOf(page)) === path;
  await waitFor(`the path ${path} in ${page.browser}`, is, { withinMs }).catch(async (error) => {
    console.log(await page.evaluate(describePeers, null), page.complaints());
    throw error;
  });
}

/** Where each connection stands, and what it found to try. Runs in the page. */
function describePeers(): string[] {
  return window.__peers.map((peer) => {
    const sdps = [peer.localDescription?.sdp, peer.remoteDescription?.sdp].join('');
    const candidates = [...sdps.matchAll(/a=candidate:.*/g)].map(([line]) => line);
    return [peer.connectionState, peer.iceConnectionState, peer.signalingState, ...candidates].join(' | ');
  });
}

async function watch(viewer: Member, shown: Member): Promise<void> {
  const [video] = (await others(viewer.page, 'camera')).filter(({ textured }) => textured);
  await viewer.page.evaluate(startWatchingPerson, {
    participantId: video?.participantId ?? '',
    frequency: shown.person.tone,
  });
}

async function judgeGaps(what: string): Promise<void> {
  const people = [olivia, bob];
  const seen: Gaps[] = await Promise.all(
    people.map(({ page }) => page.evaluate(() => window.__person(), null)),
  );
  // A page that did not get the processor for so long saw and heard nothing either, whatever came; and a camera whose own
  // page was not shown its frames gave none to others. Going
  // over needs both pages, one after the other.
  const late = seen.reduce(
    (sum, { stallMs, ownPictureMs }) => sum + Math.max(stallMs, ownPictureMs - frameMs),
    0,
  );
  for (const [index, gaps] of seen.entries()) {
    console.log(
      `${what}, ${people[index]?.person.name}: ${JSON.stringify(gaps, (_, value) => (typeof value === 'number' ? Math.round(value) : value))}`,
    );
    expect(gaps.frames).toBeGreaterThan(10);
    expect(gaps.heard).toBeGreaterThan(10);
    expect(gaps.pictureMs).toBeLessThanOrEqual(gapMs + late);
    expect(gaps.silenceMs - pauseMs).toBeLessThanOrEqual(gapMs + late);
    expect(gaps.heardTwice).toBeLessThanOrEqual(5);
  }
}

/** Connections that have ever looked for their own addresses and are not closed. */
function connected(): number {
  return window.__peers.filter(
    (peer) => peer.connectionState !== 'closed' && peer.iceGatheringState !== 'new',
  ).length;
}

async function perSecond(count: Awaited<ReturnType<typeof countUdp>>): Promise<PacketCount> {
  const seconds = 4;
  const before = await count.read();
  await delay(seconds * 1_000);
  const now = await count.read();
  return {
    packets: Math.round((now.packets - before.packets) / seconds),
    bytes: Math.round((now.bytes - before.bytes) / seconds),
    media: Math.round((now.media - before.media) / seconds),
  };
}
