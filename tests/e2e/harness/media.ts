import { setTimeout as delay } from 'node:timers/promises';
import { measureTones } from '../in-page/measureTones.ts';
import { type SeenVideo, watchVideos } from '../in-page/watchVideos.ts';
import type { Page, Person } from './page.ts';
import { waitFor } from './waitFor.ts';

/** The measure of a moving picture: two sums of its pixels this far apart differ. */
const movingMs = 500;
/** RMS of a full-scale 1.0. A beep that was encoded and decoded is at about 0.3, silence below 0.001. */
export const audible = 0.02;

interface Within {
  readonly withinMs: number;
}

/** Waits until at least `count` others' cameras (or one screen) move in this page. */
export async function seeMoving(
  page: Page,
  source: SeenVideo['source'],
  count: number,
  { withinMs }: Within,
): Promise<SeenVideo[]> {
  return waitFor(
    `${count} moving ${source} pictures in ${page.browser}`,
    async () => {
      const before = await others(page, source);
      if (before.length < count) return null;
      await delay(movingMs);
      const now = await others(page, source);
      const moving = now.filter((video) => hasMoved(before, video));
      return moving.length >= count ? moving : null;
    },
    { withinMs },
  );
}

/** Others' videos of one source, as they look now. */
export async function others(page: Page, source: SeenVideo['source']): Promise<SeenVideo[]> {
  const videos = await page.evaluate(watchVideos, null);
  return videos.filter((video) => !video.self && video.source === source);
}

function hasMoved(before: readonly SeenVideo[], now: SeenVideo): boolean {
  const then = before.find(({ participantId }) => participantId === now.participantId);
  return then?.pixels != null && now.pixels !== null && now.textured && then.pixels !== now.pixels;
}

/** Waits until this page hears the tone of each of `people`. */
export async function hear(page: Page, people: readonly Person[], { withinMs }: Within): Promise<void> {
  const frequencies = people.map(({ tone }) => tone);
  await waitFor(
    `${people.map(({ name, tone }) => `${name} at ${tone} Hz`).join(', ')} in ${page.browser}`,
    async () => {
      const heard = await page.evaluate(measureTones, { frequencies, ms: 1_500 });
      return frequencies.every((_, index) => heard.some(({ tones }) => (tones[index] ?? 0) > audible));
    },
    { withinMs },
  );
}

/** The loudest level of each person's tone in this page over 1.5 s. */
export async function toneLevels(page: Page, people: readonly Person[]): Promise<number[]> {
  const frequencies = people.map(({ tone }) => tone);
  const heard = await page.evaluate(measureTones, { frequencies, ms: 1_500 });
  return frequencies.map((_, index) => Math.max(0, ...heard.map(({ tones }) => tones[index] ?? 0)));
}
