import { describe, expect, it } from 'vitest';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { type DescribedFrame, DescribedStream } from '../testing/describedStream.ts';
import { FrameReader } from './FrameReader.ts';

let sequence = 0;

function described(frame: DescribedFrame): RtpPacket {
  const payload = Uint8Array.of(1, 2, 3);
  const packet = new RtpPacket(Uint8Array.of(...frame.descriptor, ...payload));
  packet.codec = 'VP9';
  packet.sequenceNumber = sequence++;
  packet.dependencyDescriptorLength = frame.descriptor.length;
  packet.payloadOffset = frame.descriptor.length;
  packet.payloadEnd = packet.payloadOffset + payload.length;
  return packet;
}

function plain(codec: 'VP8' | 'H264', ...bytes: number[]): RtpPacket {
  const packet = new RtpPacket(Uint8Array.from(bytes));
  packet.codec = codec;
  packet.sequenceNumber = sequence++;
  packet.payloadEnd = bytes.length;
  return packet;
}

describe('FrameReader', () => {
  it('tells the layers of a described stream, and that a key frame starts with its first packet', () => {
    const reader = new FrameReader();
    const stream = new DescribedStream(3, 100);
    const [first, second, third] = [...stream.picture(true), ...stream.picture(false)].map(described);
    if (first === undefined || second === undefined || third === undefined) throw new Error('no frames');
    expect(reader.read(first)).toEqual([first]);
    expect([first.keyFrame, reader.codec, reader.spatialLayers]).toEqual([true, 'VP9', 3]);
    expect(reader.read(second)).toEqual([second]);
    expect(second.keyFrame).toBe(false);
    expect([0, 1, 2].map((layer) => reader.isIn(first, layer))).toEqual([true, true, true]);
    expect([0, 1, 2].map((layer) => reader.isIn(second, layer))).toEqual([false, true, true]);
    const [base] = stream.picture(false).map(described);
    if (base === undefined) throw new Error('no frames');
    reader.read(base);
    expect([0, 1, 2].map((layer) => reader.isIn(base, layer))).toEqual([true, false, false]);
  });

  it('keeps what comes before the packet that explains it, and lets it go after that', () => {
    const reader = new FrameReader();
    const [first, ...others] = new DescribedStream(3, 100).picture(true).map(described);
    if (first === undefined) throw new Error('no frames');
    for (const packet of others) expect(reader.read(packet)).toEqual([]);
    expect(reader.read(first)).toEqual([first, ...others]);
  });

  it('still reads the last packets of the former structure', () => {
    const reader = new FrameReader();
    const former = new DescribedStream(3, 100);
    const late = described(former.picture(true)[2] as DescribedFrame);
    reader.read(described(new DescribedStream(3, 100).picture(true)[0] as DescribedFrame));
    reader.read(described(new DescribedStream(2, 200, 20).picture(true)[0] as DescribedFrame));
    expect(reader.spatialLayers).toBe(2);
    expect(reader.read(late)).toEqual([late]);
    expect(reader.spatialLayers).toBe(2);
  });

  it('goes over to another codec and takes no straggler of the former one', () => {
    const reader = new FrameReader();
    const late = plain('VP8', 0x10, 0x00);
    expect(
      reader.read(described(new DescribedStream(3, 100).picture(true)[0] as DescribedFrame)).length,
    ).toBe(1);
    const key = plain('VP8', 0x10, 0x00);
    expect(reader.read(key)).toEqual([key]);
    expect([key.keyFrame, reader.codec, reader.spatialLayers]).toEqual([true, 'VP8', 1]);
    const stale = plain('H264', 0x67, 0x42);
    stale.sequenceNumber = late.sequenceNumber;
    expect(reader.read(stale)).toEqual([]);
    const next = plain('H264', 0x67, 0x42);
    expect(reader.read(next)).toEqual([next]);
    expect(next.keyFrame).toBe(true);
  });

  it('keeps no more than a bound of what nothing explains', () => {
    const reader = new FrameReader();
    const stream = new DescribedStream(2, 0);
    const [first] = stream.picture(true);
    for (let picture = 0; picture < 400; picture++)
      for (const frame of stream.picture(false)) expect(reader.read(described(frame))).toEqual([]);
    expect(reader.read(described(first as DescribedFrame)).length).toBeLessThanOrEqual(257);
  });
});
