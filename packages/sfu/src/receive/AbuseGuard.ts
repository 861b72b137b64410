import { FloodGuard } from './FloodGuard.ts';
import type { RateLimitOptions } from './RateLimit.ts';
import { SourceGuard } from './SourceGuard.ts';

/** Why a transport is cut off: far too much for seconds, or far too many SSRCs. */
export type Abuse = 'flood' | 'sources';

/** Sees everything that one transport brings, before any limit, and says when no browser can be at its other end. */
export class AbuseGuard {
  readonly #media: FloodGuard;
  readonly #rtcp: FloodGuard;
  readonly #sources = new SourceGuard();

  constructor(limits: { readonly media: RateLimitOptions; readonly rtcp: RateLimitOptions }) {
    this.#media = new FloodGuard(limits.media);
    this.#rtcp = new FloodGuard(limits.rtcp);
  }

  arrive(bytes: Uint8Array, rtcp: boolean, now: number): Abuse | null {
    if (this.#sources.arrive(bytes)) return 'sources';
    return (rtcp ? this.#rtcp : this.#media).arrive(bytes.length, now) ? 'flood' : null;
  }
}
