import { randomBytes } from 'node:crypto';
import { writeBye } from '../../../packages/sfu/src/rtcp/bye.ts';
import { joinRtcp } from '../../../packages/sfu/src/rtcp/header.ts';
import { writeSenderReport } from '../../../packages/sfu/src/rtcp/senderReport.ts';
import { buildRtp } from '../../../packages/sfu/src/rtp/buildRtp.ts';
import { opusPacket, vp8Packet } from '../../../packages/sfu/src/testing/mediaPackets.ts';
import { EXTENSIONS, PAYLOAD_TYPES } from '../../../packages/sfu/src/testing/writeOffer.ts';
import type { Packets } from './authenticated.ts';

export interface Threat {
  /** Packets a second. */
  readonly rate: number;
  readonly packets: Packets;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const picture = (sequence: number, ssrc = 33, bytes = 1_000, keyFrame = false) =>
  vp8Packet({ mid: '1', rid: 'h', ssrc, sequence, keyFrame, bytes });

/** One bit or byte of a valid packet is another, or its end is missing. */
function mutate(packet: Uint8Array, index: number): Uint8Array {
  const copy = Uint8Array.from(packet);
  for (let change = 0; change < 1 + (index % 4); change++) {
    const at = (index * 7919 + change * 104_729) % Math.min(copy.length, 60);
    // Version and packet type stay, or the library that encrypts does not let it out; so does the SSRC, or it is cut off.
    if (at > 1 && (at < 8 || at > 11)) copy[at] = (index * 31 + change * 17) & 0xff;
    else copy[0] = 0x80 | ((index * 13) & 0x3f);
  }
  return index % 5 === 0 ? copy.subarray(0, Math.max(12, (index * 37) % copy.length)) : copy;
}

export const media: Readonly<Record<string, Threat>> = {
  /** Ten times the bitrate that is allowed, on a line that is shown. */
  bitrate: { rate: 9_000, packets: () => (index) => picture(index, 33, 1_100, index === 0) },
  /** Sound is never held back for a narrow path: what is sent there is multiplied by everybody. */
  sound: {
    rate: 1_000,
    packets: () => (index) =>
      buildRtp({
        ...{
          payloadType: PAYLOAD_TYPES.opus,
          sequenceNumber: index & 0xffff,
          timestamp: index * 960,
          ssrc: 44,
        },
        payload: new Uint8Array(1_000),
        extensions: [
          { id: EXTENSIONS.mid, data: text('0') },
          { id: EXTENSIONS.audioLevel, data: Uint8Array.of(0x80) },
        ],
      }),
  },
  /** The loudest of all, with every packet, of a level that no voice has. */
  loudest: {
    rate: 50,
    packets: () => (index) => opusPacket({ mid: '0', ssrc: 44, sequence: index, level: 0 }),
  },
  newSources: {
    rate: 2_000,
    packets: () => (index) => opusPacket({ mid: '0', ssrc: 10_000 + index, sequence: index }),
  },
  /** A handful of SSRCs that take the line from each other with every packet. */
  contested: { rate: 2_000, packets: () => (index) => picture(index, 500 + (index % 40), 200, true) },
  /** The SSRCs of other people, and of the slots that we send on; each on all lines in turn. */
  spoofed: {
    rate: 2_000,
    packets: (peer) => {
      const ssrcs = [11, 22, ...peer.receiveLines.flatMap(({ ssrc, rtxSsrc }) => [ssrc, rtxSsrc ?? 1])];
      return (index) => {
        const ssrc = ssrcs[index % ssrcs.length] ?? 1;
        const mid = String(index % 10);
        return index % 2 === 0
          ? opusPacket({ mid, ssrc, sequence: index })
          : vp8Packet({
              mid,
              rid: ['q', 'h', 'f', 'x'][index % 4] ?? 'q',
              ssrc,
              sequence: index,
              keyFrame: index % 6 === 1,
            });
      };
    },
  },
  leaps: { rate: 2_500, packets: () => (index) => picture((index * 401) & 0xffff, 33, 60, index % 50 === 0) },
  /** Numbers, times and transport-wide numbers from anywhere. */
  chaos: {
    rate: 2_500,
    packets: () => (index) => {
      const [sequenceNumber, timestamp] = [(index * 30_011) & 0xffff, (index * 2_654_435_761) >>> 0];
      const payload = Uint8Array.of(0x90, 0x80, 0x80 | (index & 0x7f), index & 0xff, index % 3, 1, 2, 3);
      const transport = Uint8Array.of((index * 7) & 0xff, index & 0xff);
      return buildRtp({
        ...{ payloadType: PAYLOAD_TYPES.vp8, sequenceNumber, timestamp, ssrc: 33, payload, marker: true },
        extensions: [
          { id: EXTENSIONS.mid, data: text('1') },
          { id: EXTENSIONS.rid, data: text('h') },
          { id: EXTENSIONS.transportSequence, data: transport },
        ],
      });
    },
  },
  mutated: {
    rate: 2_500,
    packets: () => (index) =>
      mutate(
        index % 2 === 0
          ? picture(index, 33, 200, index % 8 === 0)
          : opusPacket({ mid: '0', ssrc: 44, sequence: index }),
        index,
      ),
  },
  padding: {
    rate: 2_500,
    packets: () => (index) => {
      const padded = buildRtp({
        ...{
          payloadType: index % 2 === 0 ? PAYLOAD_TYPES.vp8 : PAYLOAD_TYPES.rtx,
          sequenceNumber: index & 0xffff,
        },
        ...{ timestamp: index * 90, ssrc: index % 2 === 0 ? 33 : 34, padding: 255 },
        extensions: [
          { id: EXTENSIONS.mid, data: text('1') },
          { id: index % 2 === 0 ? EXTENSIONS.rid : EXTENSIONS.repairedRid, data: text('h') },
        ],
      });
      // Every length that a padding may claim, those that are lies too.
      padded[padded.length - 1] = index & 0xff;
      return padded;
    },
  },
  /** Elements that end behind the block, in both forms, and the longest blocks that fit. */
  extensions: {
    rate: 2_000,
    packets: () => (index) => {
      const block = randomBytes(4 * (1 + (index % 250)));
      if (index % 3 === 0) block.fill(0x4f);
      const head = Buffer.alloc(16);
      head.set([0x90, 0x80 | PAYLOAD_TYPES.vp8]);
      head.writeUInt16BE(index & 0xffff, 2);
      head.writeUInt32BE(index * 90, 4);
      head.writeUInt32BE(33, 8);
      head.writeUInt16BE(index % 2 === 0 ? 0xbede : 0x1000 | (index % 16), 12);
      head.writeUInt16BE(block.length / 4, 14);
      return Buffer.concat([head, block, Buffer.from([0x10, 0, 0, 0])]);
    },
  },
  /** Every packet begins a key frame. */
  keyFrames: { rate: 900, packets: () => (index) => picture(index, 33, 1_000, true) },
  /** Repairs of packets that nobody misses, and of some that have never been. */
  repairs: {
    rate: 2_500,
    packets: () => (index) => {
      if (index % 10 === 0) return picture(index / 10, 33, 200, index % 100 === 0);
      return buildRtp({
        ...{
          payloadType: PAYLOAD_TYPES.rtx,
          sequenceNumber: index & 0xffff,
          timestamp: index * 90,
          ssrc: 34,
        },
        payload: Uint8Array.of((index * 3) & 0xff, index & 0xff, 0x90, 0x80, 0x80, index & 0xff, 0x10, 1, 2),
        extensions: [
          { id: EXTENSIONS.mid, data: text('1') },
          { id: EXTENSIONS.repairedRid, data: text('h') },
        ],
      });
    },
  },
  /** Reports whose clock leaps by years, of one's own streams and in the name of others', who are also said to have left. */
  lies: {
    rate: 400,
    packets: (peer) => {
      const others = [11, 22, ...peer.receiveLines.map(({ ssrc }) => ssrc)];
      return (index) => {
        if (index % 4 < 2)
          return index % 4 === 0
            ? opusPacket({ mid: '0', ssrc: 44, sequence: index })
            : picture(index, 33, 200, index % 40 === 1);
        const report = (ssrc: number) =>
          writeSenderReport({
            ...{ ssrc, packetCount: index, octetCount: index, rtpTimestamp: (index * 1_103_515_245) >>> 0 },
            ntp: { seconds: (index * 2_654_435_761) >>> 0, fraction: (index * 40_503) >>> 0 },
            reports: [],
          });
        return joinRtcp([
          report(index % 8 === 2 ? 33 : 44),
          ...others.slice(0, 6).map(report),
          writeBye([...others, 33].slice(0, 31)),
        ]);
      };
    },
  },
};
