import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeBye } from './bye.ts';
import { writeFullIntraRequest } from './fullIntraRequest.ts';
import { joinRtcp } from './header.ts';
import { writeNack } from './nack.ts';
import { middleNtp, ntpMilliseconds, toNtp } from './ntp.ts';
import { parseRtcp } from './parseRtcp.ts';
import { writePictureLossIndication } from './pictureLossIndication.ts';
import { writeReceiverEstimatedBitrate } from './receiverEstimatedBitrate.ts';
import { writeReceiverReport } from './receiverReport.ts';
import { writeSenderReport } from './senderReport.ts';
import { writeCname } from './sourceDescription.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
const byte = fc.integer({ min: 0, max: 255 });
const sequence = fc.integer({ min: 0, max: 0xffff });
const report = fc.record({
  ssrc: word,
  fractionLost: byte,
  cumulativeLost: fc.integer({ min: -0x800000, max: 0x7fffff }),
  highestSequence: word,
  jitter: word,
  lastSenderReport: word,
  delaySinceLastSenderReport: word,
});
const reports = fc.array(report, { maxLength: 31 });
const senderReport = fc.record({
  ssrc: word,
  ntp: fc.record({ seconds: word, fraction: word }),
  rtpTimestamp: word,
  packetCount: word,
  octetCount: word,
  reports,
});

describe('RTCP packets read back as written', () => {
  it('sender report', () => {
    fc.assert(
      fc.property(senderReport, (fields) => {
        expect(parseRtcp(writeSenderReport(fields))).toEqual([{ type: 'sender-report', ...fields }]);
      }),
    );
  });

  it('receiver report', () => {
    fc.assert(
      fc.property(word, reports, (ssrc, blocks) => {
        const bytes = writeReceiverReport(ssrc, blocks);
        expect(parseRtcp(bytes)).toEqual([{ type: 'receiver-report', ssrc, reports: blocks }]);
      }),
    );
  });

  it('CNAME', () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[a-z0-9]{0,40}$/), (ssrc, cname) => {
        const parsed = parseRtcp(writeCname(ssrc, cname));
        expect(parsed).toEqual([{ type: 'source-description', chunks: [{ ssrc, cname }] }]);
      }),
    );
  });

  it('BYE, PLI and FIR', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 31 }), word, word, byte, (ssrcs, from, to, command) => {
        expect(parseRtcp(writeBye(ssrcs))).toEqual([{ type: 'bye', ssrcs }]);
        expect(parseRtcp(writePictureLossIndication(from, to))).toEqual([
          { type: 'picture-loss-indication', senderSsrc: from, mediaSsrc: to },
        ]);
        const entries = [{ ssrc: to, sequence: command }];
        expect(parseRtcp(writeFullIntraRequest(from, entries))).toEqual([
          { type: 'full-intra-request', senderSsrc: from, entries },
        ]);
      }),
    );
  });

  it('NACK, across the wrap too', () => {
    fc.assert(
      fc.property(
        sequence,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }),
        (start, steps) => {
          let at = start;
          const lost = steps.map((step) => {
            at = (at + step) & 0xffff;
            return at;
          });
          expect(parseRtcp(writeNack(1, 2, lost))).toEqual([
            { type: 'nack', senderSsrc: 1, mediaSsrc: 2, sequenceNumbers: lost },
          ]);
        },
      ),
    );
    expect(writeNack(1, 2, [65530, 65531, 3, 10]).length).toBe(16);
  });

  it('REMB, to 18 significant bits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.array(word, { maxLength: 8 }),
        (bitrate, ssrcs) => {
          const [parsed] = parseRtcp(writeReceiverEstimatedBitrate(9, bitrate, ssrcs)) ?? [];
          expect(parsed).toMatchObject({ type: 'receiver-estimated-bitrate', senderSsrc: 9, ssrcs });
          const got = parsed?.type === 'receiver-estimated-bitrate' ? parsed.bitrate : -1;
          expect(got).toBeLessThanOrEqual(bitrate);
          expect(got).toBeGreaterThanOrEqual(bitrate * (1 - 2 ** -17));
        },
      ),
    );
  });

  it('in one compound', () => {
    const joined = joinRtcp([
      writeReceiverReport(1, []),
      writeCname(1, 'c'),
      writePictureLossIndication(1, 2),
    ]);
    expect(parseRtcp(joined)?.map(({ type }) => type)).toEqual([
      'receiver-report',
      'source-description',
      'picture-loss-indication',
    ]);
  });
});

