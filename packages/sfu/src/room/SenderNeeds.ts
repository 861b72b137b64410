import type { CameraLayer } from '../control/media.ts';
import type { NeededLayers } from './WantedLayers.ts';

interface Needs {
  readonly camera: Set<CameraLayer>;
  screen: boolean;
}

const NOTHING: NeededLayers = { camera: new Set(), screen: false };

/** Gathers what all viewers together need of each sender. */
export class SenderNeeds {
  readonly #bySender = new Map<string, Needs>();

  camera(sender: string, layer: CameraLayer): void {
    this.#of(sender).camera.add(layer);
  }

  screen(sender: string): void {
    this.#of(sender).screen = true;
  }

  of(sender: string): NeededLayers {
    return this.#bySender.get(sender) ?? NOTHING;
  }

  #of(sender: string): Needs {
    const known = this.#bySender.get(sender);
    if (known) return known;
    const needs: Needs = { camera: new Set(), screen: false };
    this.#bySender.set(sender, needs);
    return needs;
  }
}
