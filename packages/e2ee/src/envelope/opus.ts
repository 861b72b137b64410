import type { Envelope } from './Envelope.ts';

const NOTHING = new Uint8Array(0);

/** Nobody looks into Opus (RFC 7587): nothing is in the clear, 0 bytes are added. */
export const opusEnvelope: Envelope = {
  clear: () => NOTHING,
  wrap: (_clear, payload) => payload,
  unwrap: (received) => ({ type: null, clear: NOTHING, payload: received }),
};
