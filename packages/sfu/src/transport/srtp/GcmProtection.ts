import { NativeMemory } from '../native/NativeMemory.ts';
import { EVP_aes_128_gcm, EVP_aes_256_gcm } from '../native/openssl.ts';
import { PACKET_BYTES, type PacketMemory } from '../native/PacketMemory.ts';
import { Cipher, GCM_TAG_BYTES } from './Cipher.ts';
import {
  ENCRYPTED,
  type PacketProtection,
  REFUSED,
  RTCP_HEADER,
  RTCP_INDEX_BYTES,
} from './PacketProtection.ts';
import type { SessionKeys } from './sessionKeys.ts';

const IV_BYTES = 12;
const TURN = 0x1_0000;

/** Twelve bytes as three words of 32 bits, so that a packet of one of many receivers does not touch three objects for them. */
interface Salt {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** Of the packet at hand, whoever sends it. */
const iv = new NativeMemory(IV_BYTES);
const ivView = viewOf(iv.bytes);
/** The E flag with the index, as it is authenticated. */
const word = new NativeMemory(RTCP_INDEX_BYTES);

/** AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714), by the length of the key. */
export class GcmProtection implements PacketProtection {
  readonly #rtp: Cipher;
  readonly #rtcp: Cipher;
  readonly #rtpSalt: Salt;
  readonly #rtcpSalt: Salt;

  constructor(rtp: SessionKeys, rtcp: SessionKeys, encrypts: boolean) {
    const cipher = rtp.key.length === 32 ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
    this.#rtp = new Cipher(cipher, rtp.key, encrypts);
    this.#rtcp = new Cipher(cipher, rtcp.key, encrypts);
    this.#rtpSalt = wordsOf(rtp.salt);
    this.#rtcpSalt = wordsOf(rtcp.salt);
  }

  protectRtp(
    packet: PacketMemory,
    length: number,
    headerLength: number,
    ssrc: number,
    index: number,
  ): number {
    if (length + GCM_TAG_BYTES > PACKET_BYTES) return REFUSED;
    this.#setRtpIv(ssrc, index);
    return this.#rtp.seal(packet, headerLength, length, iv) ? length + GCM_TAG_BYTES : REFUSED;
  }

  unprotectRtp(
    packet: PacketMemory,
    length: number,
    headerLength: number,
    ssrc: number,
    index: number,
  ): number {
    const end = length - GCM_TAG_BYTES;
    if (end < headerLength) return REFUSED;
    this.#setRtpIv(ssrc, index);
    return this.#rtp.open(packet, headerLength, end, iv) ? end : REFUSED;
  }

  protectRtcp(packet: PacketMemory, length: number, ssrc: number, index: number): number {
    const total = length + GCM_TAG_BYTES + RTCP_INDEX_BYTES;
    if (total > PACKET_BYTES) return REFUSED;
    this.#setRtcpIv(ssrc, index);
    if (!this.#rtcp.seal(packet, RTCP_HEADER, length, iv, word)) return REFUSED;
    packet.bytes.set(word.bytes, length + GCM_TAG_BYTES);
    return total;
  }

  rtcpIndex(packet: PacketMemory, length: number): number {
    if (length < RTCP_HEADER + GCM_TAG_BYTES + RTCP_INDEX_BYTES) return REFUSED;
    const word = packet.bytes.readUInt32BE(length - RTCP_INDEX_BYTES);
    return word >= ENCRYPTED ? word - ENCRYPTED : REFUSED;
  }

  unprotectRtcp(packet: PacketMemory, length: number, ssrc: number, index: number): number {
    const end = length - RTCP_INDEX_BYTES - GCM_TAG_BYTES;
    if (end < RTCP_HEADER) return REFUSED;
    this.#setRtcpIv(ssrc, index);
    return this.#rtcp.open(packet, RTCP_HEADER, end, iv, word) ? end : REFUSED;
  }

  [Symbol.dispose](): void {
    this.#rtp[Symbol.dispose]();
    this.#rtcp[Symbol.dispose]();
  }

  /** RFC 7714, section 8.1: two zero bytes, SSRC, rollover counter, sequence number; added to the salt. */
  #setRtpIv(ssrc: number, index: number): void {
    const salt = this.#rtpSalt;
    const sequenceNumber = index % TURN;
    const turns = (index - sequenceNumber) / TURN;
    ivView.setInt32(0, salt.first ^ (ssrc >>> 16));
    ivView.setInt32(4, salt.second ^ (ssrc << 16) ^ (turns >>> 16));
    ivView.setInt32(8, salt.third ^ (turns << 16) ^ sequenceNumber);
  }

  /** RFC 7714, section 9.1: two zero bytes, SSRC, two zero bytes, index; added to the salt. */
  #setRtcpIv(ssrc: number, index: number): void {
    const salt = this.#rtcpSalt;
    ivView.setInt32(0, salt.first ^ (ssrc >>> 16));
    ivView.setInt32(4, salt.second ^ (ssrc << 16));
    ivView.setInt32(8, salt.third ^ index);
    word.bytes.writeUInt32BE(ENCRYPTED + index);
  }
}

function wordsOf(salt: Uint8Array): Salt {
  const view = viewOf(salt);
  return { first: view.getInt32(0), second: view.getInt32(4), third: view.getInt32(8) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
