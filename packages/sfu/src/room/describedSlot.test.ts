import { describe, expect, it } from 'vitest';
import {
  parseDependencyDescriptor,
  REWRITE_GROWTH,
  rewriteDependencyDescriptor,
} from '../codec/dependencyDescriptor.ts';
import type { DependencyStructure } from '../codec/dependencyStructure.ts';
import { SenderClock } from '../receive/StreamClock.ts';
import { buildRtp } from '../rtp/buildRtp.ts';
import { ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { parseRtp } from '../rtp/parseRtp.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { sequenceDistance } from '../rtp/serial.ts';
import type { NegotiatedCodec } from '../sdp/codecs.ts';
import { type DescribedFrame, DescribedStream } from '../testing/describedStream.ts';
import { PacketBuffer } from '../transport/PacketBuffer.ts';
import { IncomingStream } from './IncomingStream.ts';
import { OutgoingSlot } from './OutgoingSlot.ts';

const DESCRIPTOR = 7;
const incoming = new ExtensionTable({ dependencyDescriptor: DESCRIPTOR });
const outgoing = new ExtensionTable({ dependencyDescriptor: 9 });

const codec = (name: NegotiatedCodec['name'], payloadType: number): NegotiatedCodec => ({
  ...{ name, payloadType, rtxPayloadType: payloadType + 1 },
  ...{ clockRate: 90_000, channels: null, fmtp: null, feedback: [] },
});

/** One camera stream and one slot that shows it; what the slot sends is read again. */
class Scene {
  readonly sent: RtpPacket[] = [];
  readonly feedback: Uint8Array[] = [];
  readonly stream: IncomingStream;
  readonly slot: OutgoingSlot;
  readonly source = new DescribedStream(3, 65_530);
  #sequence = 65_000;
  #picture = 0;
  #time = 1_000;

  constructor(codecs: readonly NegotiatedCodec[] = [codec('VP9', 98), codec('VP8', 96)]) {
    const send = (bytes: Buffer): boolean => {
      const packet = parseRtp(Uint8Array.from(bytes), outgoing, 0);
      if (packet !== null) this.sent.push(packet);
      return true;
    };
    this.slot = new OutgoingSlot(
      {
        ...{ mid: '5', use: 'video-slot', kind: 'video', direction: 'recvonly', codecs, rids: [] },
        ...{ extensions: { dependencyDescriptor: 9 }, mixedExtensions: true },
      },
      { ssrc: 77, rtxSsrc: 78 },
      {
        buffer: new PacketBuffer(),
        send,
        resend: send,
        transportSequence: () => 0,
        connected: () => true,
        onSwitch: () => {},
      },
    );
    this.stream = new IncomingStream({
      ...{ peerId: 'ada', use: 'camera', kind: 'video', rid: 'q', ssrc: 5, feedbackSsrc: 1 },
      nack: true,
      senderClock: new SenderClock(),
      send: (packet) => this.feedback.push(packet),
      onChange: () => {},
    });
  }

  /** The packets of the next picture, two for each frame. */
  picture(key: boolean): RtpPacket[] {
    this.#picture += 1;
    return this.source
      .picture(key)
      .flatMap((frame) => [this.#packet(frame, true), this.#packet(frame, false)]);
  }

  receive(...packets: RtpPacket[]): void {
    for (const packet of packets) this.stream.receive(packet, 0);
  }

  /** The same packet with a descriptor that says which decode targets are sent. */
  withMask(packet: RtpPacket, mask: number): RtpPacket {
    const { bytes, dependencyDescriptorOffset: offset, dependencyDescriptorLength: length } = packet;
    const descriptor = parseDependencyDescriptor(bytes, offset, length, null);
    if (descriptor === null) throw new Error('no descriptor');
    const data = new Uint8Array(length + REWRITE_GROWTH);
    const { frameNumber } = descriptor;
    const written = rewriteDependencyDescriptor(
      data,
      0,
      bytes,
      offset,
      length,
      descriptor,
      frameNumber,
      mask,
    );
    const { sequenceNumber, timestamp, ssrc, payload } = packet;
    const again = buildRtp({
      ...{ payloadType: 1, sequenceNumber, timestamp, ssrc, payload, marker: false },
      extensions: [{ id: DESCRIPTOR, data: data.subarray(0, written) }],
    });
    const read = parseRtp(again, incoming, packet.arrival);
    if (read === null) throw new Error('not RTP');
    read.codec = packet.codec;
    return read;
  }

  vp8(key: boolean): RtpPacket {
    this.#picture += 1;
    const payload = Uint8Array.of(0x10, key ? 0 : 1, 5, 5);
    return this.#read('VP8', { marker: true, payload });
  }

  #packet(frame: DescribedFrame, first: boolean): RtpPacket {
    // The structure rides on the first packet of the picture alone.
    const descriptor = first ? frame.descriptor.slice() : frame.descriptor.slice(0, 3);
    descriptor[0] = ((descriptor[0] ?? 0) & 0x3f) | (first ? 0x80 : 0x40);
    return this.#read('VP9', {
      marker: frame.last && !first,
      payload: Uint8Array.of(frame.spatialId, first ? 1 : 2),
      extensions: [{ id: DESCRIPTOR, data: descriptor }],
    });
  }

  #read(name: 'VP8' | 'VP9', fields: Partial<Parameters<typeof buildRtp>[0]>): RtpPacket {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#time += 5;
    const bytes = buildRtp({
      ...{ payloadType: 1, sequenceNumber: this.#sequence, timestamp: this.#picture * 3_000, ssrc: 5 },
      ...fields,
    });
    const packet = parseRtp(bytes, incoming, this.#time);
    if (packet === null) throw new Error('not RTP');
    packet.codec = name;
    return packet;
  }
}

/** The descriptors of what was sent, with the structure that came last. */
function descriptorsOf(sent: readonly RtpPacket[]) {
  let known: DependencyStructure | null = null;
  return sent.flatMap((packet) => {
    const { bytes, dependencyDescriptorOffset: offset, dependencyDescriptorLength: length } = packet;
    const found = parseDependencyDescriptor(bytes, offset, length, known);
    known = found?.structure ?? known;
    return found ?? [];
  });
}

function expectContinuous(sent: readonly RtpPacket[]): void {
  const numbers = sent.map(({ sequenceNumber }) => sequenceNumber);
  for (const [index, number] of numbers.entries())
    if (index > 0) expect(sequenceDistance(numbers[index - 1] ?? 0, number)).toBe(1);
}

describe('a slot that shows a described stream', () => {
  it('forwards one layer as a whole stream: numbers, marker, descriptor and mask', () => {
    const scene = new Scene();
    scene.slot.aim(scene.stream, 1);
    for (let picture = 0; picture < 12; picture++) scene.receive(...scene.picture(picture === 0));
    const { sent } = scene;
    expectContinuous(sent);
    expect(sent.every(({ payloadType, ssrc }) => payloadType === 98 && ssrc === 77)).toBe(true);
    // The key picture needs the lowest layer too; after it the middle one stands alone.
    expect(sent.map(({ payload }) => payload[0])).toEqual([0, 0, ...Array<number>(24).fill(1)]);
    expect(sent.map(({ marker }) => marker)).toEqual([
      ...[false, false, false, true],
      ...Array.from({ length: 22 }, (_, index) => index % 2 === 1),
    ]);
    const descriptors = descriptorsOf(sent);
    expect(descriptors.length).toBe(sent.length);
    // Targets come from the highest layer down, three each: the highest is not there any more.
    expect(descriptors[0]?.activeTargets).toBe(0b111111000);
    const frames = new Set<number>();
    for (const { frameNumber, frameDiffs, attached, spatialId } of descriptors) {
      if (attached === null || spatialId > 0)
        for (const diff of frames.has(frameNumber) ? [] : frameDiffs)
          expect(frames.has((frameNumber - diff) & 0xffff) || frames.size === 0).toBe(true);
      frames.add(frameNumber);
    }
    expect(scene.slot.shown).toEqual({ participantId: 'ada', layer: 'h' });
    expect(scene.stream.arrivalOf(1, 1_400).lastPacketAt).toBeGreaterThan(1_000);
  });

  it('asks for a key frame to change the layer, and changes with it', () => {
    const scene = new Scene();
    scene.slot.aim(scene.stream, 0);
    scene.receive(...scene.picture(true), ...scene.picture(false));
    scene.slot.aim(scene.stream, 2);
    expect(scene.slot.awaiting).toBe(scene.stream);
    scene.receive(...scene.picture(false));
    expect(scene.slot.layer).toBe('q');
    expect(scene.feedback.length).toBeGreaterThan(0);
    scene.receive(...scene.picture(true), ...scene.picture(false));
    expect(scene.slot.layer).toBe('f');
    expect(scene.slot.awaiting).toBeNull();
    expectContinuous(scene.sent);
    expect(scene.sent.slice(-2).map(({ payload, marker }) => [payload[0], marker])).toEqual([
      [2, false],
      [2, true],
    ]);
  });

  it('leaves no gap for a packet of a left-out layer that comes late, and puts a wanted one in its place', () => {
    const scene = new Scene();
    scene.slot.aim(scene.stream, 0);
    scene.receive(...scene.picture(true));
    const [base, lateBase, middle, lateMiddle, ...rest] = scene.picture(false);
    if (!base || !lateBase || !middle || !lateMiddle) throw new Error('no packets');
    scene.receive(base, middle, ...rest, ...scene.picture(false));
    const before = scene.sent.length;
    scene.receive(lateBase, lateMiddle);
    const [repaired, placeholder] = scene.sent.slice(before);
    expect(repaired?.payload[0]).toBe(0);
    expect(placeholder?.isPadding).toBe(true);
    const numbers = scene.sent.map(({ sequenceNumber }) => sequenceNumber).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)).toBe(numbers.length - 1);
  });

  it('repeats a packet with its descriptor', () => {
    const scene = new Scene();
    scene.slot.aim(scene.stream, 0);
    scene.receive(...scene.picture(true), ...scene.picture(false));
    const [first] = scene.sent;
    scene.slot.retransmit([first?.sequenceNumber ?? 0], 1_100, 20, 0, 10_000, 0);
    const again = scene.sent.at(-1);
    expect(again).toMatchObject({ payloadType: 99, ssrc: 78 });
    expect(descriptorsOf(again === undefined ? [] : [again])[0]).toMatchObject({
      frameNumber: descriptorsOf(scene.sent)[0]?.frameNumber,
      activeTargets: 0b111000000,
    });
  });

  it('goes on in another codec from its key frame, and back', () => {
    const scene = new Scene();
    scene.slot.aim(scene.stream, 2);
    scene.receive(...scene.picture(true), ...scene.picture(false));
    const described = descriptorsOf(scene.sent);
    scene.receive(scene.vp8(false));
    const before = scene.sent.length;
    scene.receive(scene.vp8(true), scene.vp8(false));
    expect(scene.sent.slice(before).map(({ payloadType }) => payloadType)).toEqual([96, 96]);
    expect(scene.sent.at(-1)?.dependencyDescriptorLength).toBe(0);
    expect(scene.slot.layer).toBe('q');
    scene.slot.aim(scene.stream, 2);
    scene.receive(...scene.picture(true));
    expect(scene.slot.layer).toBe('f');
    expectContinuous(scene.sent);
    // Frame numbers go on behind those from before.
    const [next] = descriptorsOf(scene.sent.slice(before + 2));
    expect(sequenceDistance(described.at(-1)?.frameNumber ?? 0, next?.frameNumber ?? 0)).toBe(1);
  });

  it('begins whole when the start of the key frame comes last, as after a retransmission', () => {
    const scene = new Scene([codec('VP8', 96)]);
    scene.slot.aim(scene.stream, 0);
    const [before, start, ...behind] = [
      scene.vp8(false),
      scene.vp8(true),
      scene.vp8(false),
      scene.vp8(false),
    ];
    if (before === undefined || start === undefined) throw new Error('no packets');
    scene.receive(before, ...behind.toReversed(), start);
    expect(scene.sent.map(({ timestamp }) => timestamp - (scene.sent[0]?.timestamp ?? 0))).toEqual([
      0, 3_000, 6_000,
    ]);
    expectContinuous(scene.sent);
    scene.receive(scene.vp8(false));
    expect(scene.sent.length).toBe(4);
    expectContinuous(scene.sent);
  });

  it('begins with nothing to see where the key picture says that none of its layers is sent', () => {
    const scene = new Scene();
    scene.slot.aim(scene.stream, 0);
    const [start, ...rest] = scene.picture(true);
    if (start === undefined) throw new Error('no packet');
    scene.receive(scene.withMask(start, 0), ...rest);
    expect(scene.sent.every(({ isPadding }) => isPadding)).toBe(true);
    scene.receive(...scene.picture(true), ...scene.picture(false));
    const media = scene.sent.filter(({ isPadding }) => !isPadding);
    expect(media.map(({ payload }) => payload[0])).toEqual([0, 0, 0, 0]);
    expect(descriptorsOf(media).length).toBe(media.length);
    expectContinuous(scene.sent);
  });

  it('shows nothing in a codec that the viewer does not understand', () => {
    const scene = new Scene([codec('VP8', 96)]);
    scene.slot.aim(scene.stream, 0);
    scene.receive(...scene.picture(true));
    expect(scene.sent).toEqual([]);
    scene.receive(scene.vp8(true));
    scene.slot.aim(scene.stream, 0);
    scene.receive(scene.vp8(true));
    expect(scene.sent.length).toBe(1);
    scene.receive(...scene.picture(true));
    expect(scene.sent.length).toBe(1);
    expect(scene.slot.shown.layer).toBeNull();
  });
});
