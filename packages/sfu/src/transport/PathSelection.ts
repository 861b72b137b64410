import type { PeerPath } from './PeerPath.ts';

/** A browser uses one at a time and tries a few more. */
const MOST_PATHS = 8;
/** Nothing on the path that we send on, while another one is used, ms. */
const DESERTED = 1_000;
const NEVER = Number.NEGATIVE_INFINITY;

/** When something came last over a path, ms. */
interface Heard {
  readonly genuineAt: number;
  readonly mediaAt: number;
}

/**
 * The ways to one browser, and which of them we send on: the one that it nominated last, as the controlling end decides
 * (RFC 8445, section 8.1.1); until then, the first, or the one that media comes over. A check can be replayed by whoever
 * has seen it, from elsewhere: as long as media comes over the path in use, a nomination counts once media has come over
 * the path that it names. Where the path in use is silent and media comes over another one, we go there: a NAT that gives
 * a browser another port does not tell it to nominate again. Pure: time is passed in, ms.
 */
export class PathSelection {
  /** The one that was checked longest ago first. */
  readonly #paths = new Map<PeerPath, Heard>();
  #selected: PeerPath | null = null;
  #nominated = false;
  /** Nominated, and not proved by media yet. */
  #nominee: PeerPath | null = null;

  get selected(): PeerPath | null {
    return this.#selected;
  }

  get size(): number {
    return this.#paths.size;
  }

  has(path: PeerPath): boolean {
    return this.#paths.has(path);
  }

  /** When anything genuine came last, on whichever path. */
  get heardAt(): number {
    let latest = NEVER;
    for (const { genuineAt } of this.#paths.values()) latest = Math.max(latest, genuineAt);
    return latest;
  }

  /** Whether media comes over the path at present. */
  isUsed(path: PeerPath, time: number): boolean {
    return time - (this.#paths.get(path)?.mediaAt ?? NEVER) <= DESERTED;
  }

  /**
   * A genuine check has come over the path.
   * @returns the paths that had to make room
   */
  onCheck(path: PeerPath, nominates: boolean, time: number): PeerPath[] {
    const mediaAt = this.#paths.get(path)?.mediaAt ?? NEVER;
    this.#paths.delete(path);
    this.#paths.set(path, { genuineAt: time, mediaAt });
    const former = this.#selected;
    if (former === null || (nominates && (path === former || !this.isUsed(former, time))))
      this.#select(path, nominates);
    else if (nominates) this.#nominee = path;
    return this.#makeRoom();
  }

  /** A genuine packet of media has come over the path. */
  onPacket(path: PeerPath, time: number): void {
    const former = this.#selected;
    if (path !== former && former !== null) {
      const isSilent = time - (this.#paths.get(former)?.genuineAt ?? NEVER) > DESERTED;
      if (path === this.#nominee) this.#select(path, true);
      else if (isSilent || !this.#nominated) this.#select(path, false);
    }
    this.#paths.set(path, { genuineAt: time, mediaAt: time });
  }

  /** The path is no more: its address is somebody else's now, or its connection has ended. */
  remove(path: PeerPath): void {
    this.#paths.delete(path);
    if (this.#nominee === path) this.#nominee = null;
    if (this.#selected !== path) return;
    this.#selected = this.#latest();
    this.#nominated = false;
  }

  /** All of them; nothing is selected any more. */
  clear(): PeerPath[] {
    const all = [...this.#paths.keys()];
    this.#paths.clear();
    this.#selected = null;
    this.#nominee = null;
    this.#nominated = false;
    return all;
  }

  #select(path: PeerPath, nominates: boolean): void {
    this.#selected = path;
    this.#nominee = null;
    this.#nominated ||= nominates;
  }

  #latest(): PeerPath | null {
    let latest: PeerPath | null = null;
    let at = NEVER;
    for (const [path, { genuineAt }] of this.#paths) {
      if (genuineAt < at) continue;
      latest = path;
      at = genuineAt;
    }
    return latest;
  }

  #makeRoom(): PeerPath[] {
    const gone: PeerPath[] = [];
    for (const path of this.#paths.keys()) {
      if (this.#paths.size <= MOST_PATHS) break;
      if (path === this.#selected) continue;
      this.#paths.delete(path);
      if (path === this.#nominee) this.#nominee = null;
      gone.push(path);
    }
    return gone;
  }
}
