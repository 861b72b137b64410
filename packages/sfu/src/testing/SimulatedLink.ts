/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export interface LinkConditions {
  /** bit/s */
  capacity: number;
  /** Propagation, one way, ms. */
  delay: number;
  /** What waits longer is dropped, ms. */
  queue: number;
  /** Up to so much is added to each packet's way by itself, ms: packets overtake each other. */
  jitter: number;
  /** The share of packets that take 30 ms longer than those around them. */
  reordering: number;
  /** Random loss, 0 to 1. */
  loss: number;
  /** Loss in bursts (Gilbert–Elliott): chance for each packet that a burst begins, and that it ends. */
  burst: { readonly begins: number; readonly ends: number } | null;
  /** Drops what comes faster than the capacity instead of letting it wait, as a policer does. */
  policed: boolean;
  /** Every so many ms the other end takes nothing for so many ms, and then works off what has waited. */
  stalls: { readonly every: number; readonly last: number } | null;
}

const GOOD: LinkConditions = {
  capacity: 2_000_000,
  delay: 20,
  queue: 300,
  jitter: 0,
  reordering: 0,
  loss: 0,
  burst: null,
  policed: false,
  stalls: null,
};
const OVERTAKEN = 30;
/** Of the time in which they came, so much is needed to work off what has waited. */
const CATCHING_UP = 0.3;
/** What a policer lets through at once, ms of its capacity. */
const POLICER_DEPTH = 50;

/** One direction of a path with a drop-tail queue, for tests. It has no clock: time only goes forward from call to call. */
export class SimulatedLink {
  conditions: LinkConditions;
  readonly #random: () => number;
  #time = 0;
  #waiting = 0;
  #bursting = false;

  constructor(conditions: Partial<LinkConditions> = {}, seed = 1) {
    this.conditions = { ...GOOD, ...conditions };
    this.#random = seeded(seed);
  }

  /** ms that a packet sent now would wait. */
  queueDelay(time: number): number {
    this.#drain(time);
    return (this.#waiting * 1_000) / this.conditions.capacity;
  }

  /** When the packet arrives, ms; null: lost. @param size bytes */
  send(size: number, time: number): number | null {
    const { capacity, delay, queue, jitter, reordering, policed } = this.conditions;
    const waits = this.queueDelay(time);
    if (waits > (policed ? POLICER_DEPTH : queue)) return null;
    this.#waiting += size * 8;
    const leaves = policed ? time : time + (this.#waiting * 1_000) / capacity;
    if (this.#loses()) return null;
    const overtaken = this.#random() < reordering ? OVERTAKEN : 0;
    return this.#taken(leaves + delay + this.#random() * jitter + overtaken);
  }

  #taken(arrival: number): number {
    const { stalls } = this.conditions;
    if (stalls === null) return arrival;
    const into = arrival % stalls.every;
    const taken = stalls.last + into * CATCHING_UP;
    return into < taken ? arrival - into + taken : arrival;
  }

  #loses(): boolean {
    const { loss, burst } = this.conditions;
    if (burst !== null)
      this.#bursting = this.#bursting ? this.#random() >= burst.ends : this.#random() < burst.begins;
    return this.#bursting || this.#random() < loss;
  }

  #drain(time: number): void {
    const left = this.#waiting - ((time - this.#time) * this.conditions.capacity) / 1_000;
    this.#waiting = Math.max(0, left);
    this.#time = time;
  }
}
