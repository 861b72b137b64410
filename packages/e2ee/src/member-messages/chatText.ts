/** Code points of one message. */
export const CHAT_TEXT_LIMIT = 4_000;

/** Control characters other than tab and line feed: nothing that people write. */
const control = /[\p{Cc}--[\t\n]]/v;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether it is a text as members may send it: NFC, 1 to 4,000 code points, something to see, no control characters. */
export function isChatText(text: string): boolean {
  return (
    text.length <= CHAT_TEXT_LIMIT * 2 &&
    [...text].length <= CHAT_TEXT_LIMIT &&
    text.isWellFormed() &&
    visible.test(text) &&
    !control.test(text) &&
    text.normalize('NFC') === text
  );
}

/** What somebody typed, as it can be sent; null when nothing is left of it, or it is too long. */
export function toChatText(typed: string): string | null {
  const text = typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}--[\t\n]]/gv, '')
    .normalize('NFC')
    .trim();
  return isChatText(text) ? text : null;
}
