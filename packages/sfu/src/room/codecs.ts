import type { VideoCodec } from '../control/media.ts';
import type { NegotiatedLine } from '../sdp/negotiate.ts';

/**
 * The codecs from the most wished for on. VP9 in layers costs a sender what VP8 in three streams does and half the bits;
 * AV1 costs more than either without hardware; H.264 has no layers in time (docs/adr/0011).
 */
export const DEFAULT_CODECS: readonly VideoCodec[] = Object.freeze(['VP9', 'AV1', 'VP8', 'H264']);

/** A better codec must have been possible for so long before it is taken, ms: people come and go, and each change costs. */
const PATIENCE = 10_000;

/** What a peer can send and show, as far as codecs go. */
export interface CodecAbility {
  /** In no order. */
  readonly sends: ReadonlySet<VideoCodec>;
  /** What every one of its slots takes; null of a peer that has none, whom nobody has to heed. */
  readonly receives: ReadonlySet<VideoCodec> | null;
}

/** By the lines of its offer, and what it says that it sends well. */
export function abilityOf(lines: readonly NegotiatedLine[], sends: readonly VideoCodec[]): CodecAbility {
  const of = (line: NegotiatedLine): VideoCodec[] =>
    line.codecs.flatMap(({ name }) => (name === 'opus' ? [] : [name]));
  const common = (direction: 'sendonly' | 'recvonly'): ReadonlySet<VideoCodec> | null => {
    const video = lines.filter((line) => line.kind === 'video' && line.direction === direction).map(of);
    const [first, ...others] = video;
    if (first === undefined) return null;
    return new Set(first.filter((codec) => others.every((codecs) => codecs.includes(codec))));
  };
  const sendable = common('sendonly');
  return {
    sends: new Set(sends.filter((codec) => sendable?.has(codec) === true)),
    receives: common('recvonly'),
  };
}

/** How many peers show each codec, counted once for all senders of a room. */
export class Audience {
  readonly #counts = new Map<VideoCodec, number>();
  #size = 0;

  add({ receives }: CodecAbility): void {
    if (receives === null) return;
    this.#size += 1;
    for (const codec of receives) this.#counts.set(codec, (this.#counts.get(codec) ?? 0) + 1);
  }

  /**
   * The first codec of the order that the sender sends and all the others show; where there is none, the one that most
   * of them show, so that as few as possible go without. Null: nobody could show anything of it.
   */
  bestFor(sender: CodecAbility, order: readonly VideoCodec[]): VideoCodec | null {
    let best: VideoCodec | null = null;
    let most = 0;
    for (const codec of order) {
      if (!sender.sends.has(codec)) continue;
      const others = this.othersOf(sender, codec);
      if (others === this.#others(sender)) return codec;
      if (others > most) [best, most] = [codec, others];
    }
    return best;
  }

  /** How many but the sender show the codec. */
  othersOf({ receives }: CodecAbility, codec: VideoCodec): number {
    return (this.#counts.get(codec) ?? 0) - (receives?.has(codec) === true ? 1 : 0);
  }

  #others({ receives }: CodecAbility): number {
    return this.#size - (receives === null ? 0 : 1);
  }
}

/**
 * The codec that one sender is told to send. Whoever comes and cannot show it is heeded at once, a better one is taken
 * only when it has been possible for a while.
 */
export class CodecChoice {
  #codec: VideoCodec | null = null;
  #better: VideoCodec | null = null;
  #betterSince = 0;

  get codec(): VideoCodec | null {
    return this.#codec;
  }

  update(sender: CodecAbility, audience: Audience, order: readonly VideoCodec[], time: number): void {
    const best = audience.bestFor(sender, order);
    if (best === this.#codec) {
      this.#better = null;
      return;
    }
    const stays =
      best !== null &&
      this.#codec !== null &&
      sender.sends.has(this.#codec) &&
      audience.othersOf(sender, this.#codec) >= audience.othersOf(sender, best);
    if (stays && best !== this.#better) {
      this.#better = best;
      this.#betterSince = time;
    }
    if (stays && time - this.#betterSince < PATIENCE) return;
    this.#codec = best;
    this.#better = null;
  }
}
