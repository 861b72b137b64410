import { NativeMemory } from './NativeMemory.ts';

/** No datagram that we take or send is longer, tag and all. */
export const PACKET_BYTES = 2_048;

/** Memory for one packet at a time. */
export class PacketMemory extends NativeMemory {
  readonly #views: (Buffer<ArrayBuffer> | undefined)[] = [];

  constructor() {
    super(PACKET_BYTES);
  }

  /** The first `length` bytes. A view for each length is made once: it is not free to make. */
  view(length: number): Buffer<ArrayBuffer> {
    const view = this.#views[length] ?? this.bytes.subarray(0, length);
    this.#views[length] = view;
    return view;
  }
}
