/** Time constants of the smoothed level, ms: quick to notice speech, slow to forget it between words. */
const ATTACK = 100;
const RELEASE = 400;
/** Without packets (DTX) for this long there is silence, ms. */
const STALE = 500;
/** The quietest sound that counts as speech, dB over silence (−127 dBov): −55 dBov. */
const AUDIBLE = 72;

/** How loud somebody is, from the levels of the packets (RFC 6464), smoothed. In dB above −127 dBov, 0 to 127. */
export class AudioLevel {
  #loudness = 0;
  #at = Number.NEGATIVE_INFINITY;

  /** @param level −dBov, 0 (loudest) to 127; a packet that the sender does not take for voice counts 10 dB less */
  onPacket(level: number, voice: boolean, now: number): void {
    const raw = Math.max(0, 127 - level - (voice ? 0 : 10));
    const elapsed = Math.min(STALE, Math.max(1, now - this.#at));
    const constant = raw > this.#loudness ? ATTACK : RELEASE;
    this.#loudness += (raw - this.#loudness) * (1 - Math.exp(-elapsed / constant));
    this.#at = now;
  }

  at(now: number): number {
    return now - this.#at > STALE ? 0 : this.#loudness;
  }

  audible(now: number): boolean {
    return this.at(now) >= AUDIBLE;
  }
}
