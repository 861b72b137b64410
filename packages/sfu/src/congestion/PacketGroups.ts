/** Packets that are sent within this are one group, ms: a frame, or what is left of a paced one. */
const SEND_SPAN = 5;
/** What was waiting somewhere and is let go at once belongs together: ms between two arrivals, and over all. */
const BURST_GAP = 5;
const MAX_BURST = 100;
/** Arrival runs ahead of sending by this much, ms: somebody's clock has jumped. */
const MAX_OFFSET = 3_000;

/**
 * Groups packets as in draft-ietf-rmcat-gcc-02, section 5.2, and measures how much longer each group took than the one
 * before it. A group is measured by its fastest packet and not by its last: media is forwarded unpaced, and the time that
 * a key frame takes by itself says nothing about whether a queue stands.
 */
export class PacketGroups {
  /** How much later this group came than it was sent, both after the one before it, ms. */
  variation = 0;
  /** When the group came, ms on the receiver's clock. */
  arrival = 0;
  /** Between the group and the one before it, ms of sending. */
  sendDelta = 0;

  #firstSent = Number.NaN;
  #lastSent = 0;
  #firstArrival = 0;
  #lastArrival = 0;
  /** Of the fastest packet of the group that is being gathered. */
  #sent = 0;
  #arrived = 0;
  #formerSent = Number.NaN;
  #formerArrived = 0;

  /** True when a group has ended: then the public fields are of it. To be called in the order of arrival. */
  add(sent: number, arrival: number): boolean {
    if (Number.isNaN(this.#firstSent)) {
      this.#begin(sent, arrival);
      return false;
    }
    // What has overtaken nobody but was overtaken itself tells of its own way only.
    if (sent < this.#firstSent) return false;
    if (this.#belongs(sent, arrival)) {
      this.#lastSent = Math.max(this.#lastSent, sent);
      this.#lastArrival = arrival;
      if (arrival - sent < this.#arrived - this.#sent) {
        this.#sent = sent;
        this.#arrived = arrival;
      }
      return false;
    }
    const measured = this.#measure();
    this.#begin(sent, arrival);
    return measured;
  }

  reset(): void {
    this.#firstSent = Number.NaN;
    this.#formerSent = Number.NaN;
  }

  #belongs(sent: number, arrival: number): boolean {
    const gap = arrival - this.#lastArrival;
    const faster = gap < sent - this.#lastSent;
    if (faster && gap <= BURST_GAP && arrival - this.#firstArrival < MAX_BURST) return true;
    return sent - this.#firstSent <= SEND_SPAN;
  }

  #measure(): boolean {
    const known = !Number.isNaN(this.#formerSent);
    this.sendDelta = this.#sent - this.#formerSent;
    this.variation = this.#arrived - this.#formerArrived - this.sendDelta;
    this.arrival = this.#arrived;
    this.#formerSent = this.#sent;
    this.#formerArrived = this.#arrived;
    return known && Math.abs(this.variation) < MAX_OFFSET;
  }

  #begin(sent: number, arrival: number): void {
    this.#firstSent = sent;
    this.#lastSent = sent;
    this.#firstArrival = arrival;
    this.#lastArrival = arrival;
    this.#sent = sent;
    this.#arrived = arrival;
  }
}
