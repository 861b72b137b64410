import type { SourceSet } from '@conclave/protocol';
import { type Counts, isFlowing, toFallBackTo, toMoveTo, total } from './flow.ts';

/**
 * The longest time that the direct pictures are kept for those of the server, ms: longer when somebody has joined, which
 * takes the processor of a slow machine, and shorter when one of the two, or the service, does not want the path any more.
 */
export const keepMs = { joining: 10_000, unwanted: 2_000 } as const;
export type Return = keyof typeof keepMs;
/** The other side may be as late as that, and its news some time on the way: sending goes on a little longer, ms. */
export const lingerMs = 300;
/** Nothing at all came for this long, although something is on: the path is broken, whatever ICE says. */
export const silenceMs = 2_000;

export interface Glance {
  /** ms */
  readonly now: number;
  readonly connected: boolean;
  /** What the other person has on, as the server says. */
  readonly on: SourceSet;
  /** Of the direct path; while returning, of the server's. */
  readonly counts: Counts;
}

/** `flowing` and `failed` are for the server; after `over` nothing has to be sent any more. */
export type Outcome = 'flowing' | 'failed' | 'over';

/**
 * Which of two paths is shown: CONNECTING → SHOWN → RETURNING → over. It changes only when the other path really carries
 * what is on. Rules that tests cite:
 * S1 the direct path is shown only after all that is on has come over it.
 * S2 once the return has begun it is shown until the server's has come or its time (`keepMs`) has passed, and never again.
 * S3 sending goes on for `lingerMs` more.
 */
export class PathSwitch {
  #phase: 'connecting' | 'shown' | 'returning' = 'connecting';
  #shown = false;
  #failed = false;
  #counts: Counts = {};
  /** When the counts last rose, or the return began. */
  #since = 0;
  #keepMs = 0;

  get phase(): 'connecting' | 'shown' | 'returning' {
    return this.#phase;
  }

  get shown(): boolean {
    return this.#shown;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** The connection is broken. */
  fail(): Outcome | null {
    if (this.#failed || this.#phase === 'returning') return null;
    this.#failed = true;
    return 'failed';
  }

  /** The path has ended. */
  return(now: number, why: Return): void {
    if (this.#phase === 'returning') return;
    this.#keepMs = keepMs[why];
    this.#phase = 'returning';
    this.#counts = {};
    this.#since = now;
  }

  look(glance: Glance): Outcome | null {
    switch (this.#phase) {
      case 'connecting':
        return this.#arrive(glance);
      case 'shown':
        return this.#stay(glance);
      case 'returning':
        return this.#fallBack(glance);
    }
  }

  #arrive({ now, connected, on, counts }: Glance): Outcome | null {
    if (!connected || this.#failed || !isFlowing(on, {}, counts, toMoveTo)) return null;
    this.#phase = 'shown';
    this.#shown = true;
    this.#counts = counts;
    this.#since = now;
    return 'flowing';
  }

  #stay({ now, on, counts }: Glance): Outcome | null {
    // A screen on which nothing moves is silent for good reason.
    if (total(counts) > total(this.#counts) || !(on.microphone || on.camera)) this.#since = now;
    this.#counts = counts;
    return now - this.#since > silenceMs ? this.fail() : null;
  }

  #fallBack({ now, on, counts }: Glance): Outcome | null {
    // Counted from when each was first seen in a slot.
    this.#counts = { ...counts, ...this.#counts };
    const waited = now - this.#since;
    if (waited >= this.#keepMs || isFlowing(on, this.#counts, counts, toFallBackTo)) this.#shown = false;
    return waited >= this.#keepMs + lingerMs ? 'over' : null;
  }
}
