import { concat } from '../bytes.ts';
import type { Envelope } from './Envelope.ts';
import { EnvelopeError } from './EnvelopeError.ts';

/** `frame_marker` 2, profile 0, `show_frame`; bit 2 is `frame_type` (VP9 bitstream specification, section 6.2). */
const KEY = 0x82;
const DELTA = 0x86;

/**
 * Adds 1 byte: how a VP9 frame begins, which says whether it is a key frame. Packetizers do not need it, they read the
 * payload descriptor (RFC 9628); it is there so that the type is authenticated.
 */
export const vp9Envelope: Envelope = {
  clear: (type) => Uint8Array.of(type === 'key' ? KEY : DELTA),
  wrap: concat,
  unwrap(received) {
    const first = received[0];
    if (first !== KEY && first !== DELTA) throw new EnvelopeError('malformed-envelope');
    return {
      type: first === KEY ? 'key' : 'delta',
      clear: received.subarray(0, 1),
      payload: received.subarray(1),
    };
  },
};
