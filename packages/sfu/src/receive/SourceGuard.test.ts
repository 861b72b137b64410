import { describe, expect, it } from 'vitest';
import { writePictureLossIndication } from '../rtcp/pictureLossIndication.ts';
import { buildRtp } from '../rtp/buildRtp.ts';
import { SourceGuard } from './SourceGuard.ts';

const media = (ssrc: number) => buildRtp({ payloadType: 96, sequenceNumber: 1, timestamp: 1, ssrc });

describe('SourceGuard', () => {
  it('bears what a browser has, for ever', () => {
    const guard = new SourceGuard();
    for (let packet = 0; packet < 10_000; packet++) {
      expect(guard.arrive(media(packet % 40))).toBe(false);
      expect(guard.arrive(writePictureLossIndication(1_000 + (packet % 40), 1))).toBe(false);
    }
  });

  it('counts the sources of media and of RTCP alike, and does not forget', () => {
    const guard = new SourceGuard();
    for (let ssrc = 0; ssrc < 64; ssrc++) {
      expect(guard.arrive(media(ssrc))).toBe(false);
      expect(guard.arrive(writePictureLossIndication(1_000 + ssrc, 1))).toBe(false);
    }
    expect(guard.arrive(media(5_000))).toBe(true);
    expect(guard.arrive(media(1))).toBe(true);
  });

  it('reads nothing behind the end of a packet', () => {
    const guard = new SourceGuard();
    for (let length = 0; length < 12; length++) expect(guard.arrive(new Uint8Array(length))).toBe(false);
  });
});
