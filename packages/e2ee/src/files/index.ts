export type { Danger } from './content/danger.ts';
export * from './FileError.ts';
export type { FileOffer } from './fileMessage.ts';
export { CHUNK_BYTES, FileSizes, LARGEST_FILE, PART_BYTES } from './fileSizes.ts';
