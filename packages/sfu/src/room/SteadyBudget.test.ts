import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateBudget, type BudgetRequest } from './allocateBudget.ts';
import { SteadyBudget } from './SteadyBudget.ts';

const STEP = 100;
const CAMERA = [150_000, 500_000, 1_500_000];

/** A viewer of several cameras whose path is estimated as given; what was shown at each step. */
function show(tiles: number, estimate: (time: number) => number, until: number): number[][] {
  const steady = new SteadyBudget();
  let former = new Array<number>(tiles).fill(-1);
  const shown: number[][] = [];
  for (let time = 0; time < until; time += STEP) {
    steady.update(estimate(time), time);
    const requests = former.map(
      (layer, index): BudgetRequest => ({
        priority: index === 0 ? 'focus' : 'tile',
        bitrates: CAMERA,
        former: layer,
      }),
    );
    const granted = allocateBudget(steady.budget(time), 100_000, requests);
    const spent = former.reduce((sum, layer) => sum + (CAMERA[layer] ?? 0), 100_000);
    if (granted.some((layer, index) => layer < (former[index] ?? -1))) steady.onFall(spent, time);
    if (granted.some((layer, index) => layer > (former[index] ?? -1))) steady.onRaise(time);
    former = granted;
    shown.push(granted);
  }
  return shown;
}

function changes(shown: readonly (readonly number[])[]): number {
  return shown.filter((layers, index) => index > 0 && layers.join() !== shown[index - 1]?.join()).length;
}

describe('SteadyBudget', () => {
  it('changes no layer while the estimate wavers by 15 %, whatever it is and however fast', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200_000, max: 12_000_000 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 3, max: 25 }).map((steps) => steps * STEP),
        (center, tiles, period) => {
          const estimate = (time: number) => center * (1 + 0.15 * Math.sin((time * 2 * Math.PI) / period));
          const settled = show(tiles, estimate, 90_000).slice(30_000 / STEP);
          expect(changes(settled)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('changes layers only so often, whatever the estimate does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ bitrate: fc.integer({ min: 30_000, max: 8_000_000 }), steps: fc.nat(80) }), {
          minLength: 1,
          maxLength: 60,
        }),
        (path) => {
          const steps = path.flatMap(({ bitrate, steps }) => new Array<number>(steps + 1).fill(bitrate));
          const shown = show(1, (time) => steps[time / STEP] ?? 0, steps.length * STEP);
          // After the beginning a rise waits for three seconds at least, and what falls must have risen.
          const raises = shown.flatMap((layers, index) =>
            index > 0 && (layers[0] ?? -1) > (shown[index - 1]?.[0] ?? -1) ? [index * STEP] : [],
          );
          for (const [index, at] of raises.entries()) {
            const fallen = shown.slice((raises[index - 1] ?? 0) / STEP, at / STEP + 1);
            const fell = fallen.some(
              (layers, place) => place > 0 && (layers[0] ?? 0) < (fallen[place - 1]?.[0] ?? 0),
            );
            if (at > 8_500 && fell) expect(at - (raises[index - 1] ?? 0)).toBeGreaterThanOrEqual(2_900);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tries less and less often what fails each time', () => {
    // Whenever the large layer is shown, the path turns out to be too narrow for it.
    const raises: number[] = [];
    const steady = new SteadyBudget();
    let former = 0;
    let shownSince = 0;
    for (let time = 0; time < 300_000; time += STEP) {
      const failing = former === 2 && time - shownSince > 2_000;
      steady.update(failing ? 800_000 : 2_000_000, time);
      const budget = steady.budget(time);
      const [layer = -1] = allocateBudget(budget, 0, [{ priority: 'focus', bitrates: CAMERA, former }]);
      if (layer > former) {
        steady.onRaise(time);
        raises.push(time);
        shownSince = time;
      } else if (layer < former) steady.onFall(CAMERA[former] ?? 0, time);
      former = layer;
    }
    const pauses = raises.map((time, index) => time - (raises[index - 1] ?? 0)).slice(1);
    expect(pauses.length).toBeLessThan(12);
    expect(pauses.at(-1)).toBeGreaterThan(40_000);
  });

  it('shows everything at once in the beginning, and three seconds after a path has become wider later', () => {
    expect(show(1, () => 2_000_000, 200)[0]).toEqual([2]);
    const shown = show(1, (time) => (time < 20_000 ? 400_000 : 2_000_000), 30_000);
    expect(shown[19_900 / STEP]).toEqual([0]);
    const risen = shown.findIndex(([layer]) => layer === 2) * STEP;
    expect(risen).toBeGreaterThanOrEqual(22_500);
    expect(risen).toBeLessThanOrEqual(24_000);
  });

  it('has forgotten what failed before when a path has become another one, and then wide again', () => {
    // At 5 s and 11 s a rise fails; from 20 to 30 s there is next to nothing.
    const estimate = (time: number): number => {
      if (time < 20_000) return time % 6_000 < 5_000 ? 2_000_000 : 1_200_000;
      return time < 30_000 ? 100_000 : 2_000_000;
    };
    const shown = show(1, estimate, 40_000);
    expect(shown[29_900 / STEP]).toEqual([-1]);
    const risen = shown.findIndex(([layer], index) => index * STEP >= 30_000 && layer === 2) * STEP;
    expect(risen).toBeLessThanOrEqual(34_000);
  });

  it('lets nobody wait long for a smallest picture, however often something better had failed', () => {
    // Five times a better layer fails; then for two seconds there is room for nothing.
    const estimate = (time: number): number => {
      if (time < 100_000) return time % 20_000 < 17_000 ? 2_000_000 : 400_000;
      return time < 102_000 ? 100_000 : 2_000_000;
    };
    const shown = show(1, estimate, 130_000);
    expect(shown[101_900 / STEP]).toEqual([-1]);
    const at = (layer: number) =>
      shown.findIndex(([now = -1], index) => index * STEP >= 102_000 && now >= layer) * STEP;
    expect(at(0)).toBeGreaterThanOrEqual(104_900);
    expect(at(0)).toBeLessThanOrEqual(109_000);
  });

  it('lets go at once of what does not fit any more', () => {
    const shown = show(1, (time) => (time < 10_000 ? 2_000_000 : 200_000), 10_200);
    expect(shown[9_900 / STEP]).toEqual([2]);
    expect(shown[10_000 / STEP]).toEqual([-1]);
  });
});
