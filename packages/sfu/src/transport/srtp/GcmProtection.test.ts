import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PACKET_BYTES, PacketMemory } from '../native/PacketMemory.ts';
import { GcmProtection } from './GcmProtection.ts';
import { REFUSED } from './PacketProtection.ts';
import type { SessionKeys } from './sessionKeys.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** RFC 7714, sections 16 and 17: session keys of these bytes, “Quid pro quo” for a salt. */
const keysOf = (length: number): SessionKeys => ({
  key: Buffer.from(Array.from({ length }, (_, index) => index)),
  salt: Buffer.from('Quid pro quo'),
  authentication: Buffer.alloc(20),
});

const RTP_HEADER = 12;
const RTP = bytes(
  `8040f17b 8041f8d3 5501a0b2 ${Buffer.from('Gallia est omnis divisa in partes tres').toString('hex')}`,
);
const RTP_SSRC = 0x5501a0b2;
const RTP_INDEX = 0xf17b;

/** The packet that the subsections of section 17 protect, which is not the one that its introduction prints. */
const RTCP = bytes(`
  81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
  deadbeef deadbeef deadbeef deadbeef deadbeef`);
const RTCP_SSRC = 0x4d617273;
const RTCP_INDEX = 0x5d4;

const VECTORS = [
  {
    name: 'AEAD_AES_128_GCM',
    keyLength: 16,
    srtp: bytes(`
      8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5
      0d294e6f 42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce`),
    srtcp: bytes(`
      81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d
      c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b c84aa458 96cf4d2f c5abf872
      45d9eade 800005d4`),
    authenticatedOnly: bytes(`
      81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
      deadbeef deadbeef deadbeef deadbeef deadbeef 841dd968 3dd78ec9 2ae58790
      125f62b3 000005d4`),
  },
  {
    name: 'AEAD_AES_256_GCM',
    keyLength: 32,
    srtp: bytes(`
      8040f17b 8041f8d3 5501a0b2 32b1de78 a822fe12 ef9f78fa 332e33aa b1801238
      9a58e2f3 b50b2a02 76ffae0f 1ba63799 b87b7aa3 db36dfff d6b0f9bb 7878d7a7 6c13`),
    srtcp: bytes(`
      81c8000d 4d617273 d50ae4d1 f5ce5d30 4ba297e4 7d470c28 2c3ece5d bffe0a50
      a2eaa5c1 110555be 8415f658 c61de047 6f1b6fad 1d1eb30c 4446839f 57ff6f6c
      b26ac3be 800005d4`),
    authenticatedOnly: bytes(`
      81c8000d 4d617273 4e545031 4e545032 52545020 0000042a 0000e930 4c756e61
      deadbeef deadbeef deadbeef deadbeef deadbeef 91db4afb feee5a97 8fab4393
      ed2615fe 000005d4`),
  },
];

