// What the server adds to the delay from camera to screen, against a direct call between the same two browsers at the same
// time, and how far sound and picture of the served call are apart. Pictures and beeps carry the wall clock of the one
// machine that all of this runs on.
import { setTimeout as delay } from 'node:timers/promises';
import { Call } from '../harness/call.ts';
import { asChromium } from '../harness/chromium.ts';
import { seeMoving } from '../harness/media.ts';
import { join } from '../harness/steps.ts';
import { waitFor } from '../harness/waitFor.ts';
import { acceptDirectCall, answerDirectCall, offerDirectCall } from '../in-page/directCall.ts';
import { type Arrivals, readStamps } from '../in-page/readStamps.ts';
import { stampDevices } from '../in-page/stampedDevices.ts';

const layout = { width: 640, height: 360, bits: 16 } as const;
/** That of the largest simulcast layer. */
const maxBitrate = 1_800_000;
const warmUpMs = 12_000;
const measureMs = 30_000;
const bars = { addedMs: 20, lipSyncMs: 60 };

await using call = await Call.open({ CONCLAVE_LOG_LEVEL: 'warn' });
const sam = await call.arrive('chromium', { name: 'Sam' });
await asChromium(sam.page).playwright.addInitScript(stampDevices, layout);
const watcher = await call.joinAsOwner({ camera: false, microphone: false });
await join(sam.page, call.link, { name: 'Sam' });
await seeMoving(watcher.page, 'camera', 1, { withinMs: 60_000 });

const offer = await sam.page.evaluate(offerDirectCall, maxBitrate);
const answer = await watcher.page.evaluate(answerDirectCall, offer);
await sam.page.evaluate(acceptDirectCall, answer);
await waitFor(
  'the direct call',
  () => watcher.page.evaluate(() => window.__direct.connectionState === 'connected', null),
  { withinMs: 20_000 },
);
await delay(warmUpMs);
for (const which of ['direct', 'served'] as const)
  await watcher.page.evaluate(readStamps, { ...layout, call: which });
await delay(measureMs);
const direct = await arrivals('direct');
const served = await arrivals('served');

const added = differences(served.pictures, direct.pictures);
const lipSync = apart(served);
console.log(
  `${served.pictures.length} pictures served, ${direct.pictures.length} direct, ${added.length} in both`,
);
console.log(
  `picture: served ${quartiles(delays(served.pictures))}, direct ${quartiles(delays(direct.pictures))} ms`,
);
console.log(`sound: served ${quartiles(delays(served.beeps))}, direct ${quartiles(delays(direct.beeps))} ms`);
console.log(`added to a picture: ${quartiles(added)} ms`);
console.log(`sound after picture: served ${quartiles(lipSync)}, direct ${quartiles(apart(direct))} ms`);
console.log(`what the browser says of the served call: ${await watcher.page.evaluate(playouts, null)}`);
const result = {
  added_ms_p50: round(percentile(added, 0.5)),
  lip_sync_ms_p95: round(percentile(lipSync.map(Math.abs), 0.95)),
};
console.log(JSON.stringify(result));
process.exitCode = result.added_ms_p50 <= bars.addedMs && result.lip_sync_ms_p95 <= bars.lipSyncMs ? 0 : 1;

/** What the client's own lip sync goes by, and what it has asked for. Runs in the page. */
async function playouts(): Promise<string> {
  const peer = window.__peers.find((one) => one !== window.__direct && one.connectionState === 'connected');
  const lines: string[] = [];
  for (const entry of (await peer?.getStats())?.values() ?? []) {
    const stats = entry as Record<string, unknown>;
    if (stats['type'] !== 'inbound-rtp' || Number(stats['jitterBufferEmittedCount'] ?? 0) === 0) continue;
    const receiver = peer?.getTransceivers().find(({ mid }) => mid === stats['mid'])?.receiver;
    const target = (receiver as { jitterBufferTarget?: number | null } | undefined)?.jitterBufferTarget;
    const waited = (Number(stats['jitterBufferDelay']) / Number(stats['jitterBufferEmittedCount'])) * 1_000;
    const captured = Number(stats['estimatedPlayoutTimestamp']) - Number(stats['timestamp']);
    lines.push(
      `${stats['kind']} captured ${captured.toFixed(0)}, waited ${waited.toFixed(0)}, target ${target}`,
    );
  }
  return lines.join('; ');
}

function arrivals(which: 'direct' | 'served'): Promise<Arrivals> {
  return watcher.page.evaluate((name) => window.__readers[name]?.() ?? { pictures: [], beeps: [] }, which);
}

/** Of the pictures that came by both calls: by how much the first was later than the second. */
function differences(one: Arrivals['pictures'], other: Arrivals['pictures']): number[] {
  const known = new Map(other);
  return one.flatMap(([code, late]) => {
    const base = known.get(code);
    return base === undefined ? [] : [late - base];
  });
}

/** For each beep: how much later it was played than the picture of its instant was shown. */
function apart({ pictures, beeps }: Arrivals): number[] {
  return beeps.flatMap(([second, late]) => {
    const code = (second * 1_000) % 2 ** layout.bits;
    const nearest = pictures.find(([shown]) => Math.abs(shown - code) < 40);
    return nearest === undefined ? [] : [late - nearest[1]];
  });
}

function delays(all: readonly (readonly [number, number])[]): number[] {
  return all.map(([, late]) => late);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.POSITIVE_INFINITY;
}

function quartiles(values: readonly number[]): string {
  return [0.25, 0.5, 0.75, 0.95].map((share) => round(percentile(values, share))).join(' / ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
