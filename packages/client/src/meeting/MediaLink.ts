import { ConclaveError, ERRORS, type Relay, type Wanted } from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import type { MediaTransport } from '../media/MediaTransport.ts';
import type { Signal } from '../signalling/Signal.ts';
import { backoffMs, waitForNetwork } from './backoff.ts';

/**
 * The media side of a stay: at most one transport, made anew whenever it breaks. NONE → NEGOTIATING → UP →
 * (broken) → NEGOTIATING …; it never gives up while the socket is there. The first transport goes without relays,
 * which hardly anybody needs; when it is slow to connect, another is made at once that may take them too.
 */
export class MediaLink implements Disposable {
  /** Another transport is in use, or none. */
  readonly changed = new Listeners<MediaTransport | null>();
  readonly #make: (relays: readonly Relay[]) => MediaTransport;
  readonly #closing = new AbortController();
  #transport: MediaTransport | null = null;
  #prepared: MediaTransport | null = null;
  #signal: Signal | null = null;
  #wanted: Wanted = { camera: [], screen: false, codec: null };
  #negotiating = false;
  #paused = false;
  /** This network seems to need a relay: from now on none is waited for in vain. */
  #relayed = false;
  /** Access that was just given, for the next transport alone: it does not last. */
  #fresh: readonly Relay[] | null = null;

  constructor(make: (relays: readonly Relay[]) => MediaTransport) {
    this.#make = make;
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
    this.#prepared ??= this.#make([]);
    // A browser without WebRTC says so when it is asked to join.
    this.#prepared.offer().catch(() => {});
  }

  /** No transport while one is in a breakout room: the server would have none. */
  pause(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.#replace(null);
    else void this.renew().catch(() => {});
  }

  /** Uses this socket from now on, and negotiates unless the server kept the transport and it works. */
  async useSignal(signal: Signal, transportKept: boolean): Promise<void> {
    this.#signal = signal;
    if (this.#paused) return;
    if (transportKept && this.#transport?.usable === true) return;
    await this.renew();
  }

  /**
   * Puts a new transport in place of the present one. Waits out what passes by itself.
   * @throws ConclaveError when this browser's offer is refused for good.
   */
  async renew(): Promise<void> {
    if (this.#negotiating || this.#paused) return;
    this.#negotiating = true;
    try {
      this.#replace(null);
      for (let attempt = 0; this.#isWanted; attempt++) {
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

  get #isWanted(): boolean {
    return this.#signal?.isOpen === true && !this.#paused && !this.#closing.signal.aborted;
  }

  async #negotiate(): Promise<boolean> {
    const signal = this.#signal;
    if (signal?.isOpen !== true) return false;
    let transport: MediaTransport | null = null;
    try {
      transport = await this.#makeTransport(signal);
      const answer = await signal.request({ type: 'offer', ...(await transport.offer()) });
      if (answer.type !== 'answer' || !this.#isWanted) throw new ConclaveError('server.internal');
      await transport.accept(answer.sdp);
    } catch (error) {
      transport?.[Symbol.dispose]();
      // Gone into a breakout room meanwhile.
      if (this.#paused) return false;
      if (error instanceof ConclaveError && !ERRORS[error.code].retry) throw error;
      return false;
    }
    this.#replace(transport);
    return true;
  }

  async #makeTransport(signal: Signal): Promise<MediaTransport> {
    const relays = this.#fresh ?? (this.#relayed ? await askRelays(signal) : []);
    this.#fresh = null;
    const prepared = this.#prepared;
    this.#prepared = null;
    if (relays.length === 0 && prepared !== null) return prepared;
    prepared?.[Symbol.dispose]();
    return this.#make(relays);
  }

  /** Once: what does not connect with relays either has another reason. */
  async #tryRelays(slow: MediaTransport): Promise<void> {
    const signal = this.#signal;
    if (this.#relayed || signal?.isOpen !== true) return;
    const relays = await askRelays(signal);
    if (relays.length === 0 || slow !== this.#transport || slow.usable) return;
    this.#relayed = true;
    this.#fresh = relays;
    await this.renew();
  }

  async #doubt(silent: MediaTransport): Promise<void> {
    if (await this.#signal?.doubt()) silent.serverAnswered();
  }

  #replace(transport: MediaTransport | null): void {
    this.#transport?.[Symbol.dispose]();
    this.#transport = transport;
    transport?.setWanted(this.#wanted);
    // A browser that went to another network does not notice that its socket stayed behind.
    transport?.silent.add(() => void this.#doubt(transport));
    transport?.lost.add(() => void this.renew().catch(() => {}));
    transport?.slow.add(() => void this.#tryRelays(transport).catch(() => {}));
    this.changed.emit(transport);
  }
}

async function askRelays(signal: Signal): Promise<readonly Relay[]> {
  const answer = await signal.request({ type: 'relays' });
  return answer.type === 'relays' ? answer.relays : [];
}
