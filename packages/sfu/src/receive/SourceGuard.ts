import { readUint32 } from '../rtp/bytes.ts';
import { isRtcp } from '../rtp/parseRtp.ts';

/** SSRCs of one transport: three layers, a screen, two sounds, their repair streams and the RTCP of receive lines are 30. */
const MOST = 128;

/**
 * Counts the SSRCs that come by one transport. SRTP keeps a replay window for each, so whoever sends with ever new
 * ones takes memory that no limit of rates gives back.
 */
export class SourceGuard {
  readonly #seen = new Set<number>();

  /** True: there are more than anybody needs. To be told of each packet that arrives, dropped ones too. */
  arrive(bytes: Uint8Array): boolean {
    if (this.#seen.size > MOST) return true;
    this.#seen.add(readUint32(bytes, isRtcp(bytes) ? 4 : 8));
    return this.#seen.size > MOST;
  }
}
