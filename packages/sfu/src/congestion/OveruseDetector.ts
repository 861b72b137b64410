export type Usage = 'normal' | 'overuse' | 'underuse';

const INITIAL_THRESHOLD = 12.5;
const LOWEST_THRESHOLD = 6;
const HIGHEST_THRESHOLD = 600;
const RISE = 0.0087;
const FALL = 0.039;
/** A trend this far above the threshold is a real change of the path, which the threshold must not learn. */
const OUTLIER = 15;
/** The threshold moves for at most this long at once, ms. */
const LONGEST_STEP = 100;
/** Overuse must last for so long, ms, and for more than one group. */
const OVERUSE_TIME = 10;

/**
 * Says from the delay trend whether more is sent than the path carries (draft-ietf-rmcat-gcc-02, section 5.4). The
 * threshold follows the trend slowly, so that competing flows and jitter do not starve us.
 */
export class OveruseDetector {
  #threshold = INITIAL_THRESHOLD;
  #former = 0;
  #overusing = Number.NaN;
  #groups = 0;
  #updatedAt = Number.NaN;
  #usage: Usage = 'normal';

  get usage(): Usage {
    return this.#usage;
  }

  get threshold(): number {
    return this.#threshold;
  }

  /**
   * @param trend of the trendline
   * @param sendDelta between this group and the one before, ms
   * @param arrival of the group, ms
   */
  onTrend(trend: number, sendDelta: number, arrival: number): Usage {
    if (trend > this.#threshold) {
      this.#overusing = Number.isNaN(this.#overusing) ? sendDelta / 2 : this.#overusing + sendDelta;
      this.#groups += 1;
      if (this.#overusing > OVERUSE_TIME && this.#groups > 1 && trend >= this.#former) {
        this.#overusing = 0;
        this.#groups = 0;
        this.#usage = 'overuse';
      }
    } else {
      this.#overusing = Number.NaN;
      this.#groups = 0;
      this.#usage = trend < -this.#threshold ? 'underuse' : 'normal';
    }
    this.#former = trend;
    this.#adapt(Math.abs(trend), arrival);
    return this.#usage;
  }

  reset(): void {
    this.#usage = 'normal';
    this.#overusing = Number.NaN;
    this.#groups = 0;
    this.#former = 0;
  }

  #adapt(trend: number, arrival: number): void {
    const elapsed = Math.min(LONGEST_STEP, Math.max(0, arrival - this.#updatedAt)) || 0;
    this.#updatedAt = arrival;
    if (trend > this.#threshold + OUTLIER) return;
    const gain = trend < this.#threshold ? FALL : RISE;
    const moved = this.#threshold + gain * (trend - this.#threshold) * elapsed;
    this.#threshold = Math.min(HIGHEST_THRESHOLD, Math.max(LOWEST_THRESHOLD, moved));
  }
}
