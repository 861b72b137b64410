import { middleNtp, toNtp } from '../rtcp/ntp.ts';
import type { ReportBlock } from '../rtcp/reportBlock.ts';

/** Before the first report, ms. */
const INITIAL = 100;
const SMOOTHING = 1 / 8;
/** Longer ones are broken arithmetic at the other end, ms. */
const LONGEST = 10_000;

/** Round-trip time to a receiver from its report blocks (RFC 3550, section 6.4.1), smoothed, ms. */
export class RoundTripTime {
  #milliseconds = INITIAL;
  #measured = false;

  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** True once a report has been measured. */
  get measured(): boolean {
    return this.#measured;
  }

  /** @param now ms on the SFU's clock, the one its sender reports carry */
  onReport(block: ReportBlock, now: number): void {
    if (block.lastSenderReport === 0) return;
    const ticks = (middleNtp(toNtp(now)) - block.lastSenderReport - block.delaySinceLastSenderReport) | 0;
    const sample = Math.max(0, (ticks * 1000) / 65_536);
    if (sample > LONGEST) return;
    this.#milliseconds = this.#measured
      ? this.#milliseconds + (sample - this.#milliseconds) * SMOOTHING
      : sample;
    this.#measured = true;
  }
}
