import { readUint32, writeUint32 } from '../rtp/bytes.ts';
import { newRtcp, RTCP, type RtcpBody } from './header.ts';

/** RFC 3550, section 6.6; a reason text is ignored. */
export interface Bye {
  readonly type: 'bye';
  readonly ssrcs: readonly number[];
}

export function readBye(body: RtcpBody): Bye | null {
  if (body.start + body.count * 4 > body.end) return null;
  const ssrcs: number[] = [];
  for (let index = 0; index < body.count; index++) ssrcs.push(readUint32(body.bytes, body.start + index * 4));
  return { type: 'bye', ssrcs };
}

/** @throws RangeError with more than 31 SSRCs */
export function writeBye(ssrcs: readonly number[]): Uint8Array<ArrayBuffer> {
  if (ssrcs.length > 31) throw new RangeError('more than 31 sources');
  const bytes = newRtcp(RTCP.bye, ssrcs.length, ssrcs.length * 4);
  ssrcs.forEach((ssrc, index) => {
    writeUint32(bytes, 4 + index * 4, ssrc);
  });
  return bytes;
}
