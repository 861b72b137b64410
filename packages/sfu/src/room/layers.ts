import type { CameraLayer } from '../control/media.ts';

/** The simulcast layers of a camera, the smallest first. */
export const CAMERA_LAYERS: readonly CameraLayer[] = Object.freeze(['q', 'h', 'f']);

/** Lines of a 16:9 picture at full capture, and the bitrate to reckon with until the layer has been measured, bit/s. */
export const LAYER_FACTS: Readonly<
  Record<CameraLayer, { readonly height: number; readonly bitrate: number }>
> = Object.freeze({
  q: { height: 180, bitrate: 150_000 },
  h: { height: 360, bitrate: 500_000 },
  f: { height: 720, bitrate: 1_500_000 },
});

export function layerRank(layer: CameraLayer): number {
  return CAMERA_LAYERS.indexOf(layer);
}
