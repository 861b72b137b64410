import { ConclaveError, ERRORS, type Wanted } from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import { MediaTransport } from '../media/MediaTransport.ts';
import type { Signal } from '../signalling/Signal.ts';
import { backoffMs, waitForNetwork } from './backoff.ts';

/**
 * The media side of a stay: at most one transport, made anew whenever it breaks. NONE → NEGOTIATING → UP →
 * (broken) → NEGOTIATING …; it never gives up while the socket is there.
 */
export class MediaLink implements Disposable {
  /** Another transport is in use, or none. */
  readonly changed = new Listeners<MediaTransport | null>();
  readonly #videoSlots: number;
  readonly #closing = new AbortController();
  #transport: MediaTransport | null = null;
  #prepared: MediaTransport | null = null;
  #signal: Signal | null = null;
  #wanted: Wanted = { camera: [], screen: false };
  #negotiating = false;

  constructor(videoSlots: number) {
    this.#videoSlots = videoSlots;
  }

  get transport(): MediaTransport | null {
    return this.#transport;
  }

  /** What is watched of what we send; it holds for the next transport too. */
  setWanted(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#transport?.setWanted(wanted);
  }

  /** Makes certificate and offer beforehand, so that joining does not wait for them. */
  prepare(): void {
    this.#prepared ??= new MediaTransport(this.#videoSlots);
    // A browser without WebRTC says so when it is asked to join.
    this.#prepared.offer().catch(() => {});
  }

  /** Uses this socket from now on, and negotiates unless the server kept the transport and it works. */
  async useSignal(signal: Signal, transportKept: boolean): Promise<void> {
    this.#signal = signal;
    if (transportKept && this.#transport?.usable === true) return;
    await this.renew();
  }

  /**
   * Puts a new transport in place of the present one. Waits out what passes by itself.
   * @throws ConclaveError when this browser's offer is refused for good.
   */
  async renew(): Promise<void> {
    if (this.#negotiating) return;
    this.#negotiating = true;
    try {
      this.#replace(null);
      for (let attempt = 0; this.#signal?.isOpen === true && !this.#closing.signal.aborted; attempt++) {
        await waitForNetwork(backoffMs(attempt, Math.random()), this.#closing.signal);
        if (await this.#negotiate()) return;
      }
    } finally {
      this.#negotiating = false;
    }
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
    this.#prepared?.[Symbol.dispose]();
    this.#prepared = null;
    this.#replace(null);
    this.changed.clear();
  }

  async #negotiate(): Promise<boolean> {
    const signal = this.#signal;
    if (signal?.isOpen !== true) return false;
    const transport = this.#prepared ?? new MediaTransport(this.#videoSlots);
    this.#prepared = null;
    try {
      const { sdp, lines } = await transport.offer();
      const answer = await signal.request({ type: 'offer', sdp, lines });
      if (answer.type !== 'answer' || this.#closing.signal.aborted)
        throw new ConclaveError('server.internal');
      await transport.accept(answer.sdp);
    } catch (error) {
      transport[Symbol.dispose]();
      if (error instanceof ConclaveError && !ERRORS[error.code].retry) throw error;
      return false;
    }
    this.#replace(transport);
    return true;
  }

  #replace(transport: MediaTransport | null): void {
    this.#transport?.[Symbol.dispose]();
    this.#transport = transport;
    transport?.setWanted(this.#wanted);
    transport?.lost.add(() => void this.renew().catch(() => {}));
    this.changed.emit(transport);
  }
}
