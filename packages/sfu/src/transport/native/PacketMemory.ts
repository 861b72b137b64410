import { NativeMemory } from './NativeMemory.ts';

/** No datagram that we take or send is longer, tag and all. */
export const PACKET_BYTES = 2_048;

/** Memory for one packet at a time. */
export class PacketMemory extends NativeMemory {
  constructor() {
    super(PACKET_BYTES);
  }
}
