import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PathImpairment } from '../../net/relay/Path.ts';
import { BadNetworkCall, type Connected, type Measurement } from '../harness/badNetwork.ts';
import { expectNoDoubts } from '../harness/doubts.ts';
import { seeMoving } from '../harness/media.ts';

/** No path is without delay, ms each way. */
const delayMs = 25;
const settleMs = 5_000;
const recoverMs = 12_000;
const measureMs = 8_000;
/** Chance loses more or less of 400 packets, and a busy machine is late: what was over a bar is looked at for longer. */
const looksMs = [measureMs, 20_000, 20_000];
/** A path that loses nothing: what may be concealed there, or left out of a picture. */
const untouched = { concealed: 0.02, videoLost: 0.005, framesPerSecond: 10 };
/**
 * Three browsers encode and paint on the processors that also forward. Where those do not reach so many frames by
 * themselves, they are too busy for the bars, and a bad network has to leave so much of what they do reach.
 */
const capable = 18;
const kept = 0.6;

interface Case {
  readonly name: string;
  readonly path: PathImpairment;
  /** Share of the samples that were played that may be made up, silence that was made up left aside. */
  readonly concealed: number;
  readonly framesPerSecond: number;
  /** Tried each time; the others with CONCLAVE_NETWORK_MATRIX=1. */
  readonly browsers: readonly ('chromium' | 'firefox')[];
}

// The worst last: after 30 % of loss, or 300 ms of jitter, a browser that sends needs long to trust its network again.
const cases: readonly Case[] = [
  {
    name: '5 % reordering',
    path: { reordering: 0.05 },
    concealed: 0.03,
    framesPerSecond: 15,
    browsers: ['firefox'],
  },
  { name: '5 % loss', path: { loss: 0.05 }, concealed: 0.03, framesPerSecond: 15, browsers: ['chromium'] },
  {
    name: '10 % loss',
    path: { loss: 0.1 },
    concealed: 0.06,
    framesPerSecond: 15,
    browsers: ['chromium', 'firefox'],
  },
  {
    name: '20 % loss',
    path: { loss: 0.2 },
    concealed: 0.15,
    framesPerSecond: 5,
    browsers: ['chromium', 'firefox'],
  },
  { name: '30 % loss', path: { loss: 0.3 }, concealed: 0.3, framesPerSecond: 0, browsers: ['chromium'] },
  {
    name: '10 % loss in bursts of four',
    path: { loss: 0.1, burst: 4 },
    concealed: 0.06,
    framesPerSecond: 10,
    browsers: ['chromium'],
  },
  {
    name: '300 ms jitter',
    path: { jitterMs: 300 },
    concealed: 0.06,
    // To an estimator this looks like a queue that fills and empties: it may take pictures away for the sake of sound.
    framesPerSecond: 0,
    browsers: ['chromium'],
  },
];
const directions = {
  'both ways': { up: true, down: true },
  'on the way up': { up: true, down: false },
  'on the way down': { up: false, down: true },
} as const;

const matrix = process.env['CONCLAVE_NETWORK_MATRIX'] === '1';
const everyDirection = ['both ways', 'on the way up', 'on the way down'] as const;
// One person's troubles after the other's: whoever had a bad network needs a while to trust it again.
const trials = (['firefox', 'chromium'] as const).flatMap((browser) =>
  cases
    .filter(({ browsers }) => matrix || browsers.includes(browser))
    .flatMap((one) =>
      (matrix ? everyDirection : everyDirection.slice(0, 1)).map((direction) => ({
        ...one,
        browser,
        direction,
      })),
    ),
);

let call: BadNetworkCall;
/** While nobody's network was bad. */
let calm: Measurement;
let last: 'chromium' | 'firefox' | null = null;

