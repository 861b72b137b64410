import type { CameraLayer, TileSize } from '../control/media.ts';
import { CAMERA_LAYERS, LAYER_FACTS, layerRank } from './layers.ts';

/** A picture is stretched by this much before the next layer is worth its bits. */
const STRETCH = 1.3;
/** And by so much less before the smaller layer will do again: a window being resized does not make it flap. */
const RETURN = 1.15;

/** Lines of a 16:9 picture that covers the tile. */
function neededLines({ width, height }: TileSize): number {
  return Math.max(height, (width * 9) / 16);
}

/**
 * The layer that a tile of this size wants.
 * @param tile device pixels
 * @param former the layer it wanted before
 */
export function chooseLayer(tile: TileSize, former: CameraLayer | null): CameraLayer {
  const lines = neededLines(tile);
  for (const layer of CAMERA_LAYERS) {
    const shrinking = former !== null && layerRank(layer) < layerRank(former);
    if (lines <= LAYER_FACTS[layer].height * (shrinking ? RETURN : STRETCH)) return layer;
  }
  return 'f';
}

/**
 * What can be shown now of what is wanted: the layer itself, else the best one below, else the smallest above.
 * @param arriving the layers whose packets really come; a browser sends fewer when its path or processor is short
 */
export function fallBack(wanted: CameraLayer, arriving: ReadonlySet<CameraLayer>): CameraLayer | null {
  for (const layer of SUBSTITUTES[wanted]) if (arriving.has(layer)) return layer;
  return null;
}

const SUBSTITUTES: Readonly<Record<CameraLayer, readonly CameraLayer[]>> = {
  q: ['q', 'h', 'f'],
  h: ['h', 'q', 'f'],
  f: ['f', 'h', 'q'],
};
