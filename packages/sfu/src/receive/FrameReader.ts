import { activeSpatialLayers, bestTarget } from '../codec/decodeTargets.ts';
import { parseDependencyDescriptor } from '../codec/dependencyDescriptor.ts';
import { type DependencyStructure, DTI } from '../codec/dependencyStructure.ts';
import { startsH264KeyFrame } from '../codec/h264.ts';
import { parseVp8 } from '../codec/vp8.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import { sequenceDistance } from '../rtp/serial.ts';

/** Packets that wait for the structure that their descriptors speak of, and how long, ms. */
const MAX_WAITING = 256;
const MAX_WAIT = 1_000;
const NOTHING: readonly RtpPacket[] = Object.freeze([]);

/**
 * Reads of the packets of one video stream what forwarding needs: whether a key frame starts, and the layers. Nothing but
 * payload descriptors, NAL headers and the Dependency Descriptor is read: the rest is encrypted end to end.
 */
export class FrameReader {
  #codec: RtpPacket['codec'] | null = null;
  #newest = 0;
  #structure: DependencyStructure | null = null;
  /** The one before: its last packets may come late. */
  #former: DependencyStructure | null = null;
  #active = 0;
  #layers = 1;
  /** By spatial layer: its decode target. */
  #targets: readonly number[] = [];
  #waiting: RtpPacket[] = [];

  /** Of the newest packet. */
  get codec(): RtpPacket['codec'] | null {
    return this.#codec;
  }

  /** Spatial layers that are being sent; 1 for a stream that is not described. */
  get spatialLayers(): number {
    return this.#layers;
  }

  /**
   * The packets that can be forwarded now, with `keyFrame`, `vp8` and `descriptor` filled in: none while the first packet
   * of a key frame, which explains the others, is still missing.
   */
  read(packet: RtpPacket): readonly RtpPacket[] {
    if (packet.isPadding) return [packet];
    const ahead = sequenceDistance(this.#newest, packet.sequenceNumber);
    if (packet.codec !== this.#codec) {
      // A straggler from before the codec was changed is of no use any more.
      if (this.#codec !== null && ahead < 0) return NOTHING;
      this.#begin(packet.codec);
      this.#newest = packet.sequenceNumber;
    }
    if (ahead > 0) this.#newest = packet.sequenceNumber;
    const { bytes, payloadOffset, payloadEnd } = packet;
    switch (packet.codec) {
      case 'VP8':
        packet.vp8 = parseVp8(bytes, payloadOffset, payloadEnd);
        packet.keyFrame = packet.vp8?.keyFrame === true;
        return packet.vp8 === null ? NOTHING : [packet];
      case 'H264':
        packet.keyFrame = startsH264KeyFrame(bytes, payloadOffset, payloadEnd);
        return [packet];
      default:
        return this.#readDescribed(packet);
    }
  }

  /** Whether the packet belongs to the decode target of a spatial layer. */
  isIn(packet: RtpPacket, spatialLayer: number): boolean {
    const { descriptor } = packet;
    if (descriptor === null) return spatialLayer === 0;
    const target = this.#targets[spatialLayer] ?? -1;
    return target >= 0 && (descriptor.dtis[target] ?? DTI.notPresent) !== DTI.notPresent;
  }

  #begin(codec: RtpPacket['codec']): void {
    this.#codec = codec;
    this.#structure = null;
    this.#former = null;
    this.#layers = 1;
    this.#targets = [];
    this.#waiting = [];
  }

  #readDescribed(packet: RtpPacket): readonly RtpPacket[] {
    if (!this.#describe(packet)) {
      if (packet.dependencyDescriptorLength < 3) return NOTHING;
      const oldest = packet.arrival - MAX_WAIT;
      this.#waiting = this.#waiting.filter(({ arrival }) => arrival >= oldest).slice(1 - MAX_WAITING);
      this.#waiting.push(packet);
      return NOTHING;
    }
    const explains = packet.descriptor !== null && packet.descriptor.attached !== null;
    if (!explains || this.#waiting.length === 0) return [packet];
    const waiting = this.#waiting.filter((each) => this.#describe(each));
    this.#waiting = [];
    return [packet, ...waiting];
  }

  #describe(packet: RtpPacket): boolean {
    const { bytes, dependencyDescriptorOffset: offset, dependencyDescriptorLength: length } = packet;
    const descriptor =
      parseDependencyDescriptor(bytes, offset, length, this.#structure) ??
      (this.#former === null ? null : parseDependencyDescriptor(bytes, offset, length, this.#former));
    if (descriptor === null) return false;
    packet.descriptor = descriptor;
    packet.keyFrame = descriptor.attached !== null && descriptor.startOfFrame;
    if (descriptor.attached !== null) {
      this.#former = this.#structure;
      this.#structure = descriptor.attached;
    }
    if (descriptor.activeTargets >= 0 && descriptor.structure === this.#structure)
      this.#activate(descriptor.activeTargets, descriptor.structure);
    return true;
  }

  #activate(active: number, structure: DependencyStructure): void {
    this.#active = active;
    this.#layers = Math.max(1, activeSpatialLayers(structure, this.#active));
    const targets: number[] = [];
    for (let layer = 0; layer < this.#layers; layer++)
      targets.push(bestTarget(structure, layer, this.#active));
    this.#targets = targets;
  }
}
