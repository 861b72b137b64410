import { type Bytes, concat } from '../bytes.ts';
import { bigEndian } from '../mls/bytes/bytes.ts';
import { readBody } from './body.ts';

/** A hand as it is since `changedAt`: said again to those who come, it is the same. */
export interface HandMessage {
  readonly up: boolean;
  /** ms since 1970, by the sender's clock; later for each change. An earlier one than the last known is out of date. */
  readonly changedAt: number;
}

/** The body of kind `hand`: `struct { uint8 up; uint64 changedAt; } Hand;` with 0 or 1 in `up`. */
export function encodeHand({ up, changedAt }: HandMessage): Bytes {
  return concat(Uint8Array.of(up ? 1 : 0), bigEndian(changedAt, 8));
}

/** Null for whatever is not exactly that. */
export function decodeHand(body: Bytes): HandMessage | null {
  return readBody(body, (reader) => {
    const up = reader.uint8();
    const changedAt = reader.uint64();
    return up > 1 ? null : { up: up === 1, changedAt };
  });
}
