import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraLayer } from '../control/media.ts';
import { allocateBudget, type BudgetPriority } from './allocateBudget.ts';
import { chooseLayer, fallBack } from './chooseLayer.ts';
import { DownlinkBudget } from './DownlinkBudget.ts';
import { CAMERA_LAYERS, layerRank } from './layers.ts';
import { WantedLayers } from './WantedLayers.ts';

const even = (bitrate: number) => ({ keep: bitrate, begin: bitrate, raise: bitrate });
const layer = fc.constantFrom(...CAMERA_LAYERS);
const layers = fc.uniqueArray(layer, { maxLength: 3 }).map((list) => new Set(list));

describe('chooseLayer', () => {
  it('follows the size of the tile', () => {
    const lines = (height: number) => chooseLayer({ width: 16, height }, null);
    expect([100, 180, 230, 240, 360, 460, 480, 1080].map(lines)).toEqual([
      ...['q', 'q', 'q', 'h', 'h', 'h', 'f', 'f'],
    ]);
    expect(chooseLayer({ width: 1280, height: 100 }, null)).toBe('f');
  });

  it('never goes down while a tile grows, and does not flap around a border', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 500 }), (height, more) => {
        const small = chooseLayer({ width: 16, height }, null);
        const large = chooseLayer({ width: 16, height: height + more }, small);
        expect(layerRank(large)).toBeGreaterThanOrEqual(layerRank(small));
        const back = chooseLayer({ width: 16, height: height + more - 1 }, large);
        expect(back).toBe(large);
      }),
    );
  });

  it('goes down only well below the border at which it went up', () => {
    const lines = (height: number, former: CameraLayer) => chooseLayer({ width: 16, height }, former);
    expect([lines(235, 'q'), lines(230, 'h'), lines(205, 'h'), lines(205, 'f')]).toEqual([
      ...['h', 'h', 'q', 'q'],
    ]);
  });

  it('falls back to what arrives', () => {
    expect(fallBack('f', new Set(['q', 'h']))).toBe('h');
    expect(fallBack('h', new Set(['q', 'f']))).toBe('q');
    expect(fallBack('q', new Set(['h', 'f']))).toBe('h');
    expect(fallBack('q', new Set())).toBeNull();
    fc.assert(
      fc.property(layer, layers, (wanted, arriving) => {
        const got = fallBack(wanted, arriving);
        if (arriving.size === 0) expect(got).toBeNull();
        else expect(got !== null && arriving.has(got)).toBe(true);
        if (arriving.has(wanted)) expect(got).toBe(wanted);
      }),
    );
  });
});

describe('allocateBudget', () => {
  const request = fc.record({
    priority: fc.constantFrom<BudgetPriority>('screen', 'focus', 'tile'),
    bitrates: fc
      .array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 3 })
      .map((steps) => steps.map((_, index) => steps.slice(0, index + 1).reduce((a, b) => a + b, 0))),
    former: fc.integer({ min: -1, max: 2 }),
  });

  it('spends no more than there is, and gives everything when there is no limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.array(request, { maxLength: 10 }),
        (budget, list) => {
          const given = allocateBudget(even(budget), 100, list);
          const spent = list.reduce(
            (sum, { bitrates }, index) => sum + (bitrates[given[index] ?? -1] ?? 0),
            0,
          );
          // What is shown already may cost a tenth more: rates are measured.
          if (spent > 0) expect(spent + 100).toBeLessThanOrEqual(budget * 1.1);
          const fresh = allocateBudget(
            even(budget),
            100,
            list.map((item) => ({ ...item, former: -1 })),
          );
          const risen = list.reduce(
            (sum, { bitrates }, index) => sum + (bitrates[fresh[index] ?? -1] ?? 0),
            0,
          );
          if (risen > 0) expect(risen + 100).toBeLessThanOrEqual(budget);
          const unlimited = allocateBudget(even(Number.POSITIVE_INFINITY), 100, list);
          expect(unlimited).toEqual(list.map(({ bitrates }) => bitrates.length - 1));
          // Never more for anybody by a larger budget being smaller: what it had fits again and is kept.
          const again = list.map((item, index) => ({ ...item, former: given[index] ?? -1 }));
          const repeated = allocateBudget(even(budget), 100, again);
          const cost = repeated.reduce((sum, at, index) => sum + (list[index]?.bitrates[at] ?? 0), 0);
          if (cost > 0) expect(cost + 100).toBeLessThanOrEqual(budget * 1.1);
        },
      ),
    );
  });

  it('serves the screen, then the focus, then tiles; smallest layers of all before better ones', () => {
    const camera = { bitrates: [150, 500, 1500], former: -1 };
    const list = [
      { ...camera, priority: 'tile' as const },
      { ...camera, priority: 'tile' as const },
      { ...camera, priority: 'focus' as const },
      { bitrates: [800], former: -1, priority: 'screen' as const },
    ];
    expect(allocateBudget(even(1000), 50, list)).toEqual([-1, -1, -1, 0]);
    expect(allocateBudget(even(1300), 50, list)).toEqual([0, -1, 0, 0]);
    expect(allocateBudget(even(1900), 50, list)).toEqual([0, 0, 1, 0]);
    expect(allocateBudget(even(3000), 50, list)).toEqual([0, 0, 2, 0]);
    expect(allocateBudget(even(3400), 50, list)).toEqual([1, 0, 2, 0]);
    expect(allocateBudget(even(9000), 50, list)).toEqual([2, 2, 2, 0]);
  });

  it('keeps a layer on a budget that would not be enough to go up to it', () => {
    const camera = { bitrates: [150, 500], priority: 'tile' as const };
    expect(allocateBudget(even(510), 0, [{ ...camera, former: 0 }])).toEqual([0]);
    expect(allocateBudget(even(510), 0, [{ ...camera, former: 1 }])).toEqual([1]);
    expect(allocateBudget(even(450), 0, [{ ...camera, former: 1 }])).toEqual([0]);
    const budget = { keep: 2_000, begin: 2_000, raise: 520 };
    expect(allocateBudget(budget, 0, [{ ...camera, former: 0 }])).toEqual([0]);
    // Whom one does not see at all one sees first.
    expect(allocateBudget({ ...budget, raise: 0 }, 0, [{ ...camera, former: -1 }])).toEqual([0]);
    expect(allocateBudget({ ...budget, begin: 0, raise: 0 }, 0, [{ ...camera, former: -1 }])).toEqual([-1]);
  });
});