describe('hostile RTCP', () => {
  it('never throws, and every list is bounded by the datagram', () => {
    const heads = fc.record({
      count: fc.integer({ min: 0, max: 31 }),
      padding: fc.boolean(),
      type: fc.integer({ min: 199, max: 208 }),
      body: fc.uint8Array({ maxLength: 64 }),
    });
    fc.assert(
      fc.property(fc.array(heads, { maxLength: 6 }), fc.uint8Array({ maxLength: 6 }), (packets, tail) => {
        const parts = packets.map(({ count, padding, type, body }) => {
          const words = Math.floor(body.length / 4);
          const head = Uint8Array.of(0x80 | (padding ? 0x20 : 0) | count, type, 0, words);
          return joinRtcp([head, body.subarray(0, words * 4)]);
        });
        parseRtcp(joinRtcp([...parts, tail]));
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void parseRtcp(bytes)));
  });

  it('refuses lengths that lie', () => {
    const pli = writePictureLossIndication(1, 2);
    const longer = pli.slice();
    longer[3] = 3;
    expect(parseRtcp(longer)).toBeNull();
    expect(parseRtcp(pli.subarray(0, 11))).toBeNull();
    expect(parseRtcp(joinRtcp([pli, Uint8Array.of(0x80, 200, 0)]))).toBeNull();
    expect(parseRtcp(Uint8Array.of(0xa0, 201, 0, 1, 0, 0, 0, 8))).toBeNull();
    expect(parseRtcp(new Uint8Array(0))).toBeNull();
  });

  it('leaves out a packet that is wrong inside and keeps its neighbours', () => {
    const wrong = Uint8Array.of(0x9f, 201, 0, 1, 0, 0, 0, 1);
    const unknown = Uint8Array.of(0x80, 207, 0, 1, 0, 0, 0, 1);
    const parsed = parseRtcp(joinRtcp([wrong, unknown, writePictureLossIndication(1, 2)]));
    expect(parsed?.map(({ type }) => type)).toEqual(['picture-loss-indication']);
  });

  it('answers only so many numbers of one NACK', () => {
    const nack = new Uint8Array(12 + 300 * 4).fill(0xff);
    nack.set([0x81, 205, 302 >> 8, 302 & 0xff]);
    const [parsed] = parseRtcp(nack) ?? [];
    expect(parsed?.type === 'nack' && parsed.sequenceNumbers.length).toBe(64 * 17);
  });
});

describe('transport-wide feedback of a liar', () => {
  /** A run of `count` lost packets: 24 bytes, whatever the number. */
  const lost = (count: number): Uint8Array => {
    const bytes = new Uint8Array(24);
    bytes.set([0x8f, 205, 0, 5]);
    bytes.set([count >> 8, count & 0xff], 14);
    bytes.set([(count >> 8) & 0x1f, count & 0xff], 20);
    return bytes;
  };

  it('is not read when it claims more packets than can be', () => {
    expect(parseRtcp(lost(2_000))).toHaveLength(1);
    expect(parseRtcp(lost(8_000))).toEqual([]);
  });

  it('is read twice of one datagram, and no more', () => {
    expect(parseRtcp(joinRtcp(new Array<Uint8Array>(50).fill(lost(2_000))))).toHaveLength(2);
  });
});

describe('NTP', () => {
  it('keeps milliseconds', () => {
    const [a, b] = [1_760_000_000_123, 1_760_000_001_623];
    expect(ntpMilliseconds(toNtp(b)) - ntpMilliseconds(toNtp(a))).toBeCloseTo(1500, 3);
    expect(middleNtp({ seconds: 0x12345678, fraction: 0x9abcdef0 })).toBe(0x56789abc);
  });
});
