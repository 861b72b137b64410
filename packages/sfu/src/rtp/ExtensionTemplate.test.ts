import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteSendTime, ExtensionTemplate } from './ExtensionTemplate.ts';
import { ExtensionTable } from './HeaderExtensions.ts';
import { parseRtp } from './parseRtp.ts';
import { writeRtpHeader } from './writeRtp.ts';

describe('ExtensionTemplate', () => {
  it('writes what the parser reads, in both forms', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 4, maxLength: 4 }),
        fc.stringMatching(/^[A-Za-z0-9]{1,20}$/),
        fc.integer({ min: 0, max: 127 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 0xffffff }),
        fc.integer({ min: 0, max: 0xffff }),
        (ids, mid, level, voice, sendTime, transport) => {
          const [midId = 0, audio = 0, absolute = 0, wide = 0] = ids;
          const template = new ExtensionTemplate({
            mid: { id: midId, value: mid },
            audioLevel: audio,
            absoluteSendTime: absolute,
            transportSequence: wide,
          });
          const target = new Uint8Array(100).fill(0xff);
          const at = writeRtpHeader(target, true, true, 96, 1, 2, 3);
          const end = template.write(target, at, level, voice, sendTime, transport);
          expect(end).toBe(12 + template.length);
          const table = new ExtensionTable({
            mid: midId,
            audioLevel: audio,
            absoluteSendTime: absolute,
            transportSequence: wide,
          });
          expect(parseRtp(target.subarray(0, end), table, 0)).toMatchObject({
            mid,
            audioLevel: level,
            voice,
            absoluteSendTime: sendTime,
            transportSequence: transport,
            isPadding: true,
          });
        },
      ),
    );
  });

  it('blanks the audio level where the source has none', () => {
    for (const midId of [3, 20]) {
      const template = new ExtensionTemplate({ audioLevel: 1, mid: { id: midId, value: 'a1' } });
      const target = new Uint8Array(64);
      const at = writeRtpHeader(target, true, false, 96, 1, 2, 3);
      const end = template.write(target, at, -1, false, 0, 0);
      const packet = parseRtp(target.subarray(0, end), new ExtensionTable({ audioLevel: 1, mid: midId }), 0);
      expect(packet).toMatchObject({ audioLevel: -1, mid: 'a1' });
    }
  });

  it('is nothing without extensions', () => {
    expect(new ExtensionTemplate({}).length).toBe(0);
    expect(new ExtensionTemplate({}).write(new Uint8Array(20), 12, 1, true, 1, 1)).toBe(12);
  });

  it('counts send time in 2⁻¹⁸ s and wraps at 64 s', () => {
    expect(absoluteSendTime(1000)).toBe(1 << 18);
    expect(absoluteSendTime(64_000)).toBe(0);
    expect(absoluteSendTime(64_500)).toBe(1 << 17);
  });
});
