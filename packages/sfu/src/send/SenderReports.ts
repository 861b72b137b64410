import { toNtp } from '../rtcp/ntp.ts';
import { writeSenderReport } from '../rtcp/senderReport.ts';
import type { SlotRewriter } from './SlotRewriter.ts';

/** Counts what a slot sends and reports it (RFC 3550, section 6.4.1). */
export class SenderReports {
  readonly #ssrc: number;
  #packets = 0;
  #octets = 0;

  constructor(ssrc: number) {
    this.#ssrc = ssrc;
  }

  get packets(): number {
    return this.#packets;
  }

  get octets(): number {
    return this.#octets;
  }

  /** @param octets payload bytes, without header and padding */
  count(octets: number): void {
    this.#packets += 1;
    this.#octets += octets;
  }

  /**
   * The report of this instant; null before the first packet.
   * @param now ms on the SFU's clock, whose epoch is Unix's: it is the wall clock that receivers align streams by
   */
  report(rewriter: SlotRewriter, now: number): Uint8Array<ArrayBuffer> | null {
    const rtpTimestamp = rewriter.timestampAt(now);
    if (rtpTimestamp === null || this.#packets === 0) return null;
    return writeSenderReport({
      ssrc: this.#ssrc,
      ntp: toNtp(now),
      rtpTimestamp,
      packetCount: this.#packets >>> 0,
      octetCount: this.#octets % 0x1_0000_0000,
      reports: [],
    });
  }
}
