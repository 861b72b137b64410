import { afterEach, beforeEach, expect, test } from 'vitest';
import { PACKET_BYTES, PacketMemory } from '../native/PacketMemory.ts';
import { CounterModeProtection } from './CounterModeProtection.ts';
import { REFUSED } from './PacketProtection.ts';
import { type SessionKeys, sessionKeys } from './sessionKeys.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** The reference packets of libsrtp (`srtp_validate` of its test/srtp_driver.c), made with AES_CM_128_HMAC_SHA1_80. */
const MASTER = {
  key: bytes('e1f97a0d3e018be0d64fa32c06de4139'),
  salt: bytes('0ec675ad498afeebb6960b3aabe6'),
};
const RTP = bytes('800f1234 decafbad cafebabe abababab abababab abababab abababab');
const SRTP = bytes('800f1234 decafbad cafebabe 4e55dc4c e79978d8 8ca4d215 949d2402 b78d6acc 99ea179b 8dbb');
const RTCP = bytes('81c8000b cafebabe abababab abababab abababab abababab');
const SRTCP = bytes('81c8000b cafebabe 7128035b e487b9bd bef89041 f977a5a8 80000001 993e08cd 54d6c123 0798');
const SSRC = 0xcafebabe;
const RTP_INDEX = 0x1234;
const RTCP_INDEX = 1;
const RTP_HEADER = 12;

const memory = new PacketMemory();
let protection: CounterModeProtection;
beforeEach(() => {
  memory.bytes.fill(0xee);
  protection = new CounterModeProtection(sessionKeys(MASTER, 'rtp'), sessionKeys(MASTER, 'rtcp'));
});
afterEach(() => protection[Symbol.dispose]());

const put = (packet: Uint8Array): number => {
  memory.bytes.set(packet);
  return packet.length;
};
const taken = (length: number): string => memory.bytes.toString('hex', 0, length);

/** As a session does: what the packet says of itself is what it is tried with. */
const open = (packet: Uint8Array): number => {
  const length = put(packet);
  const { bytes: view } = memory;
  return protection.unprotectRtp(memory, length, RTP_HEADER, view.readUInt32BE(8), view.readUInt16BE(2));
};
const openRtcp = (packet: Uint8Array): number => {
  const length = put(packet);
  const index = protection.rtcpIndex(memory, length);
  if (index === REFUSED) return REFUSED;
  return protection.unprotectRtcp(memory, length, memory.bytes.readUInt32BE(4), index);
};

test('RTP is protected as libsrtp does it, and nothing behind it is touched', () => {
  const length = protection.protectRtp(memory, put(RTP), RTP_HEADER, SSRC, RTP_INDEX);
  expect(taken(length)).toBe(SRTP.toString('hex'));
  expect(memory.bytes.subarray(length).every((byte) => byte === 0xee)).toBe(true);
});

test('RTP that libsrtp protected is opened', () => {
  expect(taken(open(SRTP))).toBe(RTP.toString('hex'));
});

test('RTCP is protected as libsrtp does it, and nothing behind it is touched', () => {
  const length = protection.protectRtcp(memory, put(RTCP), SSRC, RTCP_INDEX);
  expect(taken(length)).toBe(SRTCP.toString('hex'));
  expect(memory.bytes.subarray(length).every((byte) => byte === 0xee)).toBe(true);
});

test('RTCP that libsrtp protected is opened', () => {
  put(SRTCP);
  expect(protection.rtcpIndex(memory, SRTCP.length)).toBe(RTCP_INDEX);
  expect(taken(openRtcp(SRTCP))).toBe(RTCP.toString('hex'));
});

test('the key stream is the one of RFC 3711, appendix B.2, block after block', () => {
  const keys: SessionKeys = {
    key: bytes('2b7e151628aed2a6abf7158809cf4f3c'),
    salt: bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfd'),
    authentication: Buffer.alloc(20),
  };
  using vector = new CounterModeProtection(keys, keys);
  memory.bytes.fill(0);
  vector.protectRtp(memory, RTP_HEADER + 48, RTP_HEADER, 0, 0);
  expect(memory.bytes.toString('hex', RTP_HEADER, RTP_HEADER + 48)).toBe(
    'e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0',
  );
});

