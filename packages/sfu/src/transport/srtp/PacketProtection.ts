import type { PacketMemory } from '../native/PacketMemory.ts';

/**
 * SRTP and SRTCP in one direction, in place: a packet lies at the start of the memory. Everything that is returned is a
 * length in bytes; `REFUSED` is none.
 */
export interface PacketProtection extends Disposable {
  /** @param index RFC 3711, section 3.3.1. With another packet under the same index AES-GCM is broken. */
  protectRtp(packet: PacketMemory, length: number, headerLength: number, ssrc: number, index: number): number;
  /** `REFUSED`: it is not what the holder of the key sent. The memory then holds nothing of use. */
  unprotectRtp(
    packet: PacketMemory,
    length: number,
    headerLength: number,
    ssrc: number,
    index: number,
  ): number;
  /** @param index 31 bits, one more with each packet */
  protectRtcp(packet: PacketMemory, length: number, ssrc: number, index: number): number;
  /** The index that the packet says it has; `REFUSED` when it is too short to have one. To be believed once unprotected. */
  rtcpIndex(packet: PacketMemory, length: number): number;
  unprotectRtcp(packet: PacketMemory, length: number, ssrc: number, index: number): number;
}

export const REFUSED = -1;
/** RFC 3711, section 3.4: the first eight bytes of a compound packet stay readable. */
export const RTCP_HEADER = 8;
/** The E flag with the index. We send no packet that is not encrypted and take none. */
export const RTCP_INDEX_BYTES = 4;
export const ENCRYPTED = 0x8000_0000;
