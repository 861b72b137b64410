import { extensionOf } from '../fileName.ts';
import { typeOfCompound } from './compound.ts';
import type { Danger } from './danger.ts';
import { dangerOfExtension, familyOfExtension } from './extensions.ts';
import { FILE_TYPES, type FileTypeName } from './fileTypes.ts';
import { SIGNATURE_REACH, typeBySignature } from './signatures.ts';
import { typeOfText } from './textType.ts';
import { typeOfZip, zipEntries } from './zipEntries.ts';

export interface Inspection {
  /** By content alone. */
  readonly mediaType: string;
  /** Null when it may be passed on. */
  readonly danger: Danger | null;
}

/**
 * Tells what a file is by what is in it, and whether its kind or its name forbids to pass it on. The same at both ends: a
 * sender may lie. @throws what reading throws
 */
export async function inspectFile(file: Blob, name: string): Promise<Inspection> {
  const { mediaType, family, danger } = FILE_TYPES[await typeOf(file)];
  const extension = extensionOf(name);
  const promised = familyOfExtension(extension);
  const isOther = promised !== null && family !== 'unknown' && promised !== family;
  return { mediaType, danger: danger ?? dangerOfExtension(extension) ?? (isOther ? 'mismatch' : null) };
}

async function typeOf(file: Blob): Promise<FileTypeName> {
  const head = new Uint8Array(await file.slice(0, SIGNATURE_REACH).arrayBuffer());
  const type = typeBySignature(head) ?? typeOfText(head) ?? 'unknown';
  if (type === 'compound') return await typeOfCompound(file);
  if (type !== 'zip') return type;
  const entries = await zipEntries(file);
  return entries === null ? 'brokenArchive' : typeOfZip(entries);
}
