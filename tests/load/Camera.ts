import type { CameraLayer, Wanted } from '@conclave/protocol';
import { CameraLayerStream } from './CameraLayerStream.ts';
import type { Sender } from './Sender.ts';

/** bit/s, as browsers divide them. */
const bitrates: Readonly<Record<CameraLayer, number>> = { q: 150_000, h: 500_000, f: 1_500_000 };
const layers: readonly CameraLayer[] = ['q', 'h', 'f'];

/** A camera with simulcast that sends the layers that somebody watches and no others. */
export class Camera {
  readonly #streams: ReadonlyMap<CameraLayer, CameraLayerStream>;
  #wanted: readonly CameraLayer[] = [];

  /** @param ssrc the first of six */
  constructor(sender: Sender, ssrc: number, framesPerSecond: number) {
    this.#streams = new Map(
      layers.map((rid, index) => {
        const frameBytes = Math.round(bitrates[rid] / 8 / framesPerSecond);
        return [rid, new CameraLayerStream(sender, rid, ssrc + index * 2, frameBytes)];
      }),
    );
  }

  set wanted({ camera }: Wanted) {
    // A browser begins a layer that comes back with a key frame.
    for (const rid of camera) if (!this.#wanted.includes(rid)) this.#streams.get(rid)?.onKeyFrameRequest();
    this.#wanted = camera;
  }

  frame(timestamp: number): void {
    for (const rid of this.#wanted) this.#streams.get(rid)?.frame(timestamp);
  }

  onKeyFrameRequest(ssrc: number): void {
    this.#of(ssrc)?.onKeyFrameRequest();
  }

  onNack(ssrc: number, sequences: readonly number[]): void {
    this.#of(ssrc)?.onNack(sequences);
  }

  #of(ssrc: number): CameraLayerStream | undefined {
    for (const stream of this.#streams.values()) if (stream.ssrc === ssrc) return stream;
    return undefined;
  }
}
