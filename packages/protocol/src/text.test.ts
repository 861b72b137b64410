import { describe, expect, it } from 'vitest';
import { DisplayName } from './text.ts';

const accepts = (name: string) => DisplayName.safeParse(name).success;

describe('a name', () => {
  it.each([
    ['Latin with marks', 'José Nguyễn'],
    ['Thai', 'ก็'],
    ['Hebrew with points', 'שָׁלוֹם'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['Malayalam with a joiner at its end', 'അവന്\u200d'],
    ['a family', '👩\u200d👩\u200d👧 Lee'],
    ['a heart', '❤\ufe0f Ada'],
    ['a key', '1\ufe0f\u20e3'],
    ['a flag of tags', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} Eve'],
    ['a skin tone', '👋🏽 Ben'],
  ])('may be %s', (_, name) => expect(accepts(name)).toBe(true));

  it.each([
    ['a filler', '\u3164'],
    ['a half-width filler', '\uffa0'],
    ['a braille blank', '\u2800'],
    ['a joiner', '\u200d'],
    ['a lone mark', '\ufe0f'],
    ['a picture', '👩'],
    ['dots', '…'],
  ])('is not nothing but %s', (_, name) => expect(accepts(name)).toBe(false));

  it.each([
    ['a filler', 'Anna\u3164'],
    ['a joiner', 'Anna\u200d'],
    ['a non-joiner', 'An\u200cna'],
    ['a grapheme joiner', 'An\u034fna'],
    ['a tag', 'Anna\u{e0041}'],
    ['a variation selector', 'Anna\ufe0f'],
    ['a variation selector after a digit', 'Anna1\ufe0f'],
    ['a vowel that is not drawn', 'Anna\u17b4'],
    ['a right-to-left override', '\u202eannA'],
  ])('does not hide %s, which would make it a twin of another', (_, name) =>
    expect(accepts(name)).toBe(false),
  );

  it('does not cover its neighbours with marks', () => {
    expect(accepts(`A${'\u0316'.repeat(40)}`)).toBe(false);
  });
});
