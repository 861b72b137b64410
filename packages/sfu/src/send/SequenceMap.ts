import { sequenceDistance } from '../rtp/serial.ts';

/** Numbers a source may jump ahead, or a packet be late, before it counts as a restart (RFC 3550, A.1). */
const MAX_JUMP = 3000;
const MAX_LATE = 1000;
/** Closed gaps that are remembered for late packets: over a second of the larger layers of a picture. */
const REMEMBERED_SKIPS = 512;

/**
 * Maps a source's sequence numbers onto the outgoing ones of a slot. What is missing in the source stays missing in the
 * output, so that the receiver's NACKs mean the same packets; what is left out on purpose (`skip`) closes up; a switch
 * to another source (`begin`) continues right after the highest number given out, and packets of that source from
 * before the switch have no number. A source that restarts or jumps far is moved up behind one missing number.
 */
export class SequenceMap {
  #offset = 0;
  #sourceStart = 0;
  #sourceHighest = 0;
  /** The distance to `#sourceStart` still means something (it wraps after half a circle). */
  #startMatters = false;
  #outHighest: number;
  /** The number that a restarted source would send next; −1: no suspicion. */
  #suspect = -1;
  /** Made at the first gap: most slots never have one. */
  #skips: Uint16Array | null = null;
  #skipCount = 0;

  /** @param first the first number that will be given out */
  constructor(first: number) {
    this.#outHighest = (first - 1) & 0xffff;
  }

  get highest(): number {
    return this.#outHighest;
  }

  /** `sequence` is the first packet of a new source; returns its outgoing number. */
  begin(sequence: number): number {
    return this.#moveUp(sequence, 1);
  }

  #moveUp(sequence: number, step: number): number {
    const out = (this.#outHighest + step) & 0xffff;
    this.#offset = (out - sequence) & 0xffff;
    this.#sourceStart = sequence;
    this.#sourceHighest = sequence;
    this.#startMatters = true;
    this.#outHighest = out;
    this.#suspect = -1;
    this.#skipCount = 0;
    return out;
  }

  /** The outgoing number of a packet; −1: do not forward it (a duplicate, too late, or from before the switch). */
  map(sequence: number): number {
    const ahead = sequenceDistance(this.#sourceHighest, sequence);
    if (ahead <= 0) return ahead === 0 ? -1 : this.#mapLate(sequence, ahead);
    if (ahead > MAX_JUMP) return this.#moveUp(sequence, 2);
    this.#advance(sequence);
    this.#outHighest = (sequence + this.#offset) & 0xffff;
    return this.#outHighest;
  }

  #mapLate(sequence: number, ahead: number): number {
    if (ahead < -MAX_LATE) {
      // Two in a row far behind are a source that restarted; one alone is a straggler.
      if (sequence === this.#suspect) return this.#moveUp(sequence, 2);
      this.#suspect = (sequence + 1) & 0xffff;
      return -1;
    }
    if (this.#startMatters && sequenceDistance(this.#sourceStart, sequence) < 0) return -1;
    const remembered = Math.min(this.#skipCount, REMEMBERED_SKIPS);
    let later = 0;
    while (later < remembered) {
      const skipped = this.#skips?.[(this.#skipCount - 1 - later) % REMEMBERED_SKIPS] ?? 0;
      const distance = sequenceDistance(skipped, sequence);
      if (distance === 0) return -1;
      if (distance > 0) break;
      later += 1;
    }
    if (later === REMEMBERED_SKIPS && this.#skipCount > REMEMBERED_SKIPS) return -1;
    return (sequence + this.#offset + later) & 0xffff;
  }

  /** A packet that is not forwarded on purpose (padding, a layer that nobody wants): the numbers after it close up when it is the newest. */
  skip(sequence: number): void {
    const ahead = sequenceDistance(this.#sourceHighest, sequence);
    if (ahead <= 0) return;
    if (ahead > MAX_JUMP) {
      this.#moveUp(sequence, 1);
      return;
    }
    this.#advance(sequence);
    this.#skips ??= new Uint16Array(REMEMBERED_SKIPS);
    this.#skips[this.#skipCount % REMEMBERED_SKIPS] = sequence;
    this.#skipCount += 1;
    this.#offset = (this.#offset - 1) & 0xffff;
    this.#outHighest = (sequence + this.#offset) & 0xffff;
  }

  /** Packets that came after this one are here already. */
  isLate(sequence: number): boolean {
    const ahead = sequenceDistance(this.#sourceHighest, sequence);
    return ahead <= 0 && ahead >= -MAX_LATE;
  }

  #advance(sequence: number): void {
    this.#sourceHighest = sequence;
    this.#suspect = -1;
    if (this.#startMatters && sequenceDistance(this.#sourceStart, sequence) > 4 * MAX_LATE)
      this.#startMatters = false;
  }
}
