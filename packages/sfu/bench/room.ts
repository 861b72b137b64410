// What it costs to decide who sees whom: one run of the allocation and what is told of it, in rooms of several sizes.
// `npm run bench:room`; ends with one line of JSON; fails when a participant of a large room costs more than the bar.
import { Allocation } from '../src/room/Allocation.ts';
import { Announcements } from '../src/room/Announcements.ts';
import { now } from '../src/room/clock.ts';
import { makeRoom } from './room/makeRoom.ts';

const SIZES = [50, 100, 200, 300];
const SPEAKERS = 4;
const RUNS = 60;
/** The most that a participant of the largest room may cost, in what one of the smallest costs. */
const BAR = 1.5;

/** Median µs of a run in which a speaker has changed. */
function measure(size: number): number {
  const { peers, beat } = makeRoom(size);
  const ids = [...peers.keys()];
  const allocation = new Allocation(peers);
  const announcements = new Announcements('room', peers, () => {});
  const costs: number[] = [];
  let time = now();
  for (let run = 0; run < RUNS; run++) {
    beat(time, run);
    for (let speaker = 0; speaker < SPEAKERS; speaker++) {
      const id = ids[(run * 7 + speaker * 11) % ids.length] ?? '';
      for (let packet = 0; packet < 10; packet++) allocation.onAudioLevel(id, 10, true, time + packet * 20);
    }
    time += 600;
    beat(time, 1_000 + run);
    allocation.tick(time);
    const began = performance.now();
    allocation.run(time);
    announcements.invalidate(null);
    announcements.flush(allocation.speakers);
    costs.push((performance.now() - began) * 1_000);
  }
  // The first runs are of code that is not compiled yet, and fill every slot.
  return costs.slice(RUNS / 3).toSorted((a, b) => a - b)[RUNS / 3] ?? Number.NaN;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
measure(50);
const results = SIZES.map((size) => {
  const cost = measure(size);
  console.log(
    `${size} people: ${(cost / 1_000).toFixed(2)} ms a run, ${(cost / size).toFixed(1)} µs for each`,
  );
  return { size, cost };
});
const [small, large] = [results[0], results.at(-1)];
if (small === undefined || large === undefined) throw new Error('There are no sizes.');
const ratio = large.cost / large.size / (small.cost / small.size);
if (!(ratio <= BAR)) {
  console.error(`above the bar of ${BAR}`);
  process.exitCode = 1;
}
console.log(
  JSON.stringify({
    ms_per_run_at_300: rounded(large.cost / 1_000),
    us_per_participant: rounded(large.cost / large.size),
    ratio_to_small_room: rounded(ratio),
  }),
);
