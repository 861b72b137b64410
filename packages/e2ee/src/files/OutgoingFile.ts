import { fromBase64Url } from '../base64url.ts';
import { type Bytes, concat, equalInConstantTime } from '../bytes.ts';
import { FILE_KEY_BYTES, FileCipher } from './FileCipher.ts';
import { FileError } from './FileError.ts';
import type { FileOffer } from './fileMessage.ts';
import { FileSizes } from './fileSizes.ts';
import { hashOfParts, hashPart } from './hashOfParts.ts';

export interface OutgoingOptions {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly file: Blob;
  readonly name: string;
  readonly mediaType: string;
}

/** A file that is being encrypted, part by part, in any order, each as often as the network needs it. */
export class OutgoingFile {
  readonly sizes: FileSizes;
  readonly #options: OutgoingOptions;
  readonly #key: Bytes;
  readonly #cipher: FileCipher;
  readonly #hashes: (Bytes | undefined)[];

  private constructor(options: OutgoingOptions, key: Bytes, cipher: FileCipher) {
    this.sizes = new FileSizes(options.file.size);
    this.#options = options;
    this.#key = key;
    this.#cipher = cipher;
    this.#hashes = new Array<Bytes | undefined>(this.sizes.parts);
  }

  static async create(options: OutgoingOptions): Promise<OutgoingFile> {
    const key = crypto.getRandomValues(new Uint8Array(FILE_KEY_BYTES));
    return new OutgoingFile(options, key, await FileCipher.create(fromBase64Url(options.id), key));
  }

  /**
   * The same bytes each time: a nonce must not be used for two texts, so a file that has changed meanwhile goes no further.
   * @throws FileError `file.changed`, `file.unreadable`
   */
  async sealPart(part: number): Promise<Bytes> {
    if (!this.sizes.hasPart(part)) throw new FileError('file.unknown');
    const chunks: Bytes[] = [];
    for (const chunk of this.sizes.chunksOf(part)) {
      const plain = await this.#read(...this.sizes.plainRange(chunk));
      chunks.push(await this.#cipher.seal(chunk, this.sizes.isFinal(chunk), plain));
    }
    const sealed = concat(...chunks);
    const hash = await hashPart(sealed);
    this.#hashes[part] ??= hash;
    if (!equalInConstantTime(this.#hashes[part], hash)) throw new FileError('file.changed');
    return sealed;
  }

  /** @throws FileError `file.incomplete` while a part has never been encrypted. */
  async offer(): Promise<FileOffer> {
    const hashes = Array.from(this.#hashes).filter((hash) => hash !== undefined);
    if (hashes.length !== this.sizes.parts) throw new FileError('file.incomplete');
    const { id, name, mediaType, file } = this.#options;
    const hash = await hashOfParts(fromBase64Url(id), this.sizes.sealedBytes, hashes);
    return { id, key: this.#key, hash, size: file.size, mediaType, name };
  }

  async #read(from: number, to: number): Promise<Bytes> {
    const bytes = await this.#options.file
      .slice(from, to)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw new FileError('file.unreadable', { cause });
      });
    if (bytes.byteLength !== to - from) throw new FileError('file.changed');
    return new Uint8Array(bytes);
  }
}
