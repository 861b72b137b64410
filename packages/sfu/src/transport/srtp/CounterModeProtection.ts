import { createHmac, timingSafeEqual } from 'node:crypto';
import { NativeMemory } from '../native/NativeMemory.ts';
import { EVP_aes_128_ctr } from '../native/openssl.ts';
import { PACKET_BYTES, type PacketMemory } from '../native/PacketMemory.ts';
import { Cipher } from './Cipher.ts';
import {
  ENCRYPTED,
  type PacketProtection,
  REFUSED,
  RTCP_HEADER,
  RTCP_INDEX_BYTES,
} from './PacketProtection.ts';
import type { SessionKeys } from './sessionKeys.ts';

const TAG_BYTES = 10;
/** Of the packet at hand, whoever sends it. */
const iv = new NativeMemory(16);
const TURN = 0x1_0000;

/**
 * AES128_CM_HMAC_SHA1_80 (RFC 3711), for the few that know nothing newer. Both directions are one operation, so one
 * class serves either.
 */
export class CounterModeProtection implements PacketProtection {
  readonly #rtp: Cipher;
  readonly #rtcp: Cipher;
  readonly #rtpKeys: SessionKeys;
  readonly #rtcpKeys: SessionKeys;
  readonly #rollover = Buffer.alloc(4);

  constructor(rtp: SessionKeys, rtcp: SessionKeys) {
    this.#rtpKeys = rtp;
    this.#rtcpKeys = rtcp;
    this.#rtp = new Cipher(EVP_aes_128_ctr(), rtp.key, true);
    this.#rtcp = new Cipher(EVP_aes_128_ctr(), rtcp.key, true);
  }

  protectRtp(
    packet: PacketMemory,
    length: number,
    headerLength: number,
    ssrc: number,
    index: number,
  ): number {
    if (length + TAG_BYTES > PACKET_BYTES) return REFUSED;
    this.#setIv(this.#rtpKeys.salt, ssrc, index);
    if (!this.#rtp.apply(packet, headerLength, length, iv)) return REFUSED;
    this.#rtpTag(packet, length, index).copy(packet.bytes, length);
    return length + TAG_BYTES;
  }

  unprotectRtp(
    packet: PacketMemory,
    length: number,
    headerLength: number,
    ssrc: number,
    index: number,
  ): number {
    const end = length - TAG_BYTES;
    if (end < headerLength) return REFUSED;
    if (!timingSafeEqual(this.#rtpTag(packet, end, index), packet.bytes.subarray(end, length)))
      return REFUSED;
    this.#setIv(this.#rtpKeys.salt, ssrc, index);
    return this.#rtp.apply(packet, headerLength, end, iv) ? end : REFUSED;
  }

  protectRtcp(packet: PacketMemory, length: number, ssrc: number, index: number): number {
    const end = length + RTCP_INDEX_BYTES;
    if (end + TAG_BYTES > PACKET_BYTES) return REFUSED;
    this.#setIv(this.#rtcpKeys.salt, ssrc, index);
    if (!this.#rtcp.apply(packet, RTCP_HEADER, length, iv)) return REFUSED;
    packet.bytes.writeUInt32BE(ENCRYPTED + index, length);
    this.#rtcpTag(packet, end).copy(packet.bytes, end);
    return end + TAG_BYTES;
  }

  rtcpIndex(packet: PacketMemory, length: number): number {
    if (length < RTCP_HEADER + RTCP_INDEX_BYTES + TAG_BYTES) return REFUSED;
    const word = packet.bytes.readUInt32BE(length - TAG_BYTES - RTCP_INDEX_BYTES);
    return word >= ENCRYPTED ? word - ENCRYPTED : REFUSED;
  }

  unprotectRtcp(packet: PacketMemory, length: number, ssrc: number, index: number): number {
    const covered = length - TAG_BYTES;
    const end = covered - RTCP_INDEX_BYTES;
    if (end < RTCP_HEADER) return REFUSED;
    if (!timingSafeEqual(this.#rtcpTag(packet, covered), packet.bytes.subarray(covered, length)))
      return REFUSED;
    this.#setIv(this.#rtcpKeys.salt, ssrc, index);
    return this.#rtcp.apply(packet, RTCP_HEADER, end, iv) ? end : REFUSED;
  }

  [Symbol.dispose](): void {
    this.#rtp[Symbol.dispose]();
    this.#rtcp[Symbol.dispose]();
  }

  /** RFC 3711, section 4.1.1: the salt, the SSRC from byte 4, the index from byte 8; two zero bytes count the blocks. */
  #setIv(salt: Uint8Array, ssrc: number, index: number): void {
    const { bytes } = iv;
    bytes.fill(0);
    bytes.set(salt);
    bytes.writeUInt32BE((bytes.readUInt32BE(4) ^ ssrc) >>> 0, 4);
    const low = index % TURN;
    bytes.writeUInt32BE((bytes.readUInt32BE(8) ^ ((index - low) / TURN)) >>> 0, 8);
    bytes.writeUInt16BE(bytes.readUInt16BE(12) ^ low, 12);
  }

  /** Over the packet and the rollover counter, which is not sent. */
  #rtpTag(packet: PacketMemory, length: number, index: number): Buffer {
    this.#rollover.writeUInt32BE(Math.floor(index / TURN));
    return createHmac('sha1', this.#rtpKeys.authentication)
      .update(packet.bytes.subarray(0, length))
      .update(this.#rollover)
      .digest()
      .subarray(0, TAG_BYTES);
  }

  #rtcpTag(packet: PacketMemory, length: number): Buffer {
    return createHmac('sha1', this.#rtcpKeys.authentication)
      .update(packet.bytes.subarray(0, length))
      .digest()
      .subarray(0, TAG_BYTES);
  }
}
