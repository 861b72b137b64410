/** What is more than reports, bytes/s: media. */
const MEDIA_RATE = 1_500;
/** Where media came, this long without a byte is a reason to look, and this long is the end of the transport; ms. */
const DOUBTFUL = 900;
const DEAD = 2_700;
/** The same, once the server has answered by another way: then the network is there, and the path alone is not. */
const DEAD_ALONE = 1_900;
/** Where only the server's reports came, one each second, some of which get lost. */
const DEAD_WITHOUT_MEDIA = 6_000;

export type Verdict = 'alive' | 'doubtful' | 'dead';

/**
 * Whether anything still comes on a transport. Its own state does not tell: when a NAT gives a browser another port, the
 * browser's checks go on to be answered, while media goes to where it was for half a minute (measured; RFC 7675 lets it).
 */
export class Silence {
  #bytes = -1;
  #changedAt = 0;
  #isMedia = false;
  #answeredAt = Number.NEGATIVE_INFINITY;

  /** Whether anything has come in the last `ms`, as far as it was observed. */
  heardWithin(ms: number, now: number): boolean {
    return this.#bytes >= 0 && now - this.#changedAt <= ms;
  }

  /** The server has answered by another way. */
  answered(now: number): void {
    this.#answeredAt = now;
  }

  /** @param bytes received over all, without connectivity checks; @param now ms */
  observe(bytes: number, now: number): Verdict {
    if (bytes !== this.#bytes) {
      const seconds = (now - this.#changedAt) / 1_000;
      this.#isMedia = this.#bytes >= 0 && (bytes - this.#bytes) / seconds > MEDIA_RATE;
      this.#bytes = bytes;
      this.#changedAt = now;
      return 'alive';
    }
    const silentFor = now - this.#changedAt;
    const dead = this.#answeredAt > this.#changedAt ? DEAD_ALONE : DEAD;
    if (silentFor >= (this.#isMedia ? dead : DEAD_WITHOUT_MEDIA)) return 'dead';
    return this.#isMedia && silentFor >= DOUBTFUL ? 'doubtful' : 'alive';
  }
}

/** What the transport has received by the path that it uses; null while it uses none (W3C webrtc-stats). */
export function receivedBytes(report: RTCStatsReport): number | null {
  let bytes: number | null = null;
  report.forEach((entry: Record<string, unknown>) => {
    const isUsed = entry['type'] === 'candidate-pair' && entry['nominated'] === true;
    if (isUsed && typeof entry['bytesReceived'] === 'number') bytes = (bytes ?? 0) + entry['bytesReceived'];
  });
  return bytes;
}
