import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

// What cannot be seen lets one name look like another, or like none at all: control and format characters, bidirectional
// overrides, fillers and blanks (Unicode's default-ignorable code points and the braille blank).
const invisible =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u070f\u{110bd}\u{110cd}\ufff9-\ufffb]/u;
/** Marks piled up so high that they cover what stands above and below. No script needs so many on one letter. */
const piledUp = /\p{M}{8}/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Where invisible characters do have a meaning that can be seen: joiners of scripts that need them, and emoji. */
const meaningful: readonly RegExp[] = [
  /([\p{sc=Arab}\p{sc=Syrc}\p{sc=Nko}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}])[\u200c\u200d]/gu,
  /(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu,
  /(\p{Extended_Pictographic}|[0-9#*](?=\ufe0f\u20e3))[\ufe0e\ufe0f]/gu,
  /(\u{1f3f4})[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu,
];

function isReadable(text: string): boolean {
  const rest = meaningful.reduce((left, pattern) => left.replace(pattern, '$1'), text);
  return visible.test(rest) && !invisible.test(rest) && !piledUp.test(rest);
}

function line(max: number) {
  return z.pipe(
    z.pipe(
      z.string().check(z.maxLength(max * 4)),
      z.transform((text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()),
    ),
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(max),
        z.refine(isReadable, { error: 'contains characters that cannot be seen' }),
      ),
  );
}

/**
 * A name that people choose for themselves: one line, NFC, trimmed, with a letter or a digit that it can be called by. The
 * members of a meeting have the same rule for who is let into the group (`isMemberName`).
 */
export const DisplayName = line(LIMITS.participantName).check(
  z.refine((name) => /[\p{L}\p{N}]/u.test(name), { error: 'has neither a letter nor a digit' }),
);
export const MeetingTitle = line(LIMITS.meetingTitle);
/** Lower-cased. Deliverability is shown by sending mail, not by a grammar. */
export const Email = z.pipe(
  z.string().check(z.trim(), z.toLowerCase(), z.maxLength(LIMITS.email)),
  z.email(),
);
/** Length is counted in code points; strength is judged by the server's password rules. */
export const Password = z.string().check(z.minLength(1), z.maxLength(LIMITS.passwordMax * 4));
