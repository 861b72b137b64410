import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVp8 } from '../codec/vp8.ts';
import { buildRtp } from '../rtp/buildRtp.ts';
import { DescribedExtensions } from '../rtp/DescribedExtensions.ts';
import { ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { parseRtp } from '../rtp/parseRtp.ts';
import { writeForwarded } from './OutgoingStream.ts';
import { RtxEncapsulation } from './RtxEncapsulation.ts';

const incoming = new ExtensionTable({ audioLevel: 1 });
const outgoing = new ExtensionTable({ mid: 4, absoluteSendTime: 2 });
const extensions = DescribedExtensions.of({ mid: { id: 4, value: '7' }, absoluteSendTime: 2 }, 0);
const stream = { ssrc: 42, payloadTypes: { VP8: 100 }, extensions };
const numbers = {
  sequenceNumber: 9,
  timestamp: 99,
  pictureId: 0x1111,
  tl0PicIdx: 0x22,
  frameNumber: 0,
  topLayer: -1,
};
const vp8 = (tail: Uint8Array) => Uint8Array.of(0x90, 0xe0, 0x80, 1, 2, 0, ...tail, 1);

describe('writing forwarded packets', () => {
  it('gives the payload a new header and new VP8 numbers, and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(9), fc.boolean(), (tail, padding, marker) => {
        const payload = vp8(tail);
        const bytes = buildRtp({
          payloadType: 96,
          sequenceNumber: 1,
          timestamp: 2,
          ssrc: 3,
          payload,
          padding,
          marker,
        });
        const original = bytes.slice();
        const packet = parseRtp(bytes, incoming, 0);
        if (packet === null) throw new Error('not parsed');
        packet.codec = 'VP8';
        packet.vp8 = parseVp8(packet.bytes, packet.payloadOffset, packet.payloadEnd);
        const target = new Uint8Array(200).fill(0xaa);
        const length = writeForwarded(target, stream, packet, numbers, 0x010203, 0);
        const sent = parseRtp(target.subarray(0, length), outgoing, 0);
        expect(sent).toMatchObject({
          ...{ ssrc: 42, payloadType: 100, sequenceNumber: 9, timestamp: 99, marker },
          ...{ mid: '7', absoluteSendTime: 0x010203, paddingLength: 0 },
        });
        if (sent === null) return;
        const copied = sent.bytes.subarray(sent.payloadOffset, sent.payloadEnd);
        expect(parseVp8(copied, 0, copied.length)).toMatchObject({ pictureId: 0x1111, tl0PicIdx: 0x22 });
        expect(copied.subarray(5)).toEqual(payload.subarray(5));
        expect(bytes).toEqual(original);
      }),
    );
  });

  it('sends nothing that does not fit', () => {
    const bytes = buildRtp({
      payloadType: 96,
      sequenceNumber: 1,
      timestamp: 2,
      ssrc: 3,
      payload: new Uint8Array(50),
    });
    const packet = parseRtp(bytes, incoming, 0);
    if (packet === null) throw new Error('not parsed');
    packet.codec = 'VP8';
    expect(writeForwarded(new Uint8Array(60), stream, packet, numbers, 0, 0)).toBe(0);
    const cached = { packet, ...numbers };
    expect(new RtxEncapsulation(stream, 0).write(new Uint8Array(60), cached, 0, 0)).toBe(0);
  });
});

describe('RtxEncapsulation', () => {
  it('leads the payload with the original number and counts its own', () => {
    const payload = vp8(Uint8Array.of(5, 6));
    const bytes = buildRtp({ payloadType: 96, sequenceNumber: 1, timestamp: 2, ssrc: 3, payload });
    const packet = parseRtp(bytes, incoming, 0);
    if (packet === null) throw new Error('not parsed');
    packet.codec = 'VP8';
    packet.vp8 = parseVp8(packet.bytes, packet.payloadOffset, packet.payloadEnd);
    const rtx = new RtxEncapsulation(stream, 0xffff);
    const target = new Uint8Array(200);
    for (const sequenceNumber of [0xffff, 0]) {
      const length = rtx.write(target, { packet, ...numbers }, 0, 0);
      const sent = parseRtp(target.subarray(0, length), outgoing, 0);
      expect(sent).toMatchObject({ ssrc: 42, payloadType: 100, sequenceNumber, timestamp: 99 });
      const body = target.subarray(sent?.payloadOffset, length);
      expect(Array.from(body.subarray(0, 2))).toEqual([0, 9]);
      expect(parseVp8(body, 2, body.length)).toMatchObject({ pictureId: 0x1111, tl0PicIdx: 0x22 });
    }
    const probe = rtx.writeProbe(target, 200, 0, 0);
    expect(probe).toBe(0);
    const length = rtx.writeProbe(target, 100, 0, 0);
    expect(parseRtp(target.subarray(0, length), outgoing, 0)).toMatchObject({
      ...{ isPadding: true, paddingLength: 100, sequenceNumber: 1 },
    });
  });
});
