/** What is on its way, by the time at which it comes out: a binary heap. Equal times keep their order. */
export class DepartureQueue<Item> {
  readonly #heap: { readonly time: number; readonly order: number; readonly item: Item }[] = [];
  #count = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** Null when nothing is on its way. */
  get nextTime(): number | null {
    return this.#heap[0]?.time ?? null;
  }

  push(time: number, item: Item): void {
    const heap = this.#heap;
    heap.push({ time, order: this.#count++, item });
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** The next one that is due at `now`. */
  take(now: number): Item | null {
    const heap = this.#heap;
    const [first] = heap;
    if (first === undefined || first.time > now) return null;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.item;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#isBefore(child, least)) least = child;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const a = this.#heap[one];
    const b = this.#heap[other];
    if (a === undefined || b === undefined) return false;
    return a.time < b.time || (a.time === b.time && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const a = this.#heap[one];
    const b = this.#heap[other];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
