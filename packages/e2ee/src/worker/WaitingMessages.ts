/** Of one member. The server lets 40 pass at once: what is more is the server's doing. */
const MOST = 64;

/** How many messages of each have come and were not looked at: nobody fills our memory and time with theirs. */
export class WaitingMessages {
  readonly #counts = new Map<string, number>();

  /** One has come. @returns false: it is one too many and is to be dropped */
  come(from: string): boolean {
    const count = this.#counts.get(from) ?? 0;
    if (count >= MOST) return false;
    this.#counts.set(from, count + 1);
    return true;
  }

  /** One is being looked at. */
  taken(from: string): void {
    const count = this.#counts.get(from) ?? 0;
    if (count <= 1) this.#counts.delete(from);
    else this.#counts.set(from, count - 1);
  }
}
