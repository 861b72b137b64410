/**
 * Offers generic NACK (RFC 4585) for Opus, which Chromium has and does not offer. A browser that has it not ignores the
 * line.
 */
export function offerSoundNack(sdp: string): string {
  return sdp.replace(/^a=rtpmap:(\d+) opus\/48000.*\r\n/gim, (line: string, payloadType: string) =>
    sdp.includes(`a=rtcp-fb:${payloadType} nack\r\n`) ? line : `${line}a=rtcp-fb:${payloadType} nack\r\n`,
  );
}
