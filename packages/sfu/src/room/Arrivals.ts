import type { CameraLayer } from '../control/media.ts';
import type { IncomingStream } from './IncomingStream.ts';
import { CAMERA_LAYERS, LAYER_FACTS, layerRank } from './layers.ts';
import type { Peer } from './Peer.ts';
import { type Source, sourceOf } from './sources.ts';

/** A layer without packets for so long does not arrive, ms: a browser in need drops layers without a word. */
const SILENCE = 1_000;

/** One layer of a camera: the stream that carries it, and its measured rate. */
export interface LayerArrival {
  /** Null while no packet of it has ever come. */
  readonly stream: IncomingStream | null;
  /** Which spatial layer of the stream it is; 0 where a stream is one layer. */
  readonly spatialLayer: number;
  /** bit/s; null of a layer that does not arrive. */
  readonly bitrate: number | null;
}

/** What a sender sends, as far as it comes. */
export interface SenderArrivals {
  readonly camera: Readonly<Record<CameraLayer, LayerArrival>>;
  /** bit/s of each layer up to this one, the smallest first, by measurement where it comes. */
  readonly bitrates: Readonly<Record<CameraLayer, readonly number[]>>;
  /** The layers that come. */
  readonly arriving: ReadonlySet<CameraLayer>;
  readonly microphone: IncomingStream | null;
  readonly screen: IncomingStream | null;
  readonly screenAudio: IncomingStream | null;
}

/**
 * What comes of every sender at one instant. It is the same for all viewers, so one run of the allocation looks it up
 * once for each sender and not once for each picture that is shown.
 */
export class Arrivals {
  readonly time: number;
  readonly #known = new Map<Peer, SenderArrivals>();

  /** @param time of the instant, ms */
  constructor(time: number) {
    this.time = time;
  }

  of(sender: Peer): SenderArrivals {
    const known = this.#known.get(sender);
    if (known !== undefined) return known;
    const found = this.#look(sender);
    this.#known.set(sender, found);
    return found;
  }

  #look(sender: Peer): SenderArrivals {
    const layer = (rid: CameraLayer): LayerArrival => layerOf(sender, rid, this.time);
    const camera = { q: layer('q'), h: layer('h'), f: layer('f') };
    const bitrates = CAMERA_LAYERS.map((rid) => camera[rid].bitrate ?? LAYER_FACTS[rid].bitrate);
    return {
      camera,
      bitrates: { q: bitrates.slice(0, 1), h: bitrates.slice(0, 2), f: bitrates },
      arriving: new Set(CAMERA_LAYERS.filter((rid) => camera[rid].bitrate !== null)),
      microphone: streamOf(sender, 'microphone'),
      screen: streamOf(sender, 'screen'),
      screenAudio: streamOf(sender, 'screenAudio'),
    };
  }
}

/** The stream of a source that has only one. */
function streamOf(sender: Peer, source: Source): IncomingStream | null {
  for (const stream of sender.connection?.streams ?? []) if (sourceOf(stream.use) === source) return stream;
  return null;
}

/**
 * One layer of a camera: a stream of its own, or a spatial layer of a stream that has several, or the only stream of a
 * camera that has no layers. A sender that goes from one to the other leaves the former silent: the newest counts.
 */
function layerOf(sender: Peer, rid: CameraLayer, time: number): LayerArrival {
  let found: LayerArrival = { stream: null, spatialLayer: 0, bitrate: null };
  let newest = Number.NEGATIVE_INFINITY;
  for (const stream of sender.connection?.streams ?? []) {
    if (stream.use !== 'camera') continue;
    const spatialLayer = stream.spatialLayers > 1 ? layerRank(rid) : 0;
    if (spatialLayer >= stream.spatialLayers) continue;
    if (stream.spatialLayers === 1 && stream.rid !== rid && stream.rid !== null) continue;
    const { bitrate, lastPacketAt } = stream.arrivalOf(spatialLayer, time);
    if (found.stream !== null && lastPacketAt <= newest) continue;
    newest = lastPacketAt;
    found = { stream, spatialLayer, bitrate: time - lastPacketAt > SILENCE ? null : bitrate };
  }
  return found;
}
