import { writeBindingRequest } from '../../src/testing/writeBindingRequest.ts';
import { writeClientHello } from '../../src/testing/writeClientHello.ts';
import { readableLength, splitRecords } from '../../src/transport/dtls/records.ts';
import { readBindingRequest } from '../../src/transport/ice/bindingRequest.ts';
import { PACKET_BYTES, PacketMemory } from '../../src/transport/native/PacketMemory.ts';
import { REFUSED } from '../../src/transport/srtp/PacketProtection.ts';
import { SRTP_PROFILES, type SrtpProfile } from '../../src/transport/srtp/profiles.ts';
import { SrtpSession } from '../../src/transport/srtp/SrtpSession.ts';
import { must, type Target } from '../Target.ts';

/** Connectivity checks. */
export const stun: Target = {
  seeds: [
    writeBindingRequest('ours:theirs', 'password'),
    writeBindingRequest('ours:theirs', 'password', { nominates: true, isControlled: true }),
  ],
  run(input) {
    const check = readBindingRequest(Buffer.from(input));
    if (check === null) return;
    must(check.transactionId.length === 12, 'a transaction of another length');
    must(!check.ufrag.includes(':'), 'more than a fragment');
    must(!check.isFrom('another password'), 'a check that anybody could have made');
  },
};

/** Records of DTLS, before OpenSSL sees them and after it has written them. */
export const records: Target = {
  seeds: [writeClientHello()],
  run(input) {
    const readable = readableLength(input, input.length);
    must(readable >= 0 && readable <= input.length, 'more to read than there is');
    must(readableLength(input, readable) === readable, 'less the second time');
    const bytes = Buffer.from(input.subarray(0, readable));
    must(Buffer.concat(splitRecords(bytes, 600)).equals(bytes), 'records that were lost');
  },
};

const memory = new PacketMemory();
const sessions = SRTP_PROFILES.map((profile) => new SrtpSession(keysOf(profile)));
const valid = Uint8Array.of(0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0xbe, 0xde, 0, 1, 0x10, 7, 0, 0, 1, 2, 3);

/** What comes as SRTP or SRTCP, and what is to become it. */
export const srtp: Target = {
  seeds: [valid, Uint8Array.of(0x80, 201, 0, 1, 0, 0, 0, 9, ...new Array<number>(30).fill(0x80))],
  run(input) {
    if (input.length > PACKET_BYTES) return;
    for (const session of sessions) {
      memory.bytes.set(input);
      must(session.unprotect(memory, input.length) === REFUSED, 'a packet that nobody made');
      memory.bytes.set(input);
      const length = session.protect(memory, input.length);
      must(
        length === REFUSED || (length > input.length && length <= PACKET_BYTES),
        'a length that cannot be',
      );
    }
  },
};

function keysOf(profile: SrtpProfile) {
  const key = (fill: number) => ({
    key: Buffer.alloc(profile.keyLength, fill),
    salt: Buffer.alloc(profile.saltLength, fill + 1),
  });
  return { profile, local: key(1), remote: key(3) };
}
