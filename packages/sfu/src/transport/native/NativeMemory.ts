import { type Address, addressOf } from './library.ts';

/** All of it, so that nothing of it is ever collected: an address keeps nothing alive. */
const forever: NativeMemory[] = [];

/**
 * Memory of ours that C reads and writes by its address. It is never freed, so an address of it is always good: there
 * are a few of these in a process, made when it starts. An address is only had together with a check that what C is to
 * touch lies within. Passing one costs a third of passing a view.
 */
export class NativeMemory {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly #address: Address;

  /** @param size bytes, zeros */
  constructor(size: number) {
    // Not one of V8's small arrays, which it moves.
    this.bytes = Buffer.from(new ArrayBuffer(size));
    this.#address = addressOf(this.bytes);
    forever.push(this);
  }

  /** Where `length` bytes from `offset` on are. Throws RangeError when they are not all ours. */
  at(offset: number, length: number): Address {
    if (offset >= 0 && length >= 0 && offset + length <= this.bytes.length) return this.#address + offset;
    throw new RangeError(`no ${length} bytes at ${offset}`);
  }
}
