import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VideoCodec } from '../control/media.ts';
import { Audience, type CodecAbility, CodecChoice, DEFAULT_CODECS } from './codecs.ts';

const all: readonly VideoCodec[] = ['AV1', 'VP9', 'H264', 'VP8'];
const chromium: CodecAbility = { sends: new Set(all), receives: new Set(all) };
const firefox: CodecAbility = { sends: new Set(['VP8']), receives: new Set(['VP8', 'H264']) };
const onlyH264: CodecAbility = { sends: new Set(['H264']), receives: new Set(['H264']) };
const onlyVp8: CodecAbility = { sends: new Set(['VP8']), receives: new Set(['VP8']) };
const recorder: CodecAbility = { sends: new Set(), receives: null };

const audience = (...peers: CodecAbility[]): Audience => {
  const made = new Audience();
  for (const peer of peers) made.add(peer);
  return made;
};
const best = (sender: CodecAbility, ...others: CodecAbility[]) =>
  audience(sender, ...others).bestFor(sender, DEFAULT_CODECS);

describe('the codec of a sender', () => {
  it('is the first of the order that it sends and all others show', () => {
    expect(best(chromium)).toBe('VP9');
    expect(best(chromium, chromium, recorder)).toBe('VP9');
    expect(best(chromium, chromium, firefox)).toBe('VP8');
    expect(best(firefox, chromium)).toBe('VP8');
    expect(best(chromium, onlyH264)).toBe('H264');
    expect(best(onlyH264, chromium)).toBe('H264');
    expect(best(chromium, firefox, onlyH264)).toBe('H264');
  });

  it('is the one that most show where none does for all, and none where nobody shows any', () => {
    expect(best(chromium, onlyVp8, onlyVp8, onlyH264)).toBe('VP8');
    expect(best(chromium, onlyVp8, onlyH264, onlyH264)).toBe('H264');
    expect(best(onlyVp8, onlyH264)).toBeNull();
    expect(best(onlyVp8, onlyH264, chromium)).toBe('VP8');
  });

  it('is never one that it does not send, and is shown by as many as any', () => {
    const codecs = fc.uniqueArray(fc.constantFrom(...all)).map((list) => new Set(list));
    const ability = fc.record({ sends: codecs, receives: fc.option(codecs) });
    fc.assert(
      fc.property(ability, fc.array(ability, { maxLength: 8 }), (sender, others) => {
        const chosen = best(sender, ...others);
        const shown = (codec: VideoCodec) =>
          others.filter(({ receives }) => receives?.has(codec) === true).length;
        if (chosen !== null) expect(sender.sends.has(chosen)).toBe(true);
        for (const codec of sender.sends)
          expect(chosen === null ? 0 : shown(chosen)).toBeGreaterThanOrEqual(shown(codec));
      }),
    );
  });
});

describe('CodecChoice', () => {
  it('heeds at once whoever cannot show it, and takes a better one only after ten seconds', () => {
    const choice = new CodecChoice();
    const at = (time: number, ...others: CodecAbility[]) => {
      choice.update(chromium, audience(chromium, ...others), DEFAULT_CODECS, time);
      return choice.codec;
    };
    expect(at(0, chromium)).toBe('VP9');
    expect(at(1_000, chromium, firefox)).toBe('VP8');
    expect(at(2_000, chromium)).toBe('VP8');
    expect(at(11_000, chromium)).toBe('VP8');
    // Somebody comes in between: the wait begins anew.
    expect(at(11_500, chromium, firefox)).toBe('VP8');
    expect(at(12_000, chromium)).toBe('VP8');
    expect(at(21_900, chromium)).toBe('VP8');
    expect(at(22_000, chromium)).toBe('VP9');
    expect(at(22_100, onlyH264)).toBe('H264');
  });
});
