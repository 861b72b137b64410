import { fromBase64Url } from '../base64url.ts';
import { type Bytes, equalInConstantTime } from '../bytes.ts';
import { FileCipher } from './FileCipher.ts';
import { FileError } from './FileError.ts';
import type { FileOffer } from './fileMessage.ts';
import { FileSizes } from './fileSizes.ts';
import { hashOfParts, hashPart } from './hashOfParts.ts';

interface OpenedPart {
  readonly plain: Blob;
  readonly hash: Bytes;
}

/** A file that is being decrypted, part by part, in any order. Nothing of it is handed out before all of it is proved. */
export class IncomingFile {
  readonly offer: FileOffer;
  readonly sizes: FileSizes;
  readonly #parts: (OpenedPart | undefined)[];
  #cipher: FileCipher | null = null;

  constructor(offer: FileOffer) {
    this.offer = offer;
    this.sizes = new FileSizes(offer.size);
    this.#parts = new Array<OpenedPart | undefined>(this.sizes.parts);
  }

  /** @throws FileError `file.damaged` */
  async openPart(part: number, sealed: Bytes): Promise<void> {
    if (!this.sizes.hasPart(part) || sealed.length !== this.sizes.sealedBytesOf(part))
      throw new FileError('file.damaged');
    this.#cipher ??= await FileCipher.create(fromBase64Url(this.offer.id), this.offer.key);
    const chunks: Bytes[] = [];
    for (const chunk of this.sizes.chunksOf(part)) {
      const [from, to] = this.sizes.sealedRange(chunk);
      chunks.push(await this.#cipher.open(chunk, this.sizes.isFinal(chunk), sealed.slice(from, to)));
    }
    this.#parts[part] = { plain: new Blob(chunks), hash: await hashPart(sealed) };
  }

  /** The whole content, of no type. @throws FileError `file.incomplete`, `file.damaged` */
  async finish(): Promise<Blob> {
    const parts = Array.from(this.#parts).filter((part) => part !== undefined);
    if (parts.length !== this.sizes.parts) throw new FileError('file.incomplete');
    const id = fromBase64Url(this.offer.id);
    const hash = await hashOfParts(
      id,
      this.sizes.sealedBytes,
      parts.map((part) => part.hash),
    );
    if (!equalInConstantTime(hash, this.offer.hash)) throw new FileError('file.damaged');
    return new Blob(
      parts.map(({ plain }) => plain),
      { type: 'application/octet-stream' },
    );
  }
}
