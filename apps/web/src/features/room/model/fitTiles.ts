export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Fit {
  readonly columns: number;
  readonly rows: number;
  /** CSS pixels, whole. */
  readonly tile: Size;
}

const none: Fit = { columns: 0, rows: 0, tile: { width: 0, height: 0 } };

/**
 * The arrangement of `count` equal tiles in a box that makes the tiles largest, without scrolling.
 * @param ratio width : height of a tile
 * @param gap CSS pixels between tiles
 */
export function fitTiles(count: number, box: Size, gap: number, ratio = 16 / 9): Fit {
  let best = none;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    // As many columns as these rows need, no more: 4 in 3 columns are 2 × 2.
    if (Math.ceil(count / rows) < columns) continue;
    const tile = tileIn(box, columns, rows, gap, ratio);
    if (tile.width > best.tile.width) best = { columns, rows, tile };
  }
  return best;
}

/** Of several ratios the one whose tiles cover most. Wide first: an equal cover keeps the wider one. */
export function fitBestRatio(count: number, box: Size, gap: number, ratios: readonly number[]): Fit {
  let best = none;
  for (const ratio of ratios) {
    const fit = fitTiles(count, box, gap, ratio);
    if (area(fit.tile) > area(best.tile)) best = fit;
  }
  return best;
}

/** The largest picture of a ratio in a box. */
export function contain(box: Size, ratio: number): Size {
  return tileIn(box, 1, 1, 0, ratio);
}

function tileIn(box: Size, columns: number, rows: number, gap: number, ratio: number): Size {
  const width = (box.width - gap * (columns - 1)) / columns;
  const height = (box.height - gap * (rows - 1)) / rows;
  const fitting = Math.floor(Math.min(width, height * ratio));
  return fitting <= 0 ? none.tile : { width: fitting, height: Math.floor(fitting / ratio) };
}

function area({ width, height }: Size): number {
  return width * height;
}
