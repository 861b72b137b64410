import type { FileTypeName } from './fileTypes.ts';

/** Bytes that are searched at a time. */
const step = 1024 * 1024;

/** The class of the root of an installer ([MS-CFB] section 2.6.1): {000C1084-0000-0000-C000-000000000046} and its two siblings. */
const installers = [0x84, 0x82, 0x86].map((kind) =>
  Uint8Array.of(kind, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46),
);
/** Names of storages that hold a program ([MS-OVBA] section 2.2.1), or that were locked so that nobody can tell. */
const programs = ['_VBA_PROJECT', 'Macros', 'EncryptedPackage'].map(utf16);

/**
 * What an older office document is ([MS-CFB]). Its directory may lie anywhere and in pieces, so all of it is searched;
 * each entry's name is in one piece.
 */
export async function typeOfCompound(file: Blob): Promise<FileTypeName> {
  const overlap = 64;
  for (let at = 0; at < file.size; at += step) {
    const bytes = new Uint8Array(await file.slice(at, at + step + overlap).arrayBuffer());
    if (installers.some((needle) => includes(bytes, needle))) return 'windowsInstaller';
    if (programs.some((needle) => includes(bytes, needle))) return 'macros';
  }
  return 'compound';
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((character) => [character.charCodeAt(0), 0]));
}

function includes(bytes: Uint8Array, needle: Uint8Array): boolean {
  const [first = 0] = needle;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    let index = 1;
    while (index < needle.length && bytes[at + index] === needle[index]) index++;
    if (index === needle.length) return true;
  }
  return false;
}
