/** What one AES-GCM call encrypts, bytes. Only the last chunk of a file may be shorter; it is empty in an empty file. */
export const CHUNK_BYTES = 64 * 1024;
const tagBytes = 16;
const sealedChunkBytes = CHUNK_BYTES + tagBytes;
/** Chunks that go to the server and come back together. */
export const PART_CHUNKS = 4;
/** A whole part, encrypted, bytes. */
export const PART_BYTES = PART_CHUNKS * sealedChunkBytes;
/** No file is larger, whatever the service would take, bytes. */
export const LARGEST_FILE = 2 ** 32;

/** How a file is cut. Chunks and parts are numbered from 0. */
export class FileSizes {
  /** Bytes of the file itself. */
  readonly bytes: number;
  readonly chunks: number;
  readonly parts: number;
  /** Bytes of all chunks, encrypted. */
  readonly sealedBytes: number;

  constructor(bytes: number) {
    this.bytes = bytes;
    this.chunks = Math.max(1, Math.ceil(bytes / CHUNK_BYTES));
    this.parts = Math.ceil(this.chunks / PART_CHUNKS);
    this.sealedBytes = bytes + this.chunks * tagBytes;
  }

  isFinal(chunk: number): boolean {
    return chunk === this.chunks - 1;
  }

  hasPart(part: number): boolean {
    return Number.isInteger(part) && part >= 0 && part < this.parts;
  }

  chunksOf(part: number): readonly number[] {
    const first = part * PART_CHUNKS;
    return Array.from({ length: Math.min(PART_CHUNKS, this.chunks - first) }, (_, index) => first + index);
  }

  /** Bytes of a part, encrypted. */
  sealedBytesOf(part: number): number {
    return Math.min(PART_BYTES, this.sealedBytes - part * PART_BYTES);
  }

  /** Where a chunk is, from its first byte to the one after its last. */
  plainRange(chunk: number): readonly [number, number] {
    return [chunk * CHUNK_BYTES, Math.min(this.bytes, (chunk + 1) * CHUNK_BYTES)];
  }

  /** Where it is in its part, encrypted. */
  sealedRange(chunk: number): readonly [number, number] {
    const start = (chunk % PART_CHUNKS) * sealedChunkBytes;
    const [from, to] = this.plainRange(chunk);
    return [start, start + to - from + tagBytes];
  }
}
