/**
 * Without what is said of codecs that their line does not list. Firefox leaves such lines where a preference has taken a
 * codec away (seen in 153), and Chromium then takes none of the description.
 */
export function withoutStrayCodecs(sdp: string): string {
  let listed: ReadonlySet<string> = new Set();
  return sdp
    .split('\r\n')
    .filter((line) => {
      // m=<media> <port> <proto> <payload type> … (RFC 8866 section 5.14)
      if (line.startsWith('m=')) listed = new Set(line.split(' ').slice(3));
      const payloadType = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1];
      return payloadType === undefined || listed.has(payloadType);
    })
    .join('\r\n');
}
