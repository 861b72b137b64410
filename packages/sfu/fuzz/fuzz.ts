import { Coverage } from './Coverage.ts';
import { mutate } from './mutate.ts';
import type { Random } from './Random.ts';
import type { Target } from './Target.ts';

/** Inputs between two looks at the counters: reading them takes longer than most inputs do. */
const BATCH = 64;
/** What has found something new is changed again; the oldest finds are forgotten beyond this. */
const MOST_KEPT = 2_000;
/** One input that takes longer is a find too: work has to be bounded by the input's length, ms. */
const TOO_LONG = 1_000;

export interface Find {
  readonly input: Uint8Array;
  readonly error: unknown;
}

export interface FuzzResult {
  readonly runs: number;
  readonly blocks: number;
  readonly kept: number;
  readonly find: Find | null;
}

/** Changes what has reached new code again and again, until something throws or the time is over. */
export async function fuzz(target: Target, seconds: number, random: Random): Promise<FuzzResult> {
  const coverage = new Coverage();
  const kept = [...target.seeds];
  let runs = 0;
  let find: Find | null = null;
  const run = (input: Uint8Array): void => {
    runs += 1;
    const begin = performance.now();
    try {
      target.run(Uint8Array.from(input));
      if (performance.now() - begin > TOO_LONG) throw new Error('it took too long');
    } catch (error) {
      find ??= { input, error };
    }
  };
  await coverage.start();
  for (const seed of target.seeds) await coverage.isNew(() => run(seed), true);
  const end = performance.now() + seconds * 1_000;
  while (find === null && performance.now() < end) {
    const batch = Array.from({ length: BATCH }, () => mutate(random.pick(kept), random, kept));
    if (!(await coverage.isNew(() => batch.forEach(run), false))) continue;
    for (const input of batch) if (await coverage.isNew(() => run(input), true)) kept.push(input);
    if (kept.length > MOST_KEPT) kept.splice(target.seeds.length, kept.length - MOST_KEPT);
  }
  return { runs, blocks: coverage.size, kept: kept.length - target.seeds.length, find };
}
