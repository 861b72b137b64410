import { describe, expect, it } from 'vitest';
import { type SlotStreams, writeAnswer } from './answer.ts';
import { announcedCandidates } from './candidates.ts';
import { RECORDED, recordedOffer } from './fixtures/recorded.ts';
import { negotiate } from './negotiate.ts';

function answered(name: (typeof RECORDED)[number]): string {
  const { offer, lines } = recordedOffer(name);
  const negotiation = negotiate(offer, lines);
  const streams = new Map<string, SlotStreams>();
  for (const [index, { mid, direction, codecs }] of negotiation.lines.entries())
    if (direction === 'recvonly')
      streams.set(mid, {
        ssrc: 1_000 + index,
        rtxSsrc: codecs[0]?.rtxPayloadType == null ? null : 2_000 + index,
      });
  return writeAnswer({
    negotiation,
    local: {
      iceUfrag: 'abcd',
      icePwd: 'x'.repeat(22),
      fingerprint: 'AA:BB',
      setup: 'passive',
      candidates: [],
    },
    candidates: announcedCandidates(['203.0.113.7', '2001:db8::7'], 40_000),
    streams,
    cname: 'name',
    sessionId: 5,
  });
}

const sections = (sdp: string): string[][] =>
  sdp
    .split(/^(?=m=)/m)
    .slice(1)
    .map((section) => section.split('\r\n'));

describe('the answer', () => {
  it.each(RECORDED)('%s: mirrors the lines, in one bundle, on one transport', (name) => {
    const sdp = answered(name);
    const { lines } = recordedOffer(name);
    const media = sections(sdp);
    expect(media.length).toBe(lines.length);
    expect(sdp).toContain(`a=group:BUNDLE ${lines.map(({ mid }) => mid).join(' ')}\r\n`);
    for (const [index, { mid, use }] of lines.entries()) {
      const section = media[index] ?? [];
      expect(section).toEqual(
        expect.arrayContaining([
          `a=mid:${mid}`,
          'a=rtcp-mux',
          'a=rtcp-rsize',
          'a=setup:passive',
          'a=ice-ufrag:abcd',
        ]),
      );
      const slot = use.endsWith('-slot');
      expect(section).toContain(slot ? 'a=sendonly' : 'a=recvonly');
      expect(section.some((line) => line.includes('transport-wide-cc'))).toBe(true);
      expect(section.some((line) => line.endsWith('goog-remb'))).toBe(
        slot && section[0]?.startsWith('m=video'),
      );
      expect(section.filter((line) => line.startsWith('a=candidate:')).length).toBe(index === 0 ? 2 : 0);
    }
    expect(sdp).not.toMatch(/red\/|ulpfec|flexfec|profile-id=[123]|packetization-mode=0/i);
  });

  it('lists every codec that is used, with its retransmission, and lets the two forms of extensions mix', () => {
    const sdp = answered('chromium-layered');
    for (const section of sections(sdp).filter(([first]) => first?.startsWith('m=video'))) {
      expect(section[0]?.split(' ').length).toBe(3 + 8);
      expect(section).toContain('a=extmap-allow-mixed');
      expect(section.some((line) => line.includes('dependency-descriptor'))).toBe(true);
      for (const name of ['VP8', 'VP9', 'AV1', 'H264'])
        expect(section.some((line) => line.endsWith(` ${name}/90000`))).toBe(true);
    }
    for (const section of sections(answered('firefox-all-codecs')))
      if (section.includes('a=sendonly')) expect(section.join()).not.toMatch(/VP9|AV1|dependency-descriptor/);
  });

  it('takes all simulcast layers, and names the streams of the slots with their retransmissions', () => {
    const media = sections(answered('firefox'));
    expect(media[1]).toEqual(
      expect.arrayContaining(['a=rid:q recv', 'a=rid:f recv', 'a=simulcast:recv q;h;f']),
    );
    const slot = media[8] ?? [];
    expect(slot).toEqual(
      expect.arrayContaining([
        'a=ssrc-group:FID 1008 2008',
        'a=ssrc:1008 cname:name',
        'a=ssrc:2008 cname:name',
      ]),
    );
  });

  it('prefers announced IPv6 to IPv4, and the first named to the second', () => {
    const [v4, v6] = announcedCandidates(['203.0.113.7', '2001:db8::7'], 40_000);
    const [first, second] = announcedCandidates(['203.0.113.7', '203.0.113.8'], 40_000);
    expect(v6?.priority).toBeGreaterThan(v4?.priority ?? 0);
    expect(first?.priority).toBeGreaterThan(second?.priority ?? 0);
  });
});
