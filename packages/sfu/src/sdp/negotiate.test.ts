import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORDED, recordedOffer } from './fixtures/recorded.ts';
import { negotiate } from './negotiate.ts';
import { OfferError } from './OfferError.ts';

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(OfferError);
    return (error as OfferError).message;
  }
  throw new Error('the offer was accepted');
};

describe("recorded browsers' offers", () => {
  it.each(RECORDED)('%s: every line gets its use, its codecs, and what it needs', (name) => {
    const { offer, lines } = recordedOffer(name);
    const { remote, lines: negotiated } = negotiate(offer, lines);
    expect(remote.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(negotiated.map(({ mid, use }) => ({ mid, use }))).toEqual(lines);
    for (const line of negotiated) {
      expect(line.codecs[0]?.name).toBe(line.kind === 'audio' ? 'opus' : 'VP8');
      for (const codec of line.codecs) expect(codec.rtxPayloadType !== null).toBe(line.kind === 'video');
      expect(line.extensions.mid).toBeTypeOf('number');
      const sent = line.direction === 'sendonly';
      expect(line.extensions.transportSequence).toBeTypeOf('number');
      if (line.kind === 'video') {
        expect(line.extensions.absoluteSendTime).toBeTypeOf('number');
        expect(line.codecs[0]?.feedback).toEqual(
          sent
            ? ['nack', 'nack pli', 'ccm fir', 'transport-cc']
            : ['nack', 'nack pli', 'ccm fir', 'goog-remb', 'transport-cc'],
        );
      }
    }
    const camera = negotiated.find(({ use }) => use === 'camera');
    expect(camera?.rids).toEqual(['q', 'h', 'f']);
    expect(camera?.extensions.repairedRid).toBeTypeOf('number');
    const microphone = negotiated.find(({ use }) => use === 'microphone');
    expect(microphone?.extensions.audioLevel).toBeTypeOf('number');
    expect(microphone?.codecs[0]?.fmtp).toBe('minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=32000');
  });
});

describe('the codecs of a line', () => {
  const video = (name: Parameters<typeof recordedOffer>[0]) => {
    const { offer, lines } = recordedOffer(name);
    return negotiate(offer, lines).lines.filter(({ kind }) => kind === 'video');
  };

  it('are all four where the browser has them with the Dependency Descriptor', () => {
    for (const { codecs, extensions } of video('chromium-layered')) {
      expect(codecs.map(({ name }) => name)).toEqual(['VP8', 'VP9', 'H264', 'AV1']);
      expect(codecs.map(({ fmtp }) => fmtp)).toEqual([
        null,
        'profile-id=0',
        'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        'level-idx=5;profile=0;tier=0',
      ]);
      expect(new Set(codecs.map(({ rtxPayloadType }) => rtxPayloadType)).size).toBe(4);
      expect(extensions.dependencyDescriptor).toBeTypeOf('number');
    }
  });

  it('are not VP9 nor AV1 without it, nor where the two forms of extensions may not be mixed', () => {
    // Firefox describes what it sends, and does not understand what is described.
    for (const { codecs, direction } of video('firefox-all-codecs')) {
      expect(codecs[0]?.name).toBe('VP8');
      if (direction === 'recvonly') for (const { name } of codecs) expect(['VP8', 'H264']).toContain(name);
    }
    const { offer, lines } = recordedOffer('chromium-layered');
    const unmixed = offer.replaceAll('a=extmap-allow-mixed\r\n', '');
    expect(unmixed).not.toBe(offer);
    for (const { codecs, kind, extensions } of negotiate(unmixed, lines).lines) {
      expect(extensions.dependencyDescriptor).toBeUndefined();
      if (kind === 'video') expect(codecs.map(({ name }) => name)).toEqual(['VP8', 'H264']);
    }
  });

  it('is H.264 where the device has nothing else', () => {
    const { offer, lines } = recordedOffer('chromium-layered');
    const only = offer.replace(/a=rtpmap:\d+ (VP8|VP9|AV1)\/90000\r\n/g, '');
    for (const { codecs, kind } of negotiate(only, lines).lines)
      if (kind === 'video') expect(codecs.map(({ name }) => name)).toEqual(['H264']);
  });
});

describe('offers that are refused', () => {
  const { offer, lines } = recordedOffer('chromium');
  const changed = (from: string | RegExp, to: string): string => {
    const text = offer.replace(from, to);
    expect(text).not.toBe(offer);
    return text;
  };

  it('a line that is not declared, or declared as something else', () => {
    expect(refusal(() => negotiate(offer, lines.slice(1)))).toContain('other lines');
    const other = lines.map((line) => (line.mid === '0' ? { ...line, mid: 'zz' } : line));
    expect(refusal(() => negotiate(offer, other))).toContain('not declared');
    const slot = lines.map((line) => (line.mid === '0' ? { ...line, use: 'audio-slot' as const } : line));
    expect(refusal(() => negotiate(offer, slot))).toContain('not recvonly');
    const video = lines.map((line) =>
      line.mid === '0'
        ? { ...line, use: 'screen' as const }
        : line.mid === '2'
          ? { ...line, use: 'microphone' as const }
          : line,
    );
    expect(refusal(() => negotiate(offer, video))).toContain('is not video');
    const twice = lines.map((line) => (line.mid === '4' ? { ...line, mid: '5' } : line));
    expect(refusal(() => negotiate(offer, twice))).toContain('twice');
    const two = lines.map((line) => (line.mid === '2' ? { ...line, use: 'camera' as const } : line));
    expect(refusal(() => negotiate(offer, two))).toContain('too many');
  });

  it.each([
    ['a=sendonly', 'a=sendrecv', 'not sendonly'],
    ['UDP/TLS/RTP/SAVPF', 'RTP/AVP', 'not DTLS-SRTP'],
    [/a=rtcp-mux\r\n/g, '', 'rtcp-mux'],
    ['opus/48000', 'opux/48000', 'no opus'],
    ['VP8/90000', 'VP7/90000', 'no codec'],
    [/a=fingerprint:sha-256 .*/g, 'a=fingerprint:sha-1 AA:BB', 'SHA-256'],
    [/a=fingerprint:sha-256 ../g, 'a=fingerprint:sha-256 ZZ', 'no valid fingerprint'],
    [/a=ice-ufrag:.*/g, 'a=ice-ufrag:a b\r\nx', 'ice-ufrag'],
    [/a=ice-pwd:.*/g, 'a=ice-pwd:short', 'ice-pwd'],
    ['a=group:BUNDLE 0 ', 'a=group:BUNDLE ', 'bundled'],
    ['a=mid:1\r', 'a=mid:0\r', 'one mid'],
    ['a=simulcast:send ~q;~h;~f', 'a=simulcast:send a;b;c', 'unknown layers'],
    ['a=simulcast:send ~q;~h;~f', 'a=simulcast:recv q', 'not sent'],
    ['m=audio 9', 'm=audio 0', 'rejected'],
    [/a=setup:actpass/g, 'a=setup:passive', 'does not open'],
    ['a=extmap:3 http', 'a=extmap:4 http', 'two things'],
    ['v=0', 'v=1', 'version 0'],
  ] as const)('%s → %s', (from, to, message) => {
    expect(refusal(() => negotiate(changed(from, to), lines))).toContain(message);
  });

  it('anything beyond the limits, quickly', () => {
    const started = performance.now();
    refusal(() => negotiate(`v=0\r\n${'a=x\r\n'.repeat(40_000)}`, lines));
    refusal(() => negotiate(`v=0\r\na=${'x'.repeat(3_000)}`, lines));
    refusal(() => negotiate(`v=0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(41)}`, lines));
    const repeated = changed(/a=mid:0\r\n/, `a=mid:0\r\n${'a=rtpmap:111 opus/48000/2\r\n'.repeat(2_000)}`);
    refusal(() => negotiate(repeated, lines));
    const groups = `a=imageattr:* send ${'[x=1] '.repeat(300)}!\r\n`;
    negotiate(changed(/a=mid:0\r\n/, `a=mid:0\r\n${groups.repeat(20)}`), lines);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('any mutation of a real offer is answered or refused with the coded error, never anything else', () => {
    const pieces = offer.split('\r\n');
    const mutation = fc.record({
      at: fc.nat(pieces.length - 1),
      how: fc.constantFrom('drop', 'twice', 'cut', 'noise', 'swap'),
      noise: fc.string({ maxLength: 20 }),
      other: fc.nat(pieces.length - 1),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const text = [...pieces];
        for (const { at, how, noise, other } of mutations) {
          const line = text[at] ?? '';
          if (how === 'drop') text.splice(at, 1);
          else if (how === 'twice') text.splice(at, 0, line);
          else if (how === 'cut') text[at] = line.slice(0, line.length >> 1);
          else if (how === 'noise') text[at] = `${line.slice(0, 8)}${noise}${line.slice(8)}`;
          else [text[at], text[other]] = [text[other] ?? '', line];
        }
        try {
          negotiate(text.join('\r\n'), lines);
        } catch (error) {
          expect(error).toBeInstanceOf(OfferError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lines that nobody reads change nothing, however many; too many that are read are refused', () => {
    const noise = [
      'a=x',
      'a=candidate:1 1 udp 1 1.1.1.1 1 typ host',
      'b=AS:1',
      'a=ssrc:1 cname:x',
      'a=mid',
      'z=',
      'a=',
    ];
    const noisy = offer.split('\r\n').flatMap((line, index) => [line, noise[index % noise.length] ?? '']);
    expect(negotiate(noisy.join('\r\n'), lines)).toEqual(negotiate(offer, lines));
    expect(refusal(() => negotiate(`${offer}${'a=inactive\r\n'.repeat(4_000)}`, lines))).toContain(
      'too many lines',
    );
  });

  it('any text at all is refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), fc.boolean(), (text, headed) => {
        refusal(() => negotiate(headed ? `v=0\r\n${text}` : text, lines));
      }),
    );
  });
});
