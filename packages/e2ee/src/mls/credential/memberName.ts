import { MLS_LIMITS } from '../limits.ts';

// What cannot be seen lets one name look like another, or like none at all: control and format characters, bidirectional
// overrides, fillers and blanks. The service has the same rule (`DisplayName`): whom it lets in, the members let in.
const invisible =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u070f\u{110bd}\u{110cd}\ufff9-\ufffb]/u;
/** Marks piled up so high that they cover what stands above and below. */
const piledUp = /\p{M}{8}/u;
const visible = /[\p{L}\p{N}]/u;

/** Where invisible characters do have a meaning that can be seen: joiners of scripts that need them, and emoji. */
const meaningful: readonly RegExp[] = [
  /([\p{sc=Arab}\p{sc=Syrc}\p{sc=Nko}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}])[\u200c\u200d]/gu,
  /(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu,
  /(\p{Extended_Pictographic}|[0-9#*](?=\ufe0f\u20e3))[\ufe0e\ufe0f]/gu,
  /(\u{1f3f4})[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu,
];

/** Whether every member may be shown under this name. */
export function isMemberName(name: string): boolean {
  return (
    name.length >= 1 &&
    name.length <= MLS_LIMITS.nameLength &&
    name.replace(/\s+/gu, ' ').trim() === name &&
    name.normalize('NFC') === name &&
    isReadable(name)
  );
}

function isReadable(name: string): boolean {
  const rest = meaningful.reduce((left, pattern) => left.replace(pattern, '$1'), name);
  return visible.test(rest) && !invisible.test(rest) && !piledUp.test(rest);
}
