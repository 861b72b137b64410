import { Listeners } from '../listeners.ts';
import {
  connectionBetween,
  readCounters,
  type TransportCounters,
  unknownConnection,
} from '../media/connectionQuality.ts';
import { State } from '../observable.ts';
import type { ConnectionState, MediaPath } from './types.ts';

const everyMs = 1_000;
/** Quality is judged over longer than that: a second has few packets. */
const judgedMs = 1_900;

/** Reads a transport's statistics now and then and says how good the connection is. */
export class QualityWatch implements Disposable {
  /** Each reading, for whoever else can use it. */
  readonly reports = new Listeners<RTCStatsReport>();
  readonly state = new State<ConnectionState>(unknownConnection);
  #connection: RTCPeerConnection | null = null;
  #path: MediaPath | null = null;
  #last: TransportCounters | null = null;
  readonly #timer = setInterval(() => void this.#read(), everyMs);

  /** @param path which way it is, where the connection itself does not tell */
  watch(connection: RTCPeerConnection | null, path: MediaPath | null = null): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#path = path;
    this.#last = null;
    if (connection === null) this.state.set(unknownConnection);
    else void this.#read();
  }

  /** Until the next reading that says otherwise. */
  lost(): void {
    this.#last = null;
    this.state.set({ ...unknownConnection, quality: 'lost' });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.reports.clear();
    this.#connection = null;
  }

  async #read(): Promise<void> {
    const connection = this.#connection;
    if (connection === null || connection.connectionState !== 'connected') return;
    const report = await connection.getStats().catch(() => null);
    if (report === null || connection !== this.#connection) return;
    this.reports.emit(report);
    if (this.#last !== null && performance.now() - this.#last.at < judgedMs) return;
    const read = readCounters(report, performance.now());
    const now = { ...read, path: this.#path ?? read.path };
    // Which way it is can be said at once, how good it is after a while.
    if (this.#last === null) this.state.update({ path: now.path });
    else this.state.set(connectionBetween(this.#last, now));
    this.#last = now;
  }
}
