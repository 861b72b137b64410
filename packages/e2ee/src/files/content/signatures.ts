import type { FileTypeName } from './fileTypes.ts';

interface Signature {
  readonly type: FileTypeName;
  /** Where each run of bytes must be, in hexadecimal. */
  readonly at: Readonly<Record<number, string>>;
}

const all: readonly Signature[] = [
  { type: 'windowsProgram', at: { 0: '4d5a' } },
  { type: 'linuxProgram', at: { 0: '7f454c46' } },
  { type: 'macProgram', at: { 0: 'feedface' } },
  { type: 'macProgram', at: { 0: 'feedfacf' } },
  { type: 'macProgram', at: { 0: 'cefaedfe' } },
  { type: 'macProgram', at: { 0: 'cffaedfe' } },
  // A program for several processors, and a class of Java.
  { type: 'macProgram', at: { 0: 'cafebabe' } },
  { type: 'macProgram', at: { 0: 'cafebabf' } },
  { type: 'webAssembly', at: { 0: '0061736d' } },
  { type: 'androidProgram', at: { 0: '6465780a' } },
  { type: 'windowsShortcut', at: { 0: '4c0000000114020000000000c000000000000046' } },
  { type: 'windowsHelp', at: { 0: '49545346' } },
  { type: 'oneNote', at: { 0: 'e4525c7b8cd8a74daeb15378d02996d3' } },
  { type: 'browserExtension', at: { 0: '43723234' } },
  { type: 'linuxPackage', at: { 0: '213c617263683e0a' } },
  { type: 'linuxPackage', at: { 0: 'edabeedb' } },
  { type: 'macPackage', at: { 0: '78617221' } },
  { type: 'diskImage', at: { 32769: '4344303031' } },
  { type: 'diskImage', at: { 0: '7668647866696c65' } },
  { type: 'diskImage', at: { 0: '636f6e6563746978' } },
  { type: 'script', at: { 0: '2321' } },
  { type: 'script', at: { 0: 'efbbbf2321' } },

  { type: 'png', at: { 0: '89504e470d0a1a0a' } },
  { type: 'jpeg', at: { 0: 'ffd8ff' } },
  { type: 'gif', at: { 0: '474946383761' } },
  { type: 'gif', at: { 0: '474946383961' } },
  { type: 'webp', at: { 0: '52494646', 8: '57454250' } },
  { type: 'wav', at: { 0: '52494646', 8: '57415645' } },
  { type: 'avi', at: { 0: '52494646', 8: '41564920' } },
  { type: 'bmp', at: { 0: '424d', 6: '00000000' } },
  { type: 'tiff', at: { 0: '49492a00' } },
  { type: 'tiff', at: { 0: '4d4d002a' } },
  { type: 'avif', at: { 4: '6674797061766966' } },
  { type: 'heic', at: { 4: '6674797068656963' } },
  { type: 'heic', at: { 4: '667479706d696631' } },
  { type: 'mp4', at: { 4: '66747970' } },
  { type: 'mp4', at: { 4: '6d6f6f76' } },
  { type: 'matroska', at: { 0: '1a45dfa3' } },
  { type: 'mp3', at: { 0: '494433' } },
  { type: 'mp3', at: { 0: 'fffb' } },
  { type: 'mp3', at: { 0: 'fff3' } },
  { type: 'mp3', at: { 0: 'fff2' } },
  { type: 'aac', at: { 0: 'fff1' } },
  { type: 'aac', at: { 0: 'fff9' } },
  { type: 'flac', at: { 0: '664c6143' } },
  { type: 'ogg', at: { 0: '4f676753' } },
  { type: 'pdf', at: { 0: '255044462d' } },
  { type: 'rtf', at: { 0: '7b5c727466' } },
  { type: 'gzip', at: { 0: '1f8b' } },
  { type: 'sevenZip', at: { 0: '377abcaf271c' } },
  { type: 'rar', at: { 0: '526172211a07' } },
  { type: 'xz', at: { 0: 'fd377a585a00' } },
  { type: 'bzip2', at: { 0: '425a68' } },
  { type: 'zstandard', at: { 0: '28b52ffd' } },
  { type: 'tar', at: { 257: '7573746172' } },
  // What needs a second look: `zipEntries.ts` and `compound.ts`.
  { type: 'zip', at: { 0: '504b0304' } },
  { type: 'zip', at: { 0: '504b0506' } },
  { type: 'compound', at: { 0: 'd0cf11e0a1b11ae1' } },
];

/** How much of a file's start `typeBySignature` wants to see, bytes. */
export const SIGNATURE_REACH = 0x8001 + 5;

/** What the first bytes say, by the first signature that fits; null when none does. */
export function typeBySignature(head: Uint8Array): FileTypeName | null {
  return (
    all.find(({ at }) => Object.entries(at).every(([offset, hex]) => isAt(head, Number(offset), hex)))
      ?.type ?? null
  );
}

function isAt(bytes: Uint8Array, offset: number, hex: string): boolean {
  for (let index = 0; index < hex.length / 2; index++) {
    if (bytes[offset + index] !== Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)) return false;
  }
  return true;
}
