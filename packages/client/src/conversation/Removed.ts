/** More than a log can have. */
const most = 2_000;

/** What hosts have deleted, by key: it stays deleted also where it comes after the command. */
export class Removed {
  /** Names of those who did it. */
  readonly #by = new Map<string, string>();

  add(key: string, by: string): void {
    if (this.#by.has(key)) return;
    this.#by.set(key, by);
    const [oldest] = this.#by.keys();
    if (this.#by.size > most && oldest !== undefined) this.#by.delete(oldest);
  }

  /** The name of who has deleted it; null: nobody. */
  by(key: string): string | null {
    return this.#by.get(key) ?? null;
  }
}
