import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planStage, type StageInput } from './planStage.ts';

const input = fc.record({
  box: fc.record({
    width: fc.integer({ min: 200, max: 3_000 }),
    height: fc.integer({ min: 200, max: 2_000 }),
  }),
  gap: fc.constant(8),
  count: fc.integer({ min: 0, max: 300 }),
  focus: fc.constantFrom('none' as const, 'camera' as const, 'screen' as const),
  strip: fc.boolean(),
});
const laptop: StageInput = {
  box: { width: 1264, height: 690 },
  gap: 8,
  count: 5,
  focus: 'none',
  strip: true,
};
const phone = { width: 374, height: 640 };

describe('planStage', () => {
  it('counts everybody: shown and more, or nobody when the strip is away', () => {
    fc.assert(
      fc.property(input, (stage) => {
        const { shown, more, side } = planStage(stage);
        expect(shown + more).toBe(stage.focus !== 'none' && !stage.strip ? 0 : stage.count);
        // "+1" would take the place of the one that it counts.
        if (side === 'below') expect(more).not.toBe(1);
      }),
    );
  });

  it('never puts the large picture over the small ones', () => {
    fc.assert(
      fc.property(input, (stage) => {
        const { main, area, side } = planStage(stage);
        if (main === null) return;
        const along = side === 'beside' ? main.width + area.width : main.height + area.height;
        expect(along).toBeLessThanOrEqual(side === 'beside' ? stage.box.width : stage.box.height);
      }),
    );
  });

  it('shows up to 16 on a large screen and 6 on a phone', () => {
    expect(planStage({ ...laptop, count: 16 })).toMatchObject({ shown: 16, more: 0, main: null });
    expect(planStage({ ...laptop, count: 40 })).toMatchObject({ shown: 15, more: 25 });
    expect(planStage({ ...laptop, box: phone, count: 9 })).toMatchObject({ shown: 5, more: 4 });
  });

  it('fills an upright screen with other than wide tiles', () => {
    const { tile } = planStage({ ...laptop, box: phone, count: 4 });
    expect(tile.height / tile.width).toBeGreaterThan(1);
  });

  it('puts the strip beside on a wide screen and below on an upright one', () => {
    expect(planStage({ ...laptop, focus: 'screen' }).side).toBe('beside');
    expect(planStage({ ...laptop, box: phone, focus: 'screen' }).side).toBe('below');
  });

  it('shows a screen in its own shape on an upright screen, and a person larger', () => {
    const screen = planStage({ ...laptop, box: phone, focus: 'screen' }).main;
    expect(screen).toEqual({ width: 374, height: 210 });
    expect(planStage({ ...laptop, box: phone, focus: 'camera' }).main?.height).toBe(352);
  });

  it('always shows somebody beside a large picture, and counts the rest', () => {
    const low = planStage({ ...laptop, box: { width: 828, height: 230 }, focus: 'screen', count: 3 });
    expect(low).toMatchObject({ side: 'beside', shown: 1, more: 2 });
    expect(planStage({ ...laptop, focus: 'screen', count: 12 })).toMatchObject({ shown: 4, more: 8 });
  });

  it('gives everything to the large picture without the strip', () => {
    expect(planStage({ ...laptop, focus: 'screen', strip: false })).toMatchObject({
      main: laptop.box,
      shown: 0,
    });
  });
});
