import { decapsulateRtx } from '../../src/receive/rtxDecapsulation.ts';
import { StreamBinder } from '../../src/receive/StreamBinder.ts';
import { buildRtp } from '../../src/rtp/buildRtp.ts';
import { ExtensionTable } from '../../src/rtp/HeaderExtensions.ts';
import { isRtcp, parseRtp } from '../../src/rtp/parseRtp.ts';
import type { RtpPacket } from '../../src/rtp/RtpPacket.ts';
import { opusPacket, rtxPacket, vp8Packet } from '../../src/testing/mediaPackets.ts';
import { EXTENSIONS } from '../../src/testing/writeOffer.ts';
import { must, type Target } from '../Target.ts';

const table = new ExtensionTable({ ...EXTENSIONS, dependencyDescriptor: 12 });
const picture = vp8Packet({ mid: '1', rid: 'h', ssrc: 1, sequence: 2, keyFrame: true, transportSequence: 3 });
const described = (twoByteExtensions: boolean) =>
  buildRtp({
    ...{
      payloadType: 45,
      sequenceNumber: 9,
      timestamp: 10,
      ssrc: 11,
      payload: new Uint8Array(20),
      padding: 7,
    },
    extensions: [
      { id: 12, data: Uint8Array.of(0x80, 0, 1, 0x80, 0, 0) },
      { id: EXTENSIONS.mid, data: Uint8Array.of(0x31) },
      { id: EXTENSIONS.repairedRid, data: Uint8Array.of(0x71) },
      { id: EXTENSIONS.absoluteSendTime, data: Uint8Array.of(1, 2, 3) },
    ],
    twoByteExtensions,
  });

/** A packet and everything that is read of it before it is known whose it is. */
export const rtp: Target = {
  seeds: [
    opusPacket({ mid: '0', ssrc: 4, sequence: 5, transportSequence: 6 }),
    picture,
    rtxPacket(picture, { mid: '1', rid: 'h', ssrc: 7, sequence: 8 }),
    described(false),
    described(true),
  ],
  run(input) {
    const before = Uint8Array.from(input);
    isRtcp(input);
    const packet = parseRtp(input, table, 1);
    if (packet === null) return;
    check(packet);
    const binder = new StreamBinder([
      { mid: '0', rids: [], rtxPayloadTypes: [] },
      { mid: '1', rids: ['q', 'h', 'f'], rtxPayloadTypes: [97] },
    ]);
    const binding = binder.bind(packet);
    must(binding === null || binding.ssrc === packet.ssrc, 'bound to another source');
    const original = decapsulateRtx(packet, 1, 96);
    if (original !== null) {
      check(original);
      must(original.payloadLength === packet.payloadLength - 2, 'a repaired packet of another length');
    }
    must(
      before.every((byte, index) => byte === input[index]),
      'the packet was changed',
    );
  },
};

function check(packet: RtpPacket): void {
  const { bytes, payloadOffset, payloadEnd, paddingLength } = packet;
  must(payloadOffset >= 12 && payloadOffset <= payloadEnd, 'the payload ends before it begins');
  must(payloadEnd + paddingLength === bytes.length, 'payload and padding are not the rest of the packet');
  must(packet.payload.length === packet.payloadLength, 'a payload of another length');
  const elements = [
    [packet.midOffset, packet.midLength],
    [packet.ridOffset, packet.ridLength],
    [packet.repairedRidOffset, packet.repairedRidLength],
    [packet.dependencyDescriptorOffset, packet.dependencyDescriptorLength],
  ] as const;
  for (const [offset, length] of elements)
    must(
      length === 0 || (offset >= 17 && offset + length <= payloadOffset),
      'an element outside of its block',
    );
  for (const token of [packet.mid, packet.rid, packet.repairedRid])
    must(token === null || /^[\x21-\x7e]{1,255}$/.test(token), 'a token that cannot be one');
  must(packet.audioLevel >= -1 && packet.audioLevel <= 127, 'no audio level');
  must(packet.transportSequence >= -1 && packet.transportSequence <= 0xffff, 'no transport-wide number');
  must(packet.absoluteSendTime >= -1 && packet.absoluteSendTime <= 0xffffff, 'no send time');
}
