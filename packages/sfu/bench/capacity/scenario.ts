/** Who sends how much to whom: every sink gets every source. */
export interface Scenario {
  readonly name: string;
  readonly sources: number;
  readonly sinks: number;
  /** Packets a second of each source. */
  readonly rate: number;
}

/** Bytes of each RTP packet. */
export const PACKET_BYTES = 1_100;

/** @param out packets a second that go out over all */
export function scenarios(out: number): readonly [Scenario, Scenario] {
  return [
    { name: '1 → 40', sources: 1, sinks: 40, rate: out / 40 },
    { name: '10 → 10', sources: 10, sinks: 10, rate: out / 100 },
  ];
}

export type Kind = 'ours' | 'janus';

/** What the process of peers is told, and what it says. */
export type ToPeers =
  | { readonly type: 'reply'; readonly id: number; readonly sdp: string }
  | { readonly type: 'begin' }
  | { readonly type: 'report' };
export type FromPeers =
  | { readonly type: 'ask'; readonly id: number; readonly ask: Ask }
  | { readonly type: 'ready' }
  | { readonly type: 'report'; readonly report: SinkReport };

/** What a peer needs of the server: an answer to its offer, or an offer to answer. */
export type Ask =
  | { readonly what: 'publish'; readonly peer: string; readonly offer: string }
  | { readonly what: 'subscribe'; readonly peer: string; readonly offer: string | null }
  | { readonly what: 'accept'; readonly peer: string; readonly answer: string };

/** Since the report before. Delays in ms. */
export interface SinkReport {
  readonly packets: number;
  readonly bytes: number;
  readonly p50: number;
  readonly p99: number;
}
