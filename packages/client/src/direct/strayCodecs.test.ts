import { expect, test } from 'vitest';
import { withoutStrayCodecs } from './strayCodecs.ts';

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;

test('what is said of a codec that the line does not list goes, line by line', () => {
  const sdp = lines(
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:109 useinbandfec=1',
    'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
    'a=rtpmap:96 VP8/90000',
    'a=fmtp:97 apt=96',
    'a=rtcp-fb:96 nack pli',
    'a=rtcp-fb:98 nack pli',
    'a=rtpmap:111 opus/48000/2',
    'a=ssrc:98 cname:x',
  );
  expect(withoutStrayCodecs(sdp)).toBe(
    lines(
      'v=0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      'a=rtpmap:111 opus/48000/2',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
      'a=rtpmap:96 VP8/90000',
      'a=fmtp:97 apt=96',
      'a=rtcp-fb:96 nack pli',
      'a=ssrc:98 cname:x',
    ),
  );
});

test('a description without strays stays as it is', () => {
  const sdp = lines(
    'v=0',
    'a=group:BUNDLE 0',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=rtcp-fb:* nack',
    'a=fmtp:96 x=1',
  );
  expect(withoutStrayCodecs(sdp)).toBe(sdp);
});