describe.each(VECTORS)('$name', ({ keyLength, srtp, srtcp, authenticatedOnly }) => {
  const memory = new PacketMemory();
  let sender: GcmProtection;
  let receiver: GcmProtection;
  beforeEach(() => {
    memory.bytes.fill(0xee);
    sender = new GcmProtection(keysOf(keyLength), keysOf(keyLength), true);
    receiver = new GcmProtection(keysOf(keyLength), keysOf(keyLength), false);
  });
  afterEach(() => {
    sender[Symbol.dispose]();
    receiver[Symbol.dispose]();
  });

  const put = (packet: Uint8Array): number => {
    memory.bytes.set(packet);
    return packet.length;
  };
  const taken = (length: number): string => memory.bytes.toString('hex', 0, length);

  /** As a session does: what the packet says of itself is what it is tried with. */
  const open = (packet: Uint8Array): number => {
    const length = put(packet);
    const { bytes: view } = memory;
    return receiver.unprotectRtp(memory, length, RTP_HEADER, view.readUInt32BE(8), view.readUInt16BE(2));
  };
  const openRtcp = (packet: Uint8Array): number => {
    const length = put(packet);
    const index = receiver.rtcpIndex(memory, length);
    if (index === REFUSED) return REFUSED;
    return receiver.unprotectRtcp(memory, length, memory.bytes.readUInt32BE(4), index);
  };

  test('RTP is encrypted and tagged as in section 16, and nothing behind it is touched', () => {
    const length = sender.protectRtp(memory, put(RTP), RTP_HEADER, RTP_SSRC, RTP_INDEX);
    expect(taken(length)).toBe(srtp.toString('hex'));
    expect(memory.bytes.subarray(length).every((byte) => byte === 0xee)).toBe(true);
  });

  test('RTP is decrypted as in section 16', () => {
    expect(taken(open(srtp))).toBe(RTP.toString('hex'));
  });

  test('RTCP is encrypted and tagged as in section 17, and nothing behind it is touched', () => {
    const length = sender.protectRtcp(memory, put(RTCP), RTCP_SSRC, RTCP_INDEX);
    expect(taken(length)).toBe(srtcp.toString('hex'));
    expect(memory.bytes.subarray(length).every((byte) => byte === 0xee)).toBe(true);
  });

  test('RTCP is decrypted as in section 17', () => {
    put(srtcp);
    expect(receiver.rtcpIndex(memory, srtcp.length)).toBe(RTCP_INDEX);
    expect(taken(openRtcp(srtcp))).toBe(RTCP.toString('hex'));
  });

  test('RTCP that is authenticated only is refused, genuine as it is', () => {
    expect(openRtcp(authenticatedOnly)).toBe(REFUSED);
  });

  test('a bit that is another anywhere in a packet of RTP has it refused', () => {
    for (const flipped of eachFlipped(srtp)) expect(open(flipped)).toBe(REFUSED);
    expect(open(srtp)).toBe(RTP.length);
  });

  test('a bit that is another anywhere in a packet of RTCP has it refused, E flag and index too', () => {
    for (const flipped of eachFlipped(srtcp)) expect(openRtcp(flipped)).toBe(REFUSED);
    expect(openRtcp(srtcp)).toBe(RTCP.length);
  });

  test('a packet is refused under another SSRC, sequence number or rollover counter', () => {
    const length = srtp.length;
    for (const [ssrc, index] of [
      [RTP_SSRC + 1, RTP_INDEX],
      [RTP_SSRC, RTP_INDEX + 1],
      [RTP_SSRC, RTP_INDEX + 2 ** 16],
      [RTP_SSRC, RTP_INDEX + 2 ** 47],
    ] as const) {
      put(srtp);
      expect(receiver.unprotectRtp(memory, length, RTP_HEADER, ssrc, index)).toBe(REFUSED);
    }
  });

  test('every index and SSRC has a nonce of its own', () => {
    const first = (ssrc: number, index: number): string => {
      put(RTP);
      return taken(sender.protectRtp(memory, RTP.length, RTP_HEADER, ssrc, index)).slice(2 * RTP_HEADER);
    };
    const made = [0, 1, 0xffff, 0x1_0000, 0x8000_0000, 2 ** 32, 2 ** 47, 2 ** 48 - 1].flatMap((index) =>
      [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff].map((ssrc) => first(ssrc, index)),
    );
    expect(new Set(made).size).toBe(made.length);
  });

  test('what is too short to have a tag is refused', () => {
    for (let length = RTP_HEADER; length < RTP_HEADER + 16; length++)
      expect(receiver.unprotectRtp(memory, length, RTP_HEADER, RTP_SSRC, RTP_INDEX)).toBe(REFUSED);
    for (let length = 0; length < 8 + 16 + 4; length++) {
      expect(receiver.rtcpIndex(memory, length)).toBe(REFUSED);
      expect(receiver.unprotectRtcp(memory, length, RTCP_SSRC, RTCP_INDEX)).toBe(REFUSED);
    }
  });

  test('what has no room for its tag is refused before anything is encrypted', () => {
    for (let length = PACKET_BYTES - 15; length <= PACKET_BYTES; length++)
      expect(sender.protectRtp(memory, length, RTP_HEADER, RTP_SSRC, 1)).toBe(REFUSED);
    for (let length = PACKET_BYTES - 19; length <= PACKET_BYTES; length++)
      expect(sender.protectRtcp(memory, length, RTCP_SSRC, 1)).toBe(REFUSED);
    expect(memory.bytes.every((byte) => byte === 0xee)).toBe(true);
    expect(sender.protectRtp(memory, PACKET_BYTES - 16, RTP_HEADER, RTP_SSRC, 1)).toBe(PACKET_BYTES);
    expect(sender.protectRtcp(memory, PACKET_BYTES - 20, RTCP_SSRC, 1)).toBe(PACKET_BYTES);
  });

  test('once disposed, and disposed again, it refuses everything', () => {
    sender[Symbol.dispose]();
    sender[Symbol.dispose]();
    receiver[Symbol.dispose]();
    expect(sender.protectRtp(memory, put(RTP), RTP_HEADER, RTP_SSRC, RTP_INDEX)).toBe(REFUSED);
    expect(sender.protectRtcp(memory, put(RTCP), RTCP_SSRC, RTCP_INDEX)).toBe(REFUSED);
    expect(open(srtp)).toBe(REFUSED);
    expect(openRtcp(srtcp)).toBe(REFUSED);
  });
});

