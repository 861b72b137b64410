import { readUint32, writeUint32 } from '../rtp/bytes.ts';
import { newRtcp, RTCP, type RtcpBody } from './header.ts';

const CNAME = 1;

/** RFC 3550, section 6.5; of the items only CNAME is kept. */
export interface SourceDescription {
  readonly type: 'source-description';
  readonly chunks: readonly { readonly ssrc: number; readonly cname: string | null }[];
}

export function readSourceDescription(body: RtcpBody): SourceDescription | null {
  const { bytes, end } = body;
  const chunks: { ssrc: number; cname: string | null }[] = [];
  let at = body.start;
  for (let index = 0; index < body.count; index++) {
    const chunkStart = at;
    if (at + 4 > end) return null;
    const ssrc = readUint32(bytes, at);
    let cname: string | null = null;
    at += 4;
    while (true) {
      if (at >= end) return null;
      const item = bytes[at] ?? 0;
      if (item === 0) break;
      const length = bytes[at + 1] ?? 0;
      if (at + 2 + length > end) return null;
      if (item === CNAME) cname = String.fromCharCode(...bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    at = chunkStart + Math.ceil((at + 1 - chunkStart) / 4) * 4;
    if (at > end) return null;
    chunks.push({ ssrc, cname });
  }
  return { type: 'source-description', chunks };
}

/**
 * One chunk with a CNAME of ASCII characters.
 * @throws RangeError when it is longer than 255
 */
export function writeCname(ssrc: number, cname: string): Uint8Array<ArrayBuffer> {
  if (cname.length > 255) throw new RangeError('cname is too long');
  const length = Math.ceil((4 + 2 + cname.length + 1) / 4) * 4;
  const bytes = newRtcp(RTCP.sourceDescription, 1, length);
  writeUint32(bytes, 4, ssrc);
  bytes[8] = CNAME;
  bytes[9] = cname.length;
  for (let index = 0; index < cname.length; index++) bytes[10 + index] = cname.charCodeAt(index);
  return bytes;
}
