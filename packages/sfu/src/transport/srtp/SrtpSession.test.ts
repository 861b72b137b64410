import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PACKET_BYTES, PacketMemory } from '../native/PacketMemory.ts';
import { REFUSED } from './PacketProtection.ts';
import { packetIndex } from './packetIndex.ts';
import { SRTP_PROFILES, type SrtpProfile } from './profiles.ts';
import { SrtpSession } from './SrtpSession.ts';
import type { MasterKey } from './sessionKeys.ts';

const TURN = 2 ** 16;
const HALF = 2 ** 15;
const WINDOW = 1_024;
const SSRC = 0xcafebabe;
/** The largest packet that a transport sends. */
const LARGEST = 1_420;

const memory = new PacketMemory();
const put = (packet: Uint8Array): number => {
  memory.bytes.set(packet);
  return packet.length;
};
const taken = (length: number): Buffer => Buffer.from(memory.bytes.subarray(0, length));

/** The protected packet; null when it is refused. */
function protect(session: SrtpSession, packet: Uint8Array, repeats = false): Buffer | null {
  const length = session.protect(memory, put(packet), repeats);
  return length === REFUSED ? null : taken(length);
}

/** The packet that was protected; null when it is refused. */
function unprotect(session: SrtpSession, packet: Uint8Array): Buffer | null {
  const length = session.unprotect(memory, put(packet));
  return length === REFUSED ? null : taken(length);
}

function protectedBy(session: SrtpSession, packet: Uint8Array): Buffer {
  const made = protect(session, packet);
  if (made === null) throw new Error('refused');
  return made;
}

/** Of a packet that was sent before. */
function repeatedBy(session: SrtpSession, packet: Uint8Array): Buffer {
  const made = protect(session, packet, true);
  if (made === null) throw new Error('refused');
  return made;
}

const masterOf = ({ keyLength, saltLength }: SrtpProfile, fill: number): MasterKey => ({
  key: Buffer.alloc(keyLength, fill),
  salt: Buffer.alloc(saltLength, fill + 1),
});

/** An RTP packet of one stream with its index for content. */
function rtp(index: number, ssrc = SSRC): Buffer {
  const packet = Buffer.alloc(20);
  packet[0] = 0x80;
  packet[1] = 96;
  packet.writeUInt16BE(index % TURN, 2);
  packet.writeUInt32BE(ssrc, 8);
  packet.writeUIntBE(index, 12, 6);
  return packet;
}

function rtcp(content: number, ssrc = SSRC): Buffer {
  const packet = Buffer.from([0x80, 201, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt32BE(content, 8);
  return packet;
}

const octets = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));

/** RFC 8285: header extensions of one byte and of two; or of no profile that anybody knows. */
const extension = fc
  .tuple(fc.constantFrom(0xbede, 0x1000, 0x100f, 0xabcd), fc.integer({ min: 0, max: 40 }), octets(160))
  .map(([profile, words, content]) => {
    const block = Buffer.alloc(4 + words * 4);
    block.writeUInt16BE(profile, 0);
    block.writeUInt16BE(words, 2);
    content.copy(block, 4);
    return block;
  });

const anyRtp = fc
  .record({
    csrcs: fc.integer({ min: 0, max: 15 }),
    extension: fc.option(extension, { nil: null }),
    // RFC 5761, section 4: with the marker 64 to 95 would be RTCP.
    payloadType: fc.integer({ min: 0, max: 255 }).filter((type) => type < 192 || type > 223),
    fixed: fc.uint8Array({ minLength: 6, maxLength: 6 }),
    ssrc: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    payload: fc.oneof(
      octets(40),
      fc.integer({ min: 0, max: LARGEST }).map((length) => Buffer.alloc(length, 0x5a)),
    ),
    padding: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ csrcs, extension: block, payloadType, fixed, ssrc, payload, padding }) => {
    const head = Buffer.alloc(12 + csrcs * 4, 0xc5);
    head[0] = 0x80 | (padding > 0 ? 0x20 : 0) | (block === null ? 0 : 0x10) | csrcs;
    head[1] = payloadType;
    head.set(fixed, 2);
    head.writeUInt32BE(ssrc, 8);
    const pad = Buffer.alloc(padding, padding);
    const whole = Buffer.concat([head, block ?? Buffer.alloc(0), payload, pad]);
    // Cut where it would be too long, never within the header.
    const header = head.length + (block?.length ?? 0);
    return whole.subarray(0, Math.max(header, LARGEST));
  });

