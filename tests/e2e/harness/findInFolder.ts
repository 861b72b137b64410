import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files below a folder in whose content or name one of the words stands, in UTF-8, UTF-16 or base64. */
export async function findInFolder(folder: string, words: readonly string[]): Promise<string[]> {
  const needles = words.flatMap((word) => [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
    ...inBase64(word),
  ]);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // Files come and go while the service runs.
    const content = await readFile(path).catch(() => Buffer.of());
    if (needles.some((needle) => content.includes(needle) || path.includes(needle.toString())))
      found.push(path);
  }
  return found;
}

/** The characters that stand for a word wherever it begins in a text (RFC 4648), without those that its neighbours share. */
function inBase64(word: string): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('\0'.repeat(shift) + word)
      .toString('base64')
      .replace(/=+$/, '');
    return Buffer.from(encoded.slice(shift === 0 ? 0 : shift + 1, -1));
  });
}
