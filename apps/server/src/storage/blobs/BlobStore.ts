/** Where bytes are kept that are too many for the database. They are as random as a cipher makes them. */
export interface BlobStore {
  /** A place for a blob. @param name lower-case letters and digits alone */
  create(name: string): Promise<void>;
  /** Whole or not at all; again in place of what was there. @throws StorageFull; BlobGone when there is no such blob */
  put(name: string, part: number, bytes: Uint8Array): Promise<void>;
  /** @throws BlobGone */
  get(name: string, part: number): Promise<Uint8Array>;
  /** Nothing when there is none. */
  remove(name: string): Promise<void>;
  /** All of them. */
  clear(): Promise<void>;
}

export class BlobGone extends Error {
  override readonly name = 'BlobGone';
}

export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}
