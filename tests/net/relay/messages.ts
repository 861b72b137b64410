import type { PathImpairment } from './Path.ts';

/** What the relay process is told, over its IPC channel. Addresses are IPv4, of clients. */
export type RelayRequest =
  | {
      readonly type: 'impair';
      readonly client: string;
      readonly up: PathImpairment;
      readonly down: PathImpairment;
    }
  /** From now on the server sees this client's packets from other ports. */
  | { readonly type: 'move'; readonly client: string }
  | { readonly type: 'counts'; readonly client: string };

/** Datagrams of one client, from it (`up`) and to it (`down`). */
export interface RelayCounts {
  readonly up: PathCounts;
  readonly down: PathCounts;
}

export interface PathCounts {
  readonly packets: number;
  readonly lost: number;
  readonly bytes: number;
}

export interface RelayOptions {
  /** Where clients send to. */
  readonly address: string;
  /** The server's address. */
  readonly server: string;
  /** The same at both addresses. */
  readonly port: number;
  readonly seed: number;
}
