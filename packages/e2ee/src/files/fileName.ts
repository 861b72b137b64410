/** UTF-8 bytes: what file systems take. */
const longest = 255;
/** Path separators, and what Windows keeps for itself. */
const reserved = /[/\\:*?"<>|]/u;
/**
 * Controls, lone surrogates, private use, line separators, and all that is not drawn: what turns the direction of text or
 * hides where a name ends. Joiners between letters of scripts that need them are the only ones that may stay.
 */
const hidden = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u;
const joiners =
  /(?<=\p{L}|\p{M}|\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})[\u200c\u200d](?=\p{L}|\p{Extended_Pictographic})/gu;
const emojiStyle = /(?<=\p{Extended_Pictographic})\ufe0f/gu;
/** Names of devices, which Windows opens in place of a file. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/iu;

const text = new TextEncoder();

/** Whether a file may be shown and saved under this name: NFC, one line, no path, no trick. */
export function isFileName(name: string): boolean {
  return (
    name.length >= 1 &&
    text.encode(name).length <= longest &&
    name.normalize('NFC') === name &&
    name.trim() === name &&
    !name.startsWith('.') &&
    !name.endsWith('.') &&
    !reserved.test(name) &&
    !hidden.test(name.replace(emojiStyle, '').replace(joiners, '')) &&
    !device.test(name)
  );
}

/** The nearest name that is one, for what somebody chose on their own disk. */
export function toFileName(name: string): string {
  const plain = [...name.normalize('NFC')]
    .map((character) => (reserved.test(character) || /\p{Cc}/u.test(character) ? '_' : character))
    .join('');
  const seen = hidden.test(plain.replace(emojiStyle, '').replace(joiners, ''))
    ? plain.replace(new RegExp(hidden.source, 'gu'), '')
    : plain;
  const trimmed = seen
    .trim()
    .replace(/^\.+/, '')
    .replace(/[.\s]+$/, '')
    .trim();
  const safe = device.test(trimmed) ? `_${trimmed}` : trimmed;
  const short = shorten(safe === '' ? 'file' : safe);
  return isFileName(short) ? short : 'file';
}

/** In lower case, without the dot; '' where there is none. */
export function extensionOf(name: string): string {
  return /\.([^.\s]+)$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The end stays: it says what it is. */
function shorten(name: string): string {
  if (text.encode(name).length <= longest) return name;
  const extension = extensionOf(name);
  const end = extension === '' || extension.length > 20 ? '' : name.slice(name.length - extension.length - 1);
  let start = [...name.slice(0, name.length - end.length)];
  while (text.encode(start.join('') + end).length > longest) start = start.slice(0, -1);
  return `${start.join('').trim()}${end}`;
}
