import { expect, test } from 'vitest';
import { offerSoundNack } from './offerSoundNack.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

test('offers NACK for Opus on every line, and for nothing else', () => {
  const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2'];
  const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack'];
  const rest = ['a=rtcp-fb:111 transport-cc', 'a=fmtp:111 minptime=10;useinbandfec=1'];
  expect(offerSoundNack(lines(...audio, ...rest, ...audio, ...video))).toBe(
    lines(...audio, 'a=rtcp-fb:111 nack', ...rest, ...audio, 'a=rtcp-fb:111 nack', ...video),
  );
});

test('a browser that offers it itself is left alone', () => {
  const sdp = lines('a=rtpmap:111 opus/48000/2', 'a=rtcp-fb:111 nack');
  expect(offerSoundNack(sdp)).toBe(sdp);
});
