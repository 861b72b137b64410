import {
  connectionBetween,
  readCounters,
  type TransportCounters,
  unknownConnection,
} from '../media/connectionQuality.ts';
import { State } from '../observable.ts';
import type { ConnectionState } from './types.ts';

const everyMs = 2_000;

/** Reads a transport's statistics now and then and says how good the connection is. */
export class QualityWatch implements Disposable {
  readonly state = new State<ConnectionState>(unknownConnection);
  #connection: RTCPeerConnection | null = null;
  #last: TransportCounters | null = null;
  readonly #timer = setInterval(() => void this.#read(), everyMs);

  watch(connection: RTCPeerConnection | null): void {
    this.#connection = connection;
    this.#last = null;
    if (connection === null) this.state.set(unknownConnection);
  }

  /** Until the next reading that says otherwise. */
  lost(): void {
    this.#last = null;
    this.state.set({ ...unknownConnection, quality: 'lost' });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#connection = null;
  }

  async #read(): Promise<void> {
    const connection = this.#connection;
    if (connection === null || connection.connectionState !== 'connected') return;
    const report = await connection.getStats().catch(() => null);
    if (report === null || connection !== this.#connection) return;
    const now = readCounters(report, performance.now());
    if (this.#last !== null) this.state.set(connectionBetween(this.#last, now));
    this.#last = now;
  }
}
