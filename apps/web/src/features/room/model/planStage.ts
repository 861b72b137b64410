import { contain, fitBestRatio, fitTiles, type Size } from './fitTiles.ts';

export interface StageInput {
  /** CSS pixels. */
  readonly box: Size;
  readonly gap: number;
  /** Small tiles that want to be shown. */
  readonly count: number;
  /** What is shown large. A screen is shown whole, a camera's picture may be cut to fill its place. */
  readonly focus: 'none' | 'camera' | 'screen';
  /** The small tiles beside what is large; without it they are away. */
  readonly strip: boolean;
}

export interface StagePlan {
  /** Where the large picture goes; null in the grid. */
  readonly main: Size | null;
  /** The area of the small tiles. */
  readonly area: Size;
  readonly side: 'below' | 'beside';
  readonly tile: Size;
  /** Small tiles with a picture. */
  readonly shown: number;
  /** People for whom there is no tile: one "+N" more. */
  readonly more: number;
}

const wide = 16 / 9;
/** On a phone held upright wide tiles would leave half of the screen empty. */
const uprightRatios = [wide, 4 / 3, 1, 3 / 4];
const largeScreen = 900;
const mostTilesLarge = 16;
const mostTilesSmall = 6;
const besideWidth = { least: 150, most: 260, share: 0.2 };
/** "+N" beside a large picture is one line, CSS pixels. */
const moreHeight = 36;
/** A person shown large gets at least this share of an upright screen. */
const mainShareUpright = 0.55;

/** How the stage is divided. Pure: the same input gives the same stage. */
export function planStage(input: StageInput): StagePlan {
  const { box, focus, strip } = input;
  if (focus === 'none') return withTiles(input, null, box, 'below');
  if (!strip || input.count === 0)
    return withTiles({ ...input, count: 0 }, box, { width: 0, height: 0 }, 'beside');
  return box.width >= box.height ? beside(input) : below(input);
}

function beside(input: StageInput): StagePlan {
  const { box, gap } = input;
  const width = Math.round(
    Math.min(besideWidth.most, Math.max(besideWidth.least, box.width * besideWidth.share), box.width / 2),
  );
  const tile = { width, height: Math.floor(width / wide) };
  const fitting = (height: number) => Math.max(1, Math.floor((height + gap) / (tile.height + gap)));
  const all = input.count <= Math.min(fitting(box.height), mostTilesLarge);
  const shown = all ? input.count : Math.min(fitting(box.height - moreHeight - gap), mostTilesLarge);
  const more = input.count - shown;
  const main = { width: box.width - width - gap, height: box.height };
  return { main, area: { width, height: box.height }, side: 'beside', tile, shown, more };
}

function below(input: StageInput): StagePlan {
  const { box, gap } = input;
  const height = Math.round(
    Math.max(contain(box, wide).height, input.focus === 'camera' ? box.height * mainShareUpright : 0),
  );
  const area = { width: box.width, height: Math.max(0, box.height - height - gap) };
  return withTiles(input, { width: box.width, height }, area, 'below');
}

function withTiles(input: StageInput, main: Size | null, area: Size, side: 'below' | 'beside'): StagePlan {
  const most = input.box.width >= largeScreen ? mostTilesLarge : mostTilesSmall;
  const { shown, more } = share(input.count, most);
  const tiles = shown + (more > 0 ? 1 : 0);
  const upright = area.height > area.width;
  const { tile } = upright
    ? fitBestRatio(tiles, area, input.gap, uprightRatios)
    : fitTiles(tiles, area, input.gap, wide);
  return { main, area, side, tile, shown, more };
}

/** All if they fit; otherwise one place is for "+N". */
function share(count: number, most: number): { shown: number; more: number } {
  return count <= most ? { shown: count, more: 0 } : { shown: most - 1, more: count - (most - 1) };
}
