import type { Codec } from '@conclave/e2ee';

const codecs: readonly Codec[] = ['opus', 'VP8', 'VP9', 'AV1', 'H264'];

/** RTP payload types of a description (RFC 8866, section 6.6), as far as they are of codecs that are encrypted. */
export function payloadTypesOf(sdp: string): (readonly [number, Codec])[] {
  return [...sdp.matchAll(/^a=rtpmap:(\d{1,3}) ([^/\s]+)\//gm)].flatMap(([, number, name]) => {
    const codec = codecs.find((one) => one.toLowerCase() === name?.toLowerCase());
    return codec === undefined ? [] : [[Number(number), codec] as const];
  });
}
