import { DtlsContext } from '../transport/dtls/DtlsContext.ts';
import { type DtlsPorts, DtlsSession } from '../transport/dtls/DtlsSession.ts';
import type { SrtpKeys } from '../transport/srtp/SrtpSession.ts';
import { DtlsClient, type DtlsClientOptions } from './DtlsClient.ts';

export interface DtlsPairOptions {
  readonly client?: DtlsClientOptions;
  readonly context?: DtlsContext;
  /** The client's when it is not said. */
  readonly fingerprint?: string;
  /** Called first of all when a port of the session is. */
  readonly on?: (port: keyof DtlsPorts, pair: DtlsPair) => void;
}

/** For tests that do not need one of their own: to make one costs a key. */
const shared = new DtlsContext();

/** A session and a client, with nothing between them but two lists of datagrams. */
export class DtlsPair implements Disposable {
  readonly session: DtlsSession;
  readonly client: DtlsClient;
  /** What the session told, in order, but for what it sent. */
  readonly events: string[] = [];
  /** What the session sent, until somebody takes it. */
  readonly sent: Buffer[] = [];
  keys: SrtpKeys | null = null;

  constructor({ client, context = shared, fingerprint, on }: DtlsPairOptions = {}) {
    this.client = new DtlsClient(client);
    this.session = new DtlsSession(context, fingerprint ?? this.client.fingerprint, {
      send: (datagram) => {
        this.sent.push(datagram);
        on?.('send', this);
      },
      onConnected: (keys) => {
        this.keys = keys;
        this.events.push('connected');
        on?.('onConnected', this);
      },
      onFailed: (why) => {
        this.events.push(`failed: ${why}`);
        on?.('onFailed', this);
      },
      onClosed: () => {
        this.events.push('closed');
        on?.('onClosed', this);
      },
    });
  }

  give(datagram: Uint8Array): void {
    this.session.receive(datagram, datagram.length);
  }

  /**
   * Carries what is there, and what that leads to, until both are silent.
   * @param copies how many of a datagram arrive
   */
  exchange(copies: (datagram: Buffer, isClients: boolean) => number = () => 1): void {
    while (this.sent.length + this.client.sent.length > 0) {
      for (const datagram of this.client.sent.splice(0))
        for (let left = copies(datagram, true); left > 0; left--) this.give(datagram);
      for (const datagram of this.sent.splice(0))
        for (let left = copies(datagram, false); left > 0; left--) this.client.receive(datagram);
    }
  }

  /** A whole handshake. */
  shakeHands(): this {
    this.client.start();
    this.exchange();
    return this;
  }

  [Symbol.dispose](): void {
    this.session[Symbol.dispose]();
    this.client[Symbol.dispose]();
  }
}
