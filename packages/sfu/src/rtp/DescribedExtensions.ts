import { writeUint16 } from './bytes.ts';
import { ExtensionTemplate, type OutgoingExtensions } from './ExtensionTemplate.ts';

/** Kinds of blocks that are kept for all receivers: browsers have a few. */
const MOST_KINDS = 64;
const kinds = new Map<string, DescribedExtensions>();

/** The longest element of the one-byte form, and its highest id (RFC 8285, section 4.2). */
const ONE_BYTE = { length: 16, id: 14 };

/**
 * The extension block of an outgoing stream whose packets may bring a Dependency Descriptor, which has another length
 * each time. It stands behind the others; the block is in the one-byte form unless the descriptor is too long for it,
 * which only those with a structure are (RFC 8285, section 4.1.2: both forms on one stream).
 */
export class DescribedExtensions {
  readonly #id: number;
  readonly #short: ExtensionTemplate;
  readonly #long: ExtensionTemplate;

  /**
   * One for all receivers that have negotiated the same: among hundreds of them, what is read for each packet is then
   * still in the processor's caches.
   * @param dependencyDescriptor its id; 0: the receiver has not negotiated it, and packets go without
   */
  static of(extensions: OutgoingExtensions, dependencyDescriptor: number): DescribedExtensions {
    const kind = JSON.stringify([extensions, dependencyDescriptor]);
    const known = kinds.get(kind);
    if (known !== undefined) return known;
    const made = new DescribedExtensions(extensions, dependencyDescriptor);
    if (kinds.size < MOST_KINDS) kinds.set(kind, made);
    return made;
  }

  private constructor(extensions: OutgoingExtensions, dependencyDescriptor: number) {
    this.#id = dependencyDescriptor;
    this.#short = new ExtensionTemplate(extensions);
    this.#long = new ExtensionTemplate(extensions, true);
  }

  get takesDescriptor(): boolean {
    return this.#id > 0;
  }

  /** Bytes of the block with a descriptor of so many bytes; 0: without. */
  length(descriptorLength: number): number {
    if (descriptorLength === 0) return this.#short.length;
    const { template, head } = this.#formFor(descriptorLength);
    return Math.ceil((template.used + head + descriptorLength) / 4) * 4;
  }

  /** See ExtensionTemplate.write. The descriptor is `descriptor[0, descriptorLength)`. */
  write(
    target: Uint8Array,
    at: number,
    audioLevel: number,
    voice: boolean,
    absoluteSendTime: number,
    transportSequence: number,
    descriptor: Uint8Array,
    descriptorLength: number,
  ): number {
    if (descriptorLength === 0)
      return this.#short.write(target, at, audioLevel, voice, absoluteSendTime, transportSequence);
    const { template, head } = this.#formFor(descriptorLength);
    const end = at + this.length(descriptorLength);
    template.write(target, at, audioLevel, voice, absoluteSendTime, transportSequence);
    writeUint16(target, at, head === 1 ? 0xbede : 0x1000);
    writeUint16(target, at + 2, (end - at - 4) / 4);
    let place = at + template.used;
    if (head === 1) target[place++] = (this.#id << 4) | (descriptorLength - 1);
    else {
      target[place++] = this.#id;
      target[place++] = descriptorLength;
    }
    for (let index = 0; index < descriptorLength; index++) target[place + index] = descriptor[index] ?? 0;
    target.fill(0, place + descriptorLength, end);
    return end;
  }

  #formFor(descriptorLength: number): { template: ExtensionTemplate; head: 1 | 2 } {
    const short = this.#short.isOneByte && this.#id <= ONE_BYTE.id && descriptorLength <= ONE_BYTE.length;
    return short ? { template: this.#short, head: 1 } : { template: this.#long, head: 2 };
  }
}