beforeAll(async () => {
  call = await BadNetworkCall.open();
}, 200_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

test.each(trials)('$browser: $name $direction', { timeout: 150_000 }, async (trial) => {
  const { name, path, browser, direction } = trial;
  const bad = browser === 'chromium' ? call.bob : call.fay;
  if (last !== browser) await begin(browser);
  last = browser;
  const { up, down } = directions[direction];
  const spoiled = { delayMs, ...path };
  await using _ = await call.spoil(bad, {
    up: up ? spoiled : { delayMs },
    down: down ? spoiled : { delayMs },
  });
  await delay(settleMs);
  let missed: string[] = [];
  for (const ms of looksMs) {
    const measured = await call.measure(ms);
    console.log(`${browser}, ${name} ${direction}:\n${measured}`);
    expect(measured.reconnections).toBe(0);
    missed = [...missedByConcerned(measured, bad, trial, ms), ...missedByOthers(measured, bad)];
    if (missed.length === 0) break;
  }
  await expectNoDoubts(call.people);
  expect(missed).toEqual([]);
});

/** The one whose network gets bad and the owner are seen; the third looks on, which leaves the processors some room. */
async function begin(browser: 'chromium' | 'firefox'): Promise<void> {
  const [seen, unseen] = browser === 'chromium' ? [call.bob, call.fay] : [call.fay, call.bob];
  if (await seen.page.has('button', 'Turn on camera')) await seen.page.click('button', 'Turn on camera');
  await unseen.page.click('button', 'Turn off camera');
  await seeMoving(unseen.page, 'camera', 2, { withinMs: 30_000 });
  await delay(recoverMs);
  calm = await call.measure(measureMs);
  console.log(`${browser}, before:\n${calm}`);
}

function missedByConcerned(measured: Measurement, bad: Connected, bars: Case, ms: number): string[] {
  const others = call.people.filter((one) => one !== bad);
  const machine = worstOf(measured, others);
  const isCapable = machine.framesPerSecond >= capable;
  const reached = isCapable ? bars.framesPerSecond : machine.framesPerSecond * kept;
  return pairs(bad, others).flatMap(([viewer, sender]) => {
    const { concealed, heardSeconds, framesPerSecond } = measured.quality(viewer, sender);
    return [
      over('concealed', concealed, bars.concealed + machine.concealed),
      under('sound, s', heardSeconds, ms / 2_000),
      isSeen(sender) ? under('frames/s', framesPerSecond, Math.min(bars.framesPerSecond, reached)) : null,
    ].flatMap((miss) => (miss === null ? [] : [`${sender.person.name} → ${viewer.person.name}: ${miss}`]));
  });
}

/** The two others do not notice. */
function missedByOthers(measured: Measurement, bad: Connected): string[] {
  const others = call.people.filter((each) => each !== bad);
  const now = worstOf(measured, others);
  const before = worstOf(calm, others);
  return [
    over('concealed', now.concealed, untouched.concealed + before.concealed),
    over('lost', now.videoLost, untouched.videoLost + before.videoLost),
    under(
      'frames/s',
      now.framesPerSecond,
      Math.min(untouched.framesPerSecond, before.framesPerSecond * kept),
    ),
  ].flatMap((miss) => (miss === null ? [] : [`not concerned: ${miss}`]));
}

/** Between two people: of the sound in both directions, and of the one picture. */
function worstOf(measured: Measurement, people: readonly Connected[]) {
  const [one, other] = people as [Connected, Connected];
  const [viewer, sender] = isSeen(one) ? [other, one] : [one, other];
  const { videoLost, framesPerSecond, concealed } = measured.quality(viewer, sender);
  return {
    concealed: Math.max(concealed, measured.quality(sender, viewer).concealed),
    videoLost,
    framesPerSecond,
  };
}

function isSeen(sender: Connected): boolean {
  return sender === call.olivia || sender === (last === 'chromium' ? call.bob : call.fay);
}

function over(what: string, value: number, bar: number): string | null {
  return value <= bar ? null : `${what} ${value}, at most ${bar}`;
}

function under(what: string, value: number, bar: number): string | null {
  return value >= bar ? null : `${what} ${value}, at least ${bar}`;
}

/** Who gets what over the bad network, as viewer and sender. */
function pairs(bad: Connected, others: readonly Connected[]): (readonly [Connected, Connected])[] {
  return others.flatMap((other) => [
    [bad, other],
    [other, bad],
  ]);
}
