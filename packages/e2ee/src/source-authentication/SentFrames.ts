import type { FrameFact } from './FrameFact.ts';

/** Times in ms. */
export const LISTING = {
  every: 500,
  /** A list that follows a key frame tells of all streams of the line, so far back. */
  wide: 1_500,
  /** How many lists after a key frame do. */
  wideLists: 2,
  /** Frames that are remembered: some ten seconds of three layers. */
  remembered: 1_024,
} as const;

interface Sent extends FrameFact {
  readonly stream: string;
  readonly at: number;
}

interface Stream {
  /** When the last list was made, or when the stream began. */
  listedAt: number;
  /** Places in the order of sending: what is before was in the last list, and in the one before that. */
  listedTo: number;
  listedBefore: number;
  wide: number;
}

/**
 * What one line has sent, and which of it is to be listed next. A stream is what the server forwards or leaves out as a
 * whole: a simulcast layer, a spatial layer. Each lists its own frames, every frame twice, so that one lost list does no
 * harm. Whoever changes to a stream does so at a key frame, and whoever changes from one never gets its next list: so the
 * lists after a key frame tell of the other streams too. No clock: calls are told the time.
 */
export class SentFrames {
  readonly #most: number;
  readonly #streams = new Map<string, Stream>();
  #log: Sent[] = [];
  /** The place of the first of `#log`. */
  #start = 0;

  /** @param most hashes in one list: what it is attached to must stay a packet, where frames are packets */
  constructor(most: number) {
    this.#most = most;
  }

  sent(stream: string, fact: FrameFact, { isKey, now }: { isKey: boolean; now: number }): void {
    const known = this.#streams.get(stream);
    const place = this.#start + this.#log.length;
    const wide = isKey ? LISTING.wideLists : (known?.wide ?? 0);
    if (known === undefined)
      this.#streams.set(stream, { listedAt: now, listedTo: place, listedBefore: place, wide });
    else known.wide = wide;
    this.#log.push({ ...fact, stream, at: now });
    if (this.#log.length < 2 * LISTING.remembered) return;
    this.#start += LISTING.remembered;
    this.#log = this.#log.slice(LISTING.remembered);
  }

  /** What the next frame of this stream is to carry; null while it need carry nothing. Then it counts as listed. */
  takeDue(stream: string, now: number): readonly FrameFact[] | null {
    const known = this.#streams.get(stream);
    if (known === undefined) return null;
    // The first list after a key frame comes at once: it proves the picture that all others build on.
    const isDue = known.wide === LISTING.wideLists || now - known.listedAt >= LISTING.every;
    if (!isDue) return null;
    const { listedBefore } = known;
    const isWide = known.wide > 0;
    const facts = this.#log.filter(
      (sent, index) =>
        (sent.stream === stream && this.#start + index >= listedBefore) ||
        (isWide && now - sent.at <= LISTING.wide),
    );
    known.listedAt = now;
    known.listedBefore = known.listedTo;
    known.listedTo = this.#start + this.#log.length;
    known.wide = Math.max(0, known.wide - 1);
    return facts.length === 0 ? null : facts.slice(-this.#most);
  }
}
