import type { FileId, MeetingId, ParticipantId } from '@conclave/protocol';
import type { FileUsage } from '../../policy/files.ts';
import type { BlobStore } from '../../storage/blobs/BlobStore.ts';

/** A file as the server knows it: whose, how large, which parts are there. */
export interface KeptFile {
  readonly id: FileId;
  readonly meetingId: MeetingId;
  readonly owner: ParticipantId;
  /** Of the ciphertext. */
  readonly bytes: number;
  readonly parts: number;
  readonly received: Set<number>;
  finished: boolean;
  /** When its sender last did something for it, ms since the epoch. */
  usedAt: number;
  /** Requests that read or write it now. */
  inUse: number;
}

/**
 * The files that are kept, in memory: they end with the process as their meetings do. What is taken off is not found from
 * then on; its bytes go as soon as nobody reads or writes them.
 */
export class FileShelf {
  readonly #files = new Map<FileId, KeptFile>();
  readonly #blobs: BlobStore;
  readonly #onFault: (fault: unknown) => void;

  constructor(blobs: BlobStore, onFault: (fault: unknown) => void) {
    this.#blobs = blobs;
    this.#onFault = onFault;
  }

  find(id: FileId): KeptFile | undefined {
    return this.#files.get(id);
  }

  add(file: Omit<KeptFile, 'received' | 'finished' | 'inUse'>): KeptFile {
    const kept: KeptFile = { ...file, received: new Set(), finished: false, inUse: 0 };
    this.#files.set(file.id, kept);
    return kept;
  }

  /** @returns false when it was taken off already. */
  takeOff(file: KeptFile): boolean {
    if (this.#files.get(file.id) !== file) return false;
    this.#files.delete(file.id);
    this.#disposeIfUnused(file);
    return true;
  }

  /** Keeps the bytes of a file in place meanwhile. */
  async using<T>(file: KeptFile, act: () => Promise<T>): Promise<T> {
    file.inUse++;
    try {
      return await act();
    } finally {
      file.inUse--;
      if (this.#files.get(file.id) !== file) this.#disposeIfUnused(file);
    }
  }

  where(is: (file: KeptFile) => boolean): readonly KeptFile[] {
    return [...this.#files.values()].filter(is);
  }

  usage(is: (file: KeptFile) => boolean): FileUsage {
    const files = this.where(is);
    return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  #disposeIfUnused(file: KeptFile): void {
    if (file.inUse === 0) this.#blobs.remove(blobOf(file.id)).catch(this.#onFault);
  }
}

/** In hexadecimal: there are file systems for which a and A are the same. */
export function blobOf(id: FileId): string {
  return Buffer.from(id, 'base64url').toString('hex');
}
