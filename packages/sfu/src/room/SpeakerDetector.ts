import { AudioLevel } from '../receive/AudioLevel.ts';

/** Somebody who paused is still a speaker for this long, ms. */
const HOLD = 1_200;
/** How much louder somebody must be to overtake, dB. */
const LOUDER = 6;
/** The first speaker stays the first for at least this long while still speaking, ms. */
const DOMINANCE = 1_000;
/** Speakers named at once. */
const MAX_SPEAKERS = 8;
/** Recent speakers that are remembered. */
const MAX_RECENT = 64;

interface Voice {
  readonly level: AudioLevel;
  heardAt: number;
}

/**
 * Who speaks in a room, from the RFC 6464 levels of everybody's packets. The order changes only when somebody is clearly
 * louder, so that the picture does not jump between two people who talk at once; a noisy room fills eight places, not more.
 */
export class SpeakerDetector {
  readonly #voices = new Map<string, Voice>();
  #speakers: readonly string[] = [];
  #recent: readonly string[] = [];
  #dominantSince = Number.NEGATIVE_INFINITY;

  /** The level to feed with this peer's packets; the same one until `leave`. */
  join(peer: string): AudioLevel {
    const known = this.#voices.get(peer);
    if (known) return known.level;
    const level = new AudioLevel();
    this.#voices.set(peer, { level, heardAt: Number.NEGATIVE_INFINITY });
    return level;
  }

  /** Gone, or muted: stops to be a speaker with the next update. */
  leave(peer: string): void {
    this.#voices.delete(peer);
  }

  /** Those who speak now, the dominant one first. */
  get speakers(): readonly string[] {
    return this.#speakers;
  }

  /** Everybody who spoke, the latest first; present speakers lead in their order. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  /** To be called every 50 to 200 ms. True when `speakers` is another list than before. */
  update(now: number): boolean {
    const order = this.#present(now);
    for (const peer of this.#newcomers(now, order)) order.push(peer);
    this.#overtake(order, now);
    const speakers = order.slice(0, MAX_SPEAKERS);
    if (speakers[0] !== this.#speakers[0]) this.#dominantSince = now;
    const changed =
      speakers.length !== this.#speakers.length ||
      speakers.some((peer, place) => this.#speakers[place] !== peer);
    if (changed) this.#remember(speakers);
    else if (this.#recent.some((peer) => !this.#voices.has(peer))) this.#remember(speakers);
    this.#speakers = speakers;
    return changed;
  }

  #present(now: number): string[] {
    return this.#speakers.filter((peer) => {
      const voice = this.#voices.get(peer);
      if (voice?.level.audible(now)) voice.heardAt = now;
      return voice !== undefined && now - voice.heardAt < HOLD;
    });
  }

  #newcomers(now: number, present: readonly string[]): string[] {
    const newcomers: string[] = [];
    for (const [peer, voice] of this.#voices) {
      if (!voice.level.audible(now) || present.includes(peer)) continue;
      voice.heardAt = now;
      newcomers.push(peer);
    }
    return newcomers.sort((a, b) => this.#loudness(b, now) - this.#loudness(a, now));
  }

  #loudness(peer: string, now: number): number {
    return this.#voices.get(peer)?.level.at(now) ?? 0;
  }

  /** One pass from the end: whoever is clearly louder than the one before moves up. */
  #overtake(order: string[], now: number): void {
    const held = order[0] === this.#speakers[0] && now - this.#dominantSince < DOMINANCE;
    for (let place = order.length - 1; place > (held ? 1 : 0); place--) {
      const [before, peer] = [order[place - 1], order[place]];
      if (before === undefined || peer === undefined) continue;
      if (this.#loudness(peer, now) <= this.#loudness(before, now) + LOUDER) continue;
      order[place - 1] = peer;
      order[place] = before;
    }
  }

  #remember(speakers: readonly string[]): void {
    const others = this.#recent.filter((peer) => this.#voices.has(peer) && !speakers.includes(peer));
    this.#recent = [...speakers, ...others].slice(0, MAX_RECENT);
  }
}