describe('DownlinkBudget', () => {
  it('has no limit while the estimate only follows what is sent', () => {
    const budget = new DownlinkBudget();
    let estimate = 150_000;
    for (let now = 0; now < 30_000; now += 1000) {
      budget.onEstimate(estimate, 150_000, now);
      estimate = Math.min(estimate * 1.08, 235_000);
      expect(budget.bitrate(now)).toBe(Number.POSITIVE_INFINITY);
    }
    // A tile grows: now ten times as much is sent, and the estimate climbs after it.
    for (let now = 30_000; now < 60_000; now += 1000) {
      budget.onEstimate(estimate, 1_500_000, now);
      estimate *= 1.08;
      expect(budget.bitrate(now)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('takes a falling estimate for the limit, tries again later, and waits longer after each failure', () => {
    const budget = new DownlinkBudget();
    budget.onEstimate(2_000_000, 1_500_000, 0);
    const trials: number[] = [];
    let limitedAt = 1000;
    budget.onEstimate(500_000, 900_000, limitedAt);
    let estimate = 500_000;
    for (let now = 1000; now < 200_000; now += 500) {
      if (budget.bitrate(now) <= 500_000) continue;
      trials.push(now - limitedAt);
      budget.onEstimate(estimate * 1.2, 500_000, now);
      expect(budget.bitrate(now)).toBe(1_750_000);
      limitedAt = now + 1000;
      estimate = 450_000;
      budget.onEstimate(estimate, 900_000, limitedAt);
    }
    expect(trials).toEqual([5000, 10_000, 20_000, 40_000, 60_000]);
  });

  it('takes an estimate that stays below what is sent for overuse, and heavy loss too', () => {
    const stuck = new DownlinkBudget();
    for (let now = 0; now <= 5000; now += 1000) stuck.onEstimate(470_000, 600_000, now);
    expect(stuck.bitrate(5000)).toBe(480_000);
    const dead = new DownlinkBudget();
    for (let now = 0; now <= 4000; now += 1000) dead.onLoss(1, 40_000, now);
    expect(dead.bitrate(4000)).toBe(300_000); // Enough for sound and a smallest picture, or it would never rise again.
    const lossy = new DownlinkBudget();
    lossy.onLoss(0.05, 1_000_000, 0);
    expect(lossy.bitrate(0)).toBe(Number.POSITIVE_INFINITY);
    lossy.onLoss(0.4, 1_000_000, 0);
    expect(lossy.bitrate(0)).toBe(800_000);
    expect(lossy.bitrate(70_000)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('WantedLayers', () => {
  it('never pauses what is needed, nor sooner than two seconds after it was', () => {
    const codec = fc.constantFrom('VP8' as const, 'VP9' as const);
    const step = fc.record({ wait: fc.nat(3000), camera: layers, screen: fc.boolean(), codec });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const wanted = new WantedLayers();
        const until = new Map<CameraLayer, number>();
        let now = 0;
        let needed: ReadonlySet<CameraLayer> = new Set();
        for (const { wait, camera, screen, codec } of steps) {
          now += wait;
          for (const one of needed) until.set(one, now);
          needed = camera;
          const before = wanted.wanted;
          const changed = wanted.update({ camera, screen }, now, codec);
          expect(changed).toBe(JSON.stringify(before) !== JSON.stringify(wanted.wanted));
          for (const one of CAMERA_LAYERS) {
            const expected = camera.has(one) || now - (until.get(one) ?? Number.NEGATIVE_INFINITY) < 2000;
            expect(wanted.wanted.camera.includes(one)).toBe(expected);
          }
          if (screen) expect(wanted.wanted.screen).toBe(true);
          expect(wanted.wanted.codec).toBe(codec);
        }
      }),
    );
  });
});
