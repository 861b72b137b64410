import type { OpenedFrame } from '../envelope/FrameOpener.ts';
import { ReceivedFrames } from '../source-authentication/ReceivedFrames.ts';

/** Who speaks now and who has just spoken: a slot goes from one to another and back. */
const MAX_SENDERS = 8;

/** What each sender has signed of what came on one line, so that the doubts about one are not held against another. */
export class SenderProofs {
  /** The one that was heard of last is the last. */
  readonly #bySender = new Map<string, ReceivedFrames>();

  of(participantId: string, { leafIndex }: OpenedFrame): ReceivedFrames {
    // Whoever comes back is another leaf, and has other numbers.
    const key = `${leafIndex} ${participantId}`;
    const proofs = this.#bySender.get(key) ?? new ReceivedFrames();
    this.#bySender.delete(key);
    this.#bySender.set(key, proofs);
    for (const oldest of this.#bySender.keys()) {
      if (this.#bySender.size <= MAX_SENDERS) break;
      this.#bySender.delete(oldest);
    }
    return proofs;
  }
}
