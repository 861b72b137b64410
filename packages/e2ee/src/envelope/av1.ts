import { type Bytes, concat } from '../bytes.ts';
import type { Envelope } from './Envelope.ts';
import { EnvelopeError } from './EnvelopeError.ts';
import { readLeb128, writeLeb128 } from './leb128.ts';

/**
 * OBU headers (AV1 specification, section 5.3.2) with `obu_has_size_field`. A key frame calls itself a sequence header,
 * type 1, which makes packetizers say that a coded video sequence begins (RTP payload format for AV1, section 4.4, N
 * bit); others a frame, type 6. Temporal delimiters, tile lists and padding would be thrown away on the way.
 */
const KEY = 0x0a;
const DELTA = 0x32;

/**
 * Adds 2 bytes up to 127 bytes of payload, 3 up to 16,383, 4 up to 2 MiB: one OBU around the ciphertext. Packetizers and
 * depacketizers take the size away and write it anew, in the shortest form; so the OBU header alone is authenticated.
 */
export const av1Envelope: Envelope = {
  clear: (type) => Uint8Array.of(type === 'key' ? KEY : DELTA),
  wrap: (clear, payload) => concat(clear, writeLeb128(payload.length), payload),
  unwrap(received) {
    const header = received[0];
    if (header !== KEY && header !== DELTA) throw new EnvelopeError('malformed-envelope');
    return {
      type: header === KEY ? 'key' : 'delta',
      clear: received.subarray(0, 1),
      payload: obuPayload(received),
    };
  },
};

/** Exactly one OBU: its payload reaches to the end. */
function obuPayload(received: Bytes): Bytes {
  const size = readLeb128(received, 1);
  if (size === null || received.length !== 1 + size.length + size.value)
    throw new EnvelopeError('malformed-envelope');
  return received.subarray(1 + size.length);
}
