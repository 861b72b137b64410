import type { CameraLayer, VideoCodec, Wanted } from '../control/media.ts';
import { CAMERA_LAYERS } from './layers.ts';

/** A layer that nobody needs is paused after this long, ms: people look away and back. */
const PAUSE_AFTER = 2_000;

/** What the viewers of one sender need, gathered anew for each update. */
export interface NeededLayers {
  readonly camera: ReadonlySet<CameraLayer>;
  readonly screen: boolean;
}

/**
 * What a sender is told to send: everything that some viewer needs, from the moment it is needed, and for two seconds
 * after nobody does. So a layer that is needed is never paused, in whatever order views come and go.
 */
export class WantedLayers {
  /** Until when each was needed. */
  readonly #camera = new Map<CameraLayer, number>();
  #needed: NeededLayers = { camera: new Set(), screen: false };
  #screenAt = Number.NEGATIVE_INFINITY;
  #wanted: Wanted = { camera: [], screen: false, codec: null };

  get wanted(): Wanted {
    return this.#wanted;
  }

  /** To be called on every change of what is needed, and about every 500 ms. True when `wanted` changed. */
  update(needed: NeededLayers, now: number, codec: VideoCodec | null): boolean {
    // What was needed at the former update was needed until now.
    for (const layer of this.#needed.camera) this.#camera.set(layer, now);
    if (this.#needed.screen) this.#screenAt = now;
    this.#needed = { camera: new Set(needed.camera), screen: needed.screen };
    const recent = (at: number) => now - at < PAUSE_AFTER;
    const camera = CAMERA_LAYERS.filter(
      (layer) => needed.camera.has(layer) || recent(this.#camera.get(layer) ?? Number.NEGATIVE_INFINITY),
    );
    const screen = needed.screen || recent(this.#screenAt);
    const former = this.#wanted;
    const same = screen === former.screen && codec === former.codec;
    if (same && camera.join() === former.camera.join()) return false;
    this.#wanted = { camera, screen, codec };
    return true;
  }
}
