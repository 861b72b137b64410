import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRtp, type RtpFields } from './buildRtp.ts';
import { ExtensionTable } from './HeaderExtensions.ts';
import { isRtcp, parseRtp } from './parseRtp.ts';

const table = new ExtensionTable({
  mid: 9,
  rid: 10,
  repairedRid: 11,
  audioLevel: 1,
  transportSequence: 3,
  absoluteSendTime: 2,
  dependencyDescriptor: 12,
});
const ascii = (text: string) => new TextEncoder().encode(text);
const sequence = fc.integer({ min: 0, max: 0xffff });
const word = fc.integer({ min: 0, max: 0xffffffff });
const fields = fc.record({
  marker: fc.boolean(),
  payloadType: fc.integer({ min: 0, max: 127 }),
  sequenceNumber: sequence,
  timestamp: word,
  ssrc: word,
  payload: fc.uint8Array({ maxLength: 60 }),
  padding: fc.integer({ min: 0, max: 255 }),
  twoByteExtensions: fc.boolean(),
  extensions: fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 14 }),
      data: fc.uint8Array({ minLength: 1, maxLength: 16 }),
    }),
    { maxLength: 6 },
  ),
}) satisfies fc.Arbitrary<RtpFields>;

describe('parseRtp', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(fields, (built) => {
        const packet = parseRtp(buildRtp(built), table, 5);
        expect(packet).toMatchObject({
          marker: built.marker,
          payloadType: built.payloadType,
          sequenceNumber: built.sequenceNumber,
          timestamp: built.timestamp,
          ssrc: built.ssrc,
          paddingLength: built.padding,
          arrival: 5,
        });
        expect(packet?.bytes.subarray(packet.payloadOffset, packet.payloadEnd)).toEqual(built.payload);
      }),
    );
  });

  it('finds the extensions in any order and in both forms', () => {
    const extensions = [
      { id: 9, data: ascii('2') },
      { id: 3, data: Uint8Array.of(0x12, 0x34) },
      { id: 12, data: Uint8Array.of(1, 2, 3) },
      { id: 1, data: Uint8Array.of(0x80 | 42) },
      { id: 10, data: ascii('q') },
      { id: 11, data: ascii('h') },
      { id: 2, data: Uint8Array.of(1, 2, 3) },
    ];
    const base = { payloadType: 96, sequenceNumber: 1, timestamp: 2, ssrc: 3, payload: ascii('x') };
    for (const twoByteExtensions of [false, true]) {
      for (const order of [extensions, extensions.toReversed()]) {
        const packet = parseRtp(buildRtp({ ...base, extensions: order, twoByteExtensions }), table, 0);
        expect(packet).toMatchObject({
          mid: '2',
          rid: 'q',
          repairedRid: 'h',
          transportSequence: 0x1234,
          audioLevel: 42,
          voice: true,
          absoluteSendTime: 0x010203,
          dependencyDescriptorLength: 3,
        });
      }
    }
  });

  it('reads nothing from ids that were not negotiated', () => {
    const bytes = buildRtp({
      payloadType: 96,
      sequenceNumber: 1,
      timestamp: 2,
      ssrc: 3,
      extensions: [{ id: 9, data: ascii('2') }],
    });
    expect(parseRtp(bytes, new ExtensionTable({}), 0)).toMatchObject({ mid: null, audioLevel: -1 });
  });

  it('refuses an RTP packet that lies about its lengths', () => {
    const header = [0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
    const with0 = (first: number, ...rest: number[]) =>
      parseRtp(Uint8Array.of(first, ...header.slice(1), ...rest), table, 0);
    expect(with0(0x80)).not.toBeNull();
    expect(parseRtp(Uint8Array.from(header.slice(0, 11)), table, 0)).toBeNull();
    expect(with0(0x40)).toBeNull();
    expect(with0(0x8f, 0, 0, 0, 0)).toBeNull();
    expect(with0(0x90, 0xbe, 0xde)).toBeNull();
    expect(with0(0x90, 0xbe, 0xde, 0, 2, 0, 0, 0, 0)).toBeNull();
    expect(with0(0xa0, 1, 2, 0)).toBeNull();
    expect(with0(0xa0, 1, 2, 4)).toBeNull();
    expect(with0(0xa0, 1, 2, 3)).toMatchObject({ isPadding: true, paddingLength: 3 });
  });

  it('stops at an element that runs past the end or has a reserved id, and keeps those before', () => {
    const header = [0x90, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0xbe, 0xde, 0, 1];
    const parse = (...body: number[]) => parseRtp(Uint8Array.from([...header, ...body]), table, 0);
    expect(parse(0x10, 0x05, 0x9f, 0x41)).toMatchObject({ audioLevel: 5, midLength: 0 });
    expect(parse(0xf0, 0x00, 0x10, 0x05)).toMatchObject({ audioLevel: -1 });
    expect(parse(0x00, 0x00, 0x10, 0x05)).toMatchObject({ audioLevel: 5 });
    header.splice(15, 1, 2);
    expect(parse(0x01, 0x00, 0x00, 0x10, 0x05, 0x00, 0x00, 0x00)).toMatchObject({ audioLevel: -1 });
  });

  it('does not take control characters for a mid', () => {
    const extensions = [{ id: 9, data: Uint8Array.of(0x31, 0x0a) }];
    const bytes = buildRtp({ payloadType: 96, sequenceNumber: 1, timestamp: 2, ssrc: 3, extensions });
    expect(parseRtp(bytes, table, 0)?.mid).toBeNull();
  });

  it('never throws, and never reports a payload outside the packet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, looksRight) => {
        if (looksRight && bytes.length > 0) bytes[0] = 0x80 | ((bytes[0] ?? 0) & 0x3f);
        const packet = parseRtp(bytes, table, 0);
        if (packet === null) return;
        expect(packet.payloadOffset).toBeLessThanOrEqual(packet.payloadEnd);
        expect(packet.payloadEnd + packet.paddingLength).toBe(bytes.length);
        expect(packet.midOffset + packet.midLength).toBeLessThanOrEqual(packet.payloadOffset);
        void packet.rid;
      }),
      { numRuns: 2000 },
    );
  });

  it('knows RTCP by its packet type', () => {
    expect(isRtcp(Uint8Array.of(0x80, 200))).toBe(true);
    expect(isRtcp(Uint8Array.of(0x80, 0x80 | 96))).toBe(false);
    expect(isRtcp(new Uint8Array(0))).toBe(false);
  });
});
