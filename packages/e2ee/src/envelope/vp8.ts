import { type Bytes, concat } from '../bytes.ts';
import type { Envelope } from './Envelope.ts';
import { EnvelopeError } from './EnvelopeError.ts';

/** The frame tag (RFC 6386, section 9.1): P is bit 0, `show_frame` bit 4, the first partition has no size. */
const DELTA = 0x11;
/** The tag and the start code of a key frame; width and height follow, two bytes each. */
const KEY = Uint8Array.of(0x10, 0x00, 0x00, 0x9d, 0x01, 0x2a);
const KEY_BYTES = 10;

/**
 * Adds 10 bytes to a key frame and 1 to others: the beginning of a VP8 frame. Depacketizers and our media server read the
 * P bit in it (RFC 7741, section 4.3), browsers also the width and height, which are the frame's own.
 */
export const vp8Envelope: Envelope = {
  clear(type, frame) {
    if (type !== 'key') return Uint8Array.of(DELTA);
    const prefix = new Uint8Array(KEY_BYTES);
    prefix.set(KEY);
    if (hasStartCode(frame)) prefix.set(frame.subarray(KEY.length, KEY_BYTES), KEY.length);
    return prefix;
  },
  wrap: concat,
  unwrap(received) {
    if (received[0] === DELTA)
      return { type: 'delta', clear: received.subarray(0, 1), payload: received.subarray(1) };
    if (received.length < KEY_BYTES || received[0] !== KEY[0] || !hasStartCode(received))
      throw new EnvelopeError('malformed-envelope');
    if (received[1] !== 0 || received[2] !== 0) throw new EnvelopeError('malformed-envelope');
    return {
      type: 'key',
      clear: received.subarray(0, KEY_BYTES),
      payload: received.subarray(KEY_BYTES),
    };
  },
};

function hasStartCode(frame: Bytes): boolean {
  return frame.length >= KEY_BYTES && frame[3] === KEY[3] && frame[4] === KEY[4] && frame[5] === KEY[5];
}
