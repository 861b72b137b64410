import { readUint32 } from '../rtp/bytes.ts';
import { newFeedback, RTCP, type RtcpBody } from './header.ts';

export const PLI_FORMAT = 1;

/** PLI (RFC 4585, section 6.3.1): asks the sender of `mediaSsrc` for a key frame. */
export interface PictureLossIndication {
  readonly type: 'picture-loss-indication';
  readonly senderSsrc: number;
  readonly mediaSsrc: number;
}

export function readPictureLossIndication(body: RtcpBody): PictureLossIndication | null {
  if (body.start + 8 > body.end) return null;
  const senderSsrc = readUint32(body.bytes, body.start);
  const mediaSsrc = readUint32(body.bytes, body.start + 4);
  return { type: 'picture-loss-indication', senderSsrc, mediaSsrc };
}

export function writePictureLossIndication(senderSsrc: number, mediaSsrc: number): Uint8Array<ArrayBuffer> {
  return newFeedback(RTCP.payloadFeedback, PLI_FORMAT, senderSsrc, mediaSsrc, 0);
}