function* eachFlipped(packet: Uint8Array): Generator<Buffer> {
  for (let bit = 0; bit < packet.length * 8; bit++) {
    const flipped = Buffer.from(packet);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield flipped;
  }
}

test('the nonce is salt, SSRC and index as RFC 7714 has them, for any of them', () => {
  const keys = { key: Buffer.alloc(16, 7), salt: Buffer.alloc(12), authentication: Buffer.alloc(20) };
  /** By Node's own, with the nonce put together byte by byte. */
  const sealed = (nonce: Buffer, header: Uint8Array, body: Uint8Array, extra = Buffer.alloc(0)): Buffer => {
    const cipher = createCipheriv('aes-128-gcm', keys.key, nonce);
    cipher.setAAD(Buffer.concat([header, extra]));
    return Buffer.concat([header, cipher.update(body), cipher.final(), cipher.getAuthTag(), extra]);
  };
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 12, maxLength: 12 }),
      fc.nat(0xffff_ffff),
      fc.nat(2 ** 48 - 2),
      (salt, ssrc, index) => {
        using protection = new GcmProtection({ ...keys, salt }, { ...keys, salt }, true);
        const packet = new PacketMemory();
        const length = RTP_HEADER + 20;
        const original = Buffer.from(packet.bytes.subarray(0, length));
        const nonce = Buffer.alloc(12);
        nonce.writeUInt32BE(ssrc, 2);
        nonce.writeUIntBE(index, 6, 6);
        const total = protection.protectRtp(packet, length, RTP_HEADER, ssrc, index);
        const [header, body] = [original.subarray(0, RTP_HEADER), original.subarray(RTP_HEADER)];
        const xor = (value: Buffer): Buffer => Buffer.from(value.map((byte, at) => byte ^ (salt[at] ?? 0)));
        expect(packet.bytes.subarray(0, total)).toEqual(sealed(xor(nonce), header, body));
        const rtcpIndex = index % 2 ** 31;
        const word = Buffer.alloc(4);
        word.writeUInt32BE(0x8000_0000 + rtcpIndex);
        nonce.fill(0).writeUInt32BE(ssrc, 2);
        nonce.writeUInt32BE(rtcpIndex, 8);
        packet.bytes.fill(0);
        const rtcp = protection.protectRtcp(packet, length, ssrc, rtcpIndex);
        const [head, rest] = [original.subarray(0, 8), original.subarray(8)];
        expect(packet.bytes.subarray(0, rtcp)).toEqual(sealed(xor(nonce), head, rest, word));
      },
    ),
    { numRuns: 200 },
  );
});
