import type { FileTypeName } from './fileTypes.ts';

const endBytes = 22;
const longestComment = 0xffff;
const entryBytes = 46;
const largestDirectory = 4 * 1024 * 1024;
const text = new TextDecoder();

/**
 * The names in a ZIP file, by its central directory (APPNOTE.TXT, sections 4.3.12 and 4.3.16).
 * @returns null when it cannot be read: broken, ambiguous, of several disks, ZIP64, or too large a list
 */
export async function zipEntries(file: Blob): Promise<readonly string[] | null> {
  const tailStart = Math.max(0, file.size - endBytes - longestComment);
  const tail = new DataView(await file.slice(tailStart).arrayBuffer());
  const end = findEnd(tail);
  if (end === null) return null;
  const count = tail.getUint16(end + 10, true);
  const bytes = tail.getUint32(end + 12, true);
  // Whatever stands before the first entry shifts all offsets; the directory ends where its end record begins.
  const start = tailStart + end - bytes;
  if (count === 0xffff || bytes > largestDirectory || start < 0) return null;
  return readNames(new DataView(await file.slice(start, start + bytes).arrayBuffer()), count);
}

/**
 * Its comment ends where the file does. Where two records could be meant, programs differ in which one they read: then it
 * cannot be said what is in the file.
 */
function findEnd(tail: DataView): number | null {
  let found: number | null = null;
  for (let at = tail.byteLength - endBytes; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue;
    const fits = at + endBytes + tail.getUint16(at + 20, true) === tail.byteLength;
    // What does not fit counts only behind the record: in front of it are archives within the archive.
    if (found === null ? !fits : fits) return null;
    found ??= at;
  }
  return found;
}

function readNames(directory: DataView, count: number): readonly string[] | null {
  const names: string[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + entryBytes > directory.byteLength || directory.getUint32(at, true) !== 0x02014b50) return null;
    const nameBytes = directory.getUint16(at + 28, true);
    const restBytes = directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    if (at + entryBytes + nameBytes + restBytes > directory.byteLength) return null;
    names.push(
      text.decode(new Uint8Array(directory.buffer, directory.byteOffset + at + entryBytes, nameBytes)),
    );
    at += entryBytes + nameBytes + restBytes;
  }
  return at === directory.byteLength ? names : null;
}

/** What a ZIP file is, by what is in it. */
export function typeOfZip(entries: readonly string[]): FileTypeName {
  const names = entries.map((name) => name.replaceAll('\\', '/').toLowerCase());
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/(^|\/)vbaproject\.bin$/) || has(/(^|\/)vbadata\.xml$/) || has(/(^|\/)macrosheets\//))
    return 'macros';
  if (has(/^androidmanifest\.xml$/) || has(/(^|\/)classes\d*\.dex$/)) return 'androidProgram';
  if (has(/^appxmanifest\.xml$/) || has(/^appxmetadata\//)) return 'windowsApp';
  if (has(/^\[content_types\]\.xml$/)) return 'officeOpenXml';
  if (has(/^mimetype$/) && has(/^meta-inf\/container\.xml$/)) return 'epub';
  if (has(/^mimetype$/) && has(/^(content|settings)\.xml$/))
    return has(/^(basic|scripts)\/./) ? 'macros' : 'openDocument';
  if (has(/^meta-inf\/manifest\.mf$/) || has(/\.class$/)) return 'javaProgram';
  if (has(/^manifest\.json$/) && has(/^meta-inf\/mozilla\./)) return 'browserExtension';
  return 'zip';
}