test('a bit that is another anywhere has a packet refused', () => {
  for (const flipped of eachFlipped(SRTP)) expect(open(flipped)).toBe(REFUSED);
  for (const flipped of eachFlipped(SRTCP)) expect(openRtcp(flipped)).toBe(REFUSED);
  expect(open(SRTP)).toBe(RTP.length);
  expect(openRtcp(SRTCP)).toBe(RTCP.length);
});

test('the rollover counter is authenticated though it is not sent', () => {
  for (const turns of [1, 2, 2 ** 31, 2 ** 32 - 1]) {
    put(SRTP);
    const index = RTP_INDEX + turns * 2 ** 16;
    expect(protection.unprotectRtp(memory, SRTP.length, RTP_HEADER, SSRC, index)).toBe(REFUSED);
  }
});

test('what is refused for its tag is not decrypted', () => {
  const forged = Buffer.from(SRTP);
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  expect(open(forged)).toBe(REFUSED);
  expect(taken(forged.length)).toBe(forged.toString('hex'));
});

test('RTCP without the E flag is refused', () => {
  const plain = Buffer.from(SRTCP);
  plain.writeUInt32BE(RTCP_INDEX, RTCP.length);
  expect(openRtcp(plain)).toBe(REFUSED);
});

test('every index and SSRC has a key stream of its own', () => {
  const made = [0, 1, 0xffff, 0x1_0000, 0x8000_0000, 2 ** 32, 2 ** 47, 2 ** 48 - 1].flatMap((index) =>
    [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff].map((ssrc) => {
      protection.protectRtp(memory, put(RTP), RTP_HEADER, ssrc, index);
      return taken(RTP.length);
    }),
  );
  expect(new Set(made).size).toBe(made.length);
});

test('what is too short to have a tag is refused', () => {
  for (let length = RTP_HEADER; length < RTP_HEADER + 10; length++)
    expect(protection.unprotectRtp(memory, length, RTP_HEADER, SSRC, RTP_INDEX)).toBe(REFUSED);
  for (let length = 0; length < 8 + 4 + 10; length++) {
    expect(protection.rtcpIndex(memory, length)).toBe(REFUSED);
    expect(protection.unprotectRtcp(memory, length, SSRC, RTCP_INDEX)).toBe(REFUSED);
  }
});

test('what has no room for its tag is refused before anything is encrypted', () => {
  for (let length = PACKET_BYTES - 9; length <= PACKET_BYTES; length++)
    expect(protection.protectRtp(memory, length, RTP_HEADER, SSRC, 1)).toBe(REFUSED);
  for (let length = PACKET_BYTES - 13; length <= PACKET_BYTES; length++)
    expect(protection.protectRtcp(memory, length, SSRC, 1)).toBe(REFUSED);
  expect(memory.bytes.every((byte) => byte === 0xee)).toBe(true);
  expect(protection.protectRtp(memory, PACKET_BYTES - 10, RTP_HEADER, SSRC, 1)).toBe(PACKET_BYTES);
  expect(protection.protectRtcp(memory, PACKET_BYTES - 14, SSRC, 1)).toBe(PACKET_BYTES);
});

test('once disposed, and disposed again, it refuses everything', () => {
  protection[Symbol.dispose]();
  protection[Symbol.dispose]();
  expect(protection.protectRtp(memory, put(RTP), RTP_HEADER, SSRC, RTP_INDEX)).toBe(REFUSED);
  expect(protection.protectRtcp(memory, put(RTCP), SSRC, RTCP_INDEX)).toBe(REFUSED);
  expect(open(SRTP)).toBe(REFUSED);
  expect(openRtcp(SRTCP)).toBe(REFUSED);
});

function* eachFlipped(packet: Uint8Array): Generator<Buffer> {
  for (let bit = 0; bit < packet.length * 8; bit++) {
    const flipped = Buffer.from(packet);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield flipped;
  }
}
