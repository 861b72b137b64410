/** Everybody who may be heard in a room, in the order in which slots are given; made once for all viewers. */
export class AudioRanking {
  /** Those who speak, the dominant one first. */
  readonly speakers: readonly string[];
  /** Everybody, those who speak first. */
  readonly all: readonly string[];
  readonly #ranks = new Map<string, number>();

  /** @param others everybody with a microphone on, those who spoke latest first; the speakers may be among them */
  constructor(speakers: Iterable<string>, others: Iterable<string>) {
    for (const peer of speakers) this.#add(peer);
    const { size } = this.#ranks;
    for (const peer of others) this.#add(peer);
    this.all = [...this.#ranks.keys()];
    this.speakers = this.all.slice(0, size);
  }

  /** 0 is the first; −1: not to be heard. */
  rank(peer: string): number {
    return this.#ranks.get(peer) ?? -1;
  }

  #add(peer: string): void {
    if (!this.#ranks.has(peer)) this.#ranks.set(peer, this.#ranks.size);
  }
}
