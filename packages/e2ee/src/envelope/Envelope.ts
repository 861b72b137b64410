import type { Bytes } from '../bytes.ts';
import type { FrameType } from './frame.ts';

/**
 * What stands in the clear around an SFrame ciphertext, so that packetizers, media servers and depacketizers that know
 * the codec let it pass. The whole frame is inside the ciphertext; what is in the clear is authenticated with it and
 * thrown away when it has been opened.
 */
export interface Envelope {
  /** The bytes in the clear for a frame, in the one form that is authenticated. */
  clear(type: FrameType, frame: Bytes): Bytes;
  /** What the packetizer gets. */
  wrap(clear: Bytes, payload: Bytes): Bytes;
  /**
   * What the depacketizer gave, taken apart: `clear` in the form that was authenticated, `payload` without a copy where
   * that is possible.
   *
   * @throws EnvelopeError `malformed-envelope` for anything that `wrap` would not have made.
   */
  unwrap(received: Bytes): Unwrapped;
}

export interface Unwrapped {
  readonly type: FrameType;
  readonly clear: Bytes;
  readonly payload: Bytes;
}
