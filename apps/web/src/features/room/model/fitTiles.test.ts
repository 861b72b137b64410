import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contain, fitBestRatio, fitTiles } from './fitTiles.ts';

const ratio = 16 / 9;
const count = fc.integer({ min: 1, max: 49 });
const box = fc.record({
  width: fc.integer({ min: 60, max: 4_000 }),
  height: fc.integer({ min: 60, max: 3_000 }),
});
const gap = fc.integer({ min: 0, max: 16 });

describe('fitTiles', () => {
  it('stays inside the box and holds everybody, with no empty row or column', () => {
    fc.assert(
      fc.property(count, box, gap, (n, area, space) => {
        const { columns, rows, tile } = fitTiles(n, area, space, ratio);
        if (tile.width === 0) return; // No room for anything.
        expect(columns * tile.width + (columns - 1) * space).toBeLessThanOrEqual(area.width);
        expect(rows * tile.height + (rows - 1) * space).toBeLessThanOrEqual(area.height);
        expect(columns * rows).toBeGreaterThanOrEqual(n);
        expect((rows - 1) * columns).toBeLessThan(n);
        expect(rows * (columns - 1)).toBeLessThan(n);
      }),
    );
  });

  it('keeps the ratio to the pixel', () => {
    fc.assert(
      fc.property(count, box, gap, (n, area, space) => {
        const { tile } = fitTiles(n, area, space, ratio);
        expect(Math.abs(tile.height - tile.width / ratio)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('finds the largest tiles that any number of columns allows', () => {
    fc.assert(
      fc.property(count, box, gap, (n, area, space) => {
        const { tile } = fitTiles(n, area, space, ratio);
        for (let columns = 1; columns <= n; columns++) {
          const rows = Math.ceil(n / columns);
          const width = Math.min(
            (area.width - space * (columns - 1)) / columns,
            ((area.height - space * (rows - 1)) / rows) * ratio,
          );
          expect(tile.width).toBeGreaterThanOrEqual(Math.floor(width));
        }
      }),
    );
  });

  it('never makes tiles larger when somebody joins', () => {
    fc.assert(
      fc.property(count, box, gap, (n, area, space) => {
        const now = fitTiles(n, area, space, ratio).tile.width;
        expect(fitTiles(n + 1, area, space, ratio).tile.width).toBeLessThanOrEqual(now);
      }),
    );
  });

  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [9, 3, 3],
    [16, 4, 4],
  ])('%i people on a laptop: %i × %i', (n, columns, rows) => {
    expect(fitTiles(n, { width: 1264, height: 690 }, 8)).toMatchObject({ columns, rows });
  });

  it('has no tile for nobody and none without room', () => {
    expect(fitTiles(0, { width: 100, height: 100 }, 8).columns).toBe(0);
    expect(fitTiles(5, { width: 10, height: 10 }, 8).tile).toEqual({ width: 0, height: 0 });
  });
});

describe('fitBestRatio', () => {
  it('covers at least as much as each of the ratios alone', () => {
    const ratios = [16 / 9, 4 / 3, 1, 3 / 4];
    fc.assert(
      fc.property(count, box, gap, (n, area, space) => {
        const { tile } = fitBestRatio(n, area, space, ratios);
        for (const each of ratios) {
          const other = fitTiles(n, area, space, each).tile;
          expect(tile.width * tile.height).toBeGreaterThanOrEqual(other.width * other.height);
        }
      }),
    );
  });
});

describe('contain', () => {
  it('fits into the box', () => {
    expect(contain({ width: 1600, height: 2000 }, ratio)).toEqual({ width: 1600, height: 900 });
    expect(contain({ width: 1600, height: 90 }, ratio)).toEqual({ width: 160, height: 90 });
  });
});