const anyRtcp = fc
  .array(
    fc.record({
      count: fc.integer({ min: 0, max: 31 }),
      type: fc.integer({ min: 192, max: 223 }),
      words: fc.integer({ min: 1, max: 80 }),
      fill: fc.integer({ min: 0, max: 255 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    Buffer.concat(
      parts.map(({ count, type, words, fill }) => {
        const part = Buffer.alloc(4 + words * 4, fill);
        part[0] = 0x80 | count;
        part[1] = type;
        part.writeUInt16BE(words, 2);
        return part;
      }),
    ),
  );

describe.each(SRTP_PROFILES)('$name', (profile) => {
  let ours: SrtpSession;
  let theirs: SrtpSession;
  const open = (): void => {
    const [one, other] = [masterOf(profile, 1), masterOf(profile, 101)];
    ours = new SrtpSession({ profile, local: one, remote: other });
    theirs = new SrtpSession({ profile, local: other, remote: one });
  };
  const close = (): void => {
    ours[Symbol.dispose]();
    theirs[Symbol.dispose]();
  };
  const reopen = (): void => {
    close();
    open();
  };
  beforeEach(open);
  afterEach(close);

  test('any RTP packet comes out as it went in, in both directions', () => {
    fc.assert(
      fc.property(anyRtp, (packet) => {
        reopen();
        for (const [from, to] of [
          [ours, theirs],
          [theirs, ours],
        ] as const) {
          const sent = protectedBy(from, packet);
          expect(sent.length).toBe(packet.length + (profile.aead ? 16 : 10));
          expect(unprotect(to, sent)?.equals(packet)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('any compound RTCP packet comes out as it went in, in both directions', () => {
    fc.assert(
      fc.property(fc.array(anyRtcp, { minLength: 1, maxLength: 5 }), (packets) => {
        for (const packet of packets)
          for (const [from, to] of [
            [ours, theirs],
            [theirs, ours],
          ] as const) {
            const sent = protectedBy(from, packet);
            expect(sent.length).toBe(packet.length + (profile.aead ? 16 : 10) + 4);
            expect(unprotect(to, sent)?.equals(packet)).toBe(true);
          }
      }),
      { numRuns: 200 },
    );
  });

  test('what is encrypted is everything behind the header, and the header stays readable', () => {
    const packet = Buffer.alloc(12 + 8 + 8 + 600, 0);
    packet.set([0x92, 96, 0, 1]);
    packet.set([0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0], 20);
    const sent = protectedBy(ours, packet);
    expect(sent.subarray(0, 28).equals(packet.subarray(0, 28))).toBe(true);
    expect(new Set(sent.subarray(28, 628)).size).toBeGreaterThan(100);
    const report = Buffer.concat([rtcp(0), Buffer.alloc(400)]);
    const sentReport = protectedBy(ours, report);
    expect(sentReport.subarray(0, 8).equals(report.subarray(0, 8))).toBe(true);
    expect(new Set(sentReport.subarray(8, report.length)).size).toBeGreaterThan(100);
  });

  test('packets that come late, out of order or not at all are told apart, across wraps of the number too', () => {
    const step = fc.record({
      ahead: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
        { weight: 1, arbitrary: fc.integer({ min: 4, max: 20_000 }) },
      ),
      /** How many packets overtake it; null: it is lost. */
      late: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 0, max: HALF }), fc.integer({ min: TURN - 20, max: TURN - 1 })),
        fc.array(step, { minLength: 1, maxLength: 120 }),
        (first, steps) => {
          reopen();
          let index = first;
          const arrivals = [{ index, packet: protectedBy(ours, rtp(index)), at: -1 }];
          for (const [at, { ahead, late }] of steps.entries()) {
            index += ahead;
            const packet = protectedBy(ours, rtp(index));
            if (late !== null) arrivals.push({ index, packet, at: at + late });
          }
          arrivals.sort((one, other) => one.at - other.at);
          let highest = -1;
          const seen = new Set<number>();
          for (const arrival of arrivals) {
            // More than half a turn apart nobody can tell which turn it is.
            if (highest >= 0) fc.pre(Math.abs(arrival.index - highest) < HALF);
            const opened = unprotect(theirs, arrival.packet);
            if (arrival.index <= highest - WINDOW) expect(opened).toBeNull();
            else expect(opened?.equals(rtp(arrival.index))).toBe(true);
            highest = Math.max(highest, arrival.index);
            seen.add(arrival.index);
          }
          for (const { packet } of arrivals.slice(-50)) expect(unprotect(theirs, packet)).toBeNull();
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a stream goes on for many turns of its number', () => {
    for (let index = 0; index < 5 * TURN; index += 20_011)
      expect(unprotect(theirs, protectedBy(ours, rtp(index)))?.equals(rtp(index))).toBe(true);
  });

  test('streams have rollover counters of their own', () => {
    for (const [ssrc, first] of [
      [1, TURN - 2],
      [2, 3],
      [3, TURN - 1],
      [0xffff_ffff, 0],
      [0, 7],
    ] as const)
      for (let index = first; index < first + 4; index++)
        expect(unprotect(theirs, protectedBy(ours, rtp(index, ssrc)))?.equals(rtp(index, ssrc))).toBe(true);
  });

  test('what was used is known of each stream, in whichever order they take turns', () => {
    const turns = fc.array(fc.tuple(fc.nat(2), fc.nat(6)), { maxLength: 40 });
    let runs = 0;
    fc.assert(
      fc.property(turns, (sent) => {
        runs += 1;
        const used = new Set<string>();
        for (const [stream, number] of sent) {
          const name = `${stream} ${number}`;
          const made = protect(ours, rtp(number, runs * 3 + stream));
          expect(made === null).toBe(used.has(name));
          used.add(name);
        }
      }),
    );
  });

  test('a peer cannot have us remember ever more SSRCs: those after the first thousand are refused', () => {
    for (let ssrc = 0; ssrc < 1_010; ssrc++)
      for (const packet of [rtp(1, ssrc), rtcp(1, ssrc)]) {
        const opened = unprotect(theirs, protectedBy(ours, packet));
        if (ssrc < 1_000) expect(opened?.equals(packet)).toBe(true);
        else expect(opened).toBeNull();
      }
    for (const packet of [rtp(2, 999), rtcp(2, 999)])
      expect(unprotect(theirs, protectedBy(ours, packet))?.equals(packet)).toBe(true);
  });

  test('what has come before is refused, RTP and RTCP', () => {
    const packets = [rtp(1), rtp(2), rtcp(1), rtp(3), rtcp(2), rtcp(3, 5)].map((packet) =>
      protectedBy(ours, packet),
    );
    for (const packet of packets) expect(unprotect(theirs, packet)).not.toBeNull();
    for (const packet of packets) expect(unprotect(theirs, packet)).toBeNull();
  });

  test('RTCP may come out of order, and half of it not at all', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(40).keys()], { minLength: 1 }), (order) => {
        const packets = [...Array(40).keys()].map((content) => protectedBy(ours, rtcp(content, content % 3)));
        for (const content of order) {
          const packet = packets[content] ?? Buffer.alloc(0);
          expect(unprotect(theirs, packet)?.equals(rtcp(content, content % 3))).toBe(true);
          expect(unprotect(theirs, packet)).toBeNull();
        }
      }),
      { numRuns: 30 },
    );
  });

  test('the same packet sent again is the same bytes, as long as it is less than half a turn old', () => {
    const first = protectedBy(ours, rtp(TURN - 3));
    const second = protectedBy(ours, rtp(TURN + 2));
    for (const index of [TURN + 3, TURN + 20_000, TURN + HALF - 4]) protectedBy(ours, rtp(index));
    expect(repeatedBy(ours, rtp(TURN - 3)).equals(first)).toBe(true);
    expect(repeatedBy(ours, rtp(TURN + 2)).equals(second)).toBe(true);
    expect(unprotect(theirs, first)?.equals(rtp(TURN - 3))).toBe(true);
  });

  test('no number is used for another packet, whoever gives out the numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(TURN - 1), { maxLength: 200 }), (numbers) => {
        using session = new SrtpSession({
          profile,
          local: masterOf(profile, 1),
          remote: masterOf(profile, 3),
        });
        const nonces = new Set<string>();
        let highest = -1;
        for (const [content, number] of numbers.entries()) {
          const packet = Buffer.from(rtp(number));
          packet.writeUInt8(content & 0xff, packet.length - 1);
          const index = packetIndex(highest, number);
          if (protect(session, packet) === null) continue;
          highest = Math.max(highest, index);
          expect(nonces.has(String(index))).toBe(false);
          nonces.add(String(index));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('what was never sent cannot be sent again', () => {
    protectedBy(ours, rtp(10));
    expect(() => repeatedBy(ours, rtp(9))).toThrow();
  });

  test('what is sent again, or comes late, does not set the count back', () => {
    const at = 3 * TURN + 40_000;
    for (let index = 0; index <= at; index += 20_000) unprotect(theirs, protectedBy(ours, rtp(index)));
    const late = protectedBy(ours, rtp(at - WINDOW + 1));
    expect(unprotect(theirs, protectedBy(ours, rtp(at)))).not.toBeNull();
    expect(unprotect(theirs, late)).not.toBeNull();
    expect(protect(ours, rtp(at - 30_000))).toBeNull();
    const next = rtp(at + HALF - 10);
    expect(unprotect(theirs, protectedBy(ours, next))?.equals(next)).toBe(true);
  });

  test('the same RTCP packet sent again is another one', () => {
    const first = protectedBy(ours, rtcp(1));
    const second = protectedBy(ours, rtcp(1));
    expect(first.equals(second)).toBe(false);
    expect(unprotect(theirs, first)).not.toBeNull();
    expect(unprotect(theirs, second)).not.toBeNull();
  });

  test('what was made with another key, or comes back to its sender, is refused', () => {
    const strange: MasterKey = masterOf(profile, 50);
    using other = new SrtpSession({ profile, local: strange, remote: strange });
    for (const packet of [rtp(1), rtcp(1)]) {
      expect(unprotect(theirs, protectedBy(other, packet))).toBeNull();
      expect(unprotect(ours, protectedBy(ours, packet))).toBeNull();
      expect(unprotect(theirs, packet)).toBeNull();
    }
  });

  test('a key with another salt is another key', () => {
    const { key } = masterOf(profile, 1);
    const local: MasterKey = { key, salt: Buffer.alloc(profile.saltLength, 77) };
    using other = new SrtpSession({ profile, local, remote: local });
    for (const packet of [rtp(1), rtcp(1)]) expect(unprotect(theirs, protectedBy(other, packet))).toBeNull();
  });

  test('a packet changed in any byte is refused, and leaves no trace: the genuine one is taken', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyRtp, anyRtcp),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (packet, position, change) => {
          reopen();
          const sent = protectedBy(ours, packet);
          const forged = Buffer.from(sent);
          const at = position % forged.length;
          forged[at] = (forged[at] ?? 0) ^ change;
          expect(unprotect(theirs, forged)).toBeNull();
          expect(unprotect(theirs, sent)?.equals(packet)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('forged numbers move neither the rollover counter nor the replay window, of known streams and of new ones', () => {
    const forge = (index: number, ssrc: number): Buffer =>
      Buffer.concat([rtp(index, ssrc), Buffer.alloc(16, 3)]);
    const forgeRtcp = (index: number, ssrc: number): Buffer => {
      const forged = Buffer.concat([rtcp(1, ssrc), Buffer.alloc(20, 3)]);
      forged.writeUInt32BE(0x8000_0000 + index, forged.length - (profile.aead ? 4 : 14));
      return forged;
    };
    for (const known of [true, false]) {
      const ssrc = known ? 1 : 2;
      if (known) unprotect(theirs, protectedBy(ours, rtp(0, ssrc)));
      if (known) unprotect(theirs, protectedBy(ours, rtcp(0, ssrc)));
      for (const index of [1, 2, HALF - 1, HALF, HALF + 1, TURN - 1])
        expect(unprotect(theirs, forge(index, ssrc))).toBeNull();
      for (const index of [0, 1, 2, 5_000, 2 ** 31 - 1])
        expect(unprotect(theirs, forgeRtcp(index, ssrc))).toBeNull();
      for (const index of [1, 2]) {
        expect(unprotect(theirs, protectedBy(ours, rtp(index, ssrc)))?.equals(rtp(index, ssrc))).toBe(true);
        expect(unprotect(theirs, protectedBy(ours, rtcp(index, ssrc)))?.equals(rtcp(index, ssrc))).toBe(true);
      }
    }
  });

  test('what is no packet is refused: of another version, too short, or with a header longer than itself', () => {
    const whole = rtp(1);
    const extended = Buffer.concat([
      Buffer.from([0x90]),
      whole.subarray(1, 12),
      Buffer.from([0xbe, 0xde, 0, 3]),
    ]);
    const manySources = Buffer.concat([Buffer.from([0x8f]), whole.subarray(1, 12), Buffer.alloc(59)]);
    const malformed = [
      ...Array.from({ length: 12 }, (_, length) => whole.subarray(0, length)),
      ...[0x00, 0x40, 0xc0].map((first) => Buffer.concat([Buffer.from([first]), whole.subarray(1)])),
      ...Array.from({ length: 12 }, (_, more) => Buffer.concat([extended, Buffer.alloc(more)])),
      ...Array.from({ length: 4 }, (_, less) => extended.subarray(0, 12 + less)),
      ...Array.from({ length: 60 }, (_, less) => manySources.subarray(0, 12 + less)),
    ];
    for (const packet of malformed) {
      expect(protect(ours, packet)).toBeNull();
      expect(unprotect(theirs, packet)).toBeNull();
    }
    for (let length = 0; length < 8; length++) {
      expect(protect(ours, rtcp(1).subarray(0, length))).toBeNull();
      expect(unprotect(theirs, rtcp(1).subarray(0, length))).toBeNull();
    }
    // The longest headers that fit are packets without a payload.
    const longest = [
      Buffer.concat([extended, Buffer.alloc(12)]),
      Buffer.concat([manySources, Buffer.alloc(1)]),
    ];
    for (const [number, packet] of longest.entries()) {
      packet.writeUInt16BE(number, 2);
      expect(unprotect(theirs, protectedBy(ours, packet))?.equals(packet)).toBe(true);
    }
  });

  test('whatever bytes of whatever length come, nothing throws and nothing is taken', () => {
    const lengths = fc.oneof(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: PACKET_BYTES + 100 }),
      fc.integer({ min: PACKET_BYTES - 40, max: PACKET_BYTES + 2 }),
      fc.constantFrom(65_535, 2 ** 31),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(0x80, 0x90, 0x8f, 0xbf),
        fc.integer({ min: 0, max: 255 }),
        fc.uint8Array({ minLength: 60, maxLength: 60 }),
        lengths,
        (first, second, content, length) => {
          memory.bytes.fill(0x80);
          memory.bytes.set([first, second, ...content]);
          expect(theirs.unprotect(memory, length)).toBe(REFUSED);
          memory.bytes.set([first, second, ...content]);
          const made = ours.protect(memory, length);
          if (made !== REFUSED) expect(made).toBeGreaterThan(length);
          expect(made).toBeLessThanOrEqual(PACKET_BYTES);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('once disposed, and disposed again, it refuses everything', () => {
    const sent = [rtp(1), rtcp(1)].map((packet) => protectedBy(ours, packet));
    close();
    close();
    for (const packet of [rtp(2), rtcp(2)]) expect(protect(ours, packet)).toBeNull();
    for (const packet of sent) expect(unprotect(theirs, packet)).toBeNull();
  });
});

test('the profiles do not understand each other', () => {
  for (const one of SRTP_PROFILES)
    for (const other of SRTP_PROFILES) {
      if (one === other) continue;
      using from = new SrtpSession({ profile: one, local: masterOf(one, 1), remote: masterOf(one, 1) });
      using to = new SrtpSession({ profile: other, local: masterOf(other, 1), remote: masterOf(other, 1) });
      for (const packet of [rtp(1), rtcp(1)]) expect(unprotect(to, protectedBy(from, packet))).toBeNull();
    }
});

test('GCM’s packets are those of libsrtp, from the master key on', () => {
  // `srtp_validate_gcm` of its test/srtp_driver.c; it numbers RTCP from 1, as we do.
  const profile = SRTP_PROFILES.find(({ name }) => name === 'SRTP_AEAD_AES_128_GCM');
  if (profile === undefined) throw new Error('no such profile');
  const master: MasterKey = {
    key: Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'),
    salt: Buffer.from('a0a1a2a3a4a5a6a7a8a9aaab', 'hex'),
  };
  using session = new SrtpSession({ profile, local: master, remote: master });
  const content = 'abababababababababababababababab';
  expect(protect(session, Buffer.from(`800f1234decafbadcafebabe${content}`, 'hex'))?.toString('hex')).toBe(
    '800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392',
  );
  expect(protect(session, Buffer.from(`81c8000bcafebabe${content}`, 'hex'))?.toString('hex')).toBe(
    '81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001',
  );
});
