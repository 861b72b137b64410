/** How epochs overlap for media, ms. */
export const OVERLAP = {
  /** Senders move on when all have the epoch, or so long after a join at the latest. */
  joinSwitchMs: 1_000,
  /** How long frames of an epoch are still opened after it ended by a join. */
  joinReceiveMs: 5_000,
  /** And by a removal. */
  removalReceiveMs: 2_000,
} as const;

/** An epoch that was entered, and whom the commit removed: then it is a removal, whoever else it added. */
export interface EnteredEpoch {
  readonly epoch: number;
  readonly removedLeaves: readonly number[];
}

interface PastEpoch {
  /** Receive keys live until then; null while it is the present one. */
  until: number | null;
  /** Leaves that were removed since: their frames of this epoch are refused at once. */
  readonly removed: Set<number>;
}

/**
 * Which epoch's key we send media under, and which epochs' frames we open.
 *
 * A join endangers nobody who is in: senders wait until all have acknowledged the epoch, or 1 s, so that nobody
 * misses frames. A removal moves the sender at once, and shortens the life of all older keys to 2 s: what is
 * still under way from those who stay. Frames of the removed are refused from that moment on, in every epoch.
 *
 * No clock: every call is told the time (ms, of any monotonic origin).
 */
export class EpochOverlap {
  readonly #epochs = new Map<number, PastEpoch>();
  #present: number;
  #sending: number;
  /** Epochs entered by a join that senders do not use yet, with the latest time they may wait. */
  #switches: { readonly epoch: number; readonly at: number }[] = [];

  /** @param epoch in which we founded or joined: nothing before it can be opened. */
  constructor(epoch: number) {
    this.#present = epoch;
    this.#sending = epoch;
    this.#epochs.set(epoch, { until: null, removed: new Set() });
  }

  /** @throws RangeError unless it is the next one. */
  entered(next: EnteredEpoch, now: number): void {
    if (next.epoch !== this.#present + 1) throw new RangeError('epochs follow one another');
    this.#advance(now);
    const removal = next.removedLeaves.length > 0;
    const until = now + (removal ? OVERLAP.removalReceiveMs : OVERLAP.joinReceiveMs);
    for (const past of this.#epochs.values()) {
      past.until = past.until === null ? until : removal ? Math.min(past.until, until) : past.until;
      for (const leaf of next.removedLeaves) past.removed.add(leaf);
    }
    this.#present = next.epoch;
    this.#epochs.set(next.epoch, { until: null, removed: new Set() });
    if (removal) this.#sendIn(next.epoch);
    else this.#switches.push({ epoch: next.epoch, at: now + OVERLAP.joinSwitchMs });
  }

  /** All members have this epoch, and so all before it. */
  settled(epoch: number, now: number): void {
    this.#advance(now);
    if (epoch > this.#sending && epoch <= this.#present) this.#sendIn(epoch);
  }

  /** The epoch to send in. Never goes back. */
  sendingEpoch(now: number): number {
    this.#advance(now);
    return this.#sending;
  }

  /** Epochs whose receive keys are kept, rising. */
  receivingEpochs(now: number): readonly number[] {
    this.#advance(now);
    return [...this.#epochs.keys()];
  }

  /** Whether a frame of this leaf in this epoch may be opened. */
  accepts(epoch: number, leafIndex: number, now: number): boolean {
    this.#advance(now);
    const known = this.#epochs.get(epoch);
    return known !== undefined && !known.removed.has(leafIndex);
  }

  /** When an answer above changes by time alone; null when it does not. */
  nextChangeAt(now: number): number | null {
    this.#advance(now);
    const times = [
      ...this.#switches.map((waiting) => waiting.at),
      ...[...this.#epochs.values()].flatMap((past) => (past.until === null ? [] : [past.until])),
    ];
    return times.length === 0 ? null : Math.min(...times);
  }

  #advance(now: number): void {
    for (const waiting of this.#switches) if (waiting.at <= now) this.#sendIn(waiting.epoch);
    for (const [epoch, past] of this.#epochs) {
      if (past.until !== null && past.until <= now && epoch !== this.#sending) this.#epochs.delete(epoch);
    }
  }

  #sendIn(epoch: number): void {
    this.#sending = Math.max(this.#sending, epoch);
    this.#switches = this.#switches.filter((waiting) => waiting.epoch > this.#sending);
  }
}
