import { SentSound } from '../send/SentSound.ts';
import { SoundRepeats } from '../send/SoundRepeats.ts';

/**
 * Sound that a viewer has not got is sent again: when it is asked for, and to a viewer that loses it without a word
 * unasked, a packet or three later.
 */
export class SoundRepairs {
  readonly #sent = new SentSound();
  readonly #repeats = new SoundRepeats();
  readonly #resend: (packet: Buffer) => boolean;
  #count = 0;

  /** @param resend sends a packet that was sent before, as it is; false when it went nowhere */
  constructor(resend: (packet: Buffer) => boolean) {
    this.#resend = resend;
  }

  /** Packets that were sent again. */
  get count(): number {
    return this.#count;
  }

  /** A packet has been sent under this number. @param time ms */
  onSent(sequenceNumber: number, packet: Uint8Array, time: number): void {
    this.#sent.store(sequenceNumber, packet, time);
    for (const distance of this.#repeats.distances())
      this.#repair(this.#sent.repeat((sequenceNumber - distance) & 0xffff, time));
  }

  /** The viewer asks for these. */
  onRequest(sequenceNumbers: readonly number[], now: number, roundTripTime: number): void {
    this.#repeats.onRequest();
    for (const number of sequenceNumbers) this.#repair(this.#sent.take(number, now, roundTripTime));
  }

  /** See `SoundRepeats`. */
  onLoss(lost: number, repaired: boolean, time: number): void {
    this.#repeats.onLoss(lost, repaired, time);
  }

  /** What may not be sent any more may not be sent again either. */
  clear(): void {
    this.#sent.clear();
  }

  #repair(packet: Buffer | null): void {
    if (packet !== null && this.#resend(packet)) this.#count += 1;
  }
}
