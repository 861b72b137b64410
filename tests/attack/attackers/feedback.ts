import { randomBytes } from 'node:crypto';
import { writeFullIntraRequest } from '../../../packages/sfu/src/rtcp/fullIntraRequest.ts';
import { joinRtcp } from '../../../packages/sfu/src/rtcp/header.ts';
import { writeNack } from '../../../packages/sfu/src/rtcp/nack.ts';
import { writePictureLossIndication } from '../../../packages/sfu/src/rtcp/pictureLossIndication.ts';
import { writeReceiverEstimatedBitrate } from '../../../packages/sfu/src/rtcp/receiverEstimatedBitrate.ts';
import { writeReceiverReport } from '../../../packages/sfu/src/rtcp/receiverReport.ts';
import { writeTransportFeedback } from '../../../packages/sfu/src/rtcp/transportFeedback.ts';
import type { MediaPeer } from '../../../packages/sfu/src/testing/MediaPeer.ts';
import type { Threat } from './media.ts';

const OWN = 77;

function videoSlot(peer: MediaPeer): number {
  return peer.slot('video-slot').ssrc;
}

/** Everything that comes on the first picture slot, so that what is asked for again is what there is. */
function newest(peer: MediaPeer): () => number {
  const ssrc = videoSlot(peer);
  let sequence = 0;
  peer.onPacket((packet) => {
    if (packet.readUInt32BE(8) === ssrc) sequence = packet.readUInt16BE(2);
  });
  return () => sequence;
}

const run = (first: number, length: number): number[] =>
  Array.from({ length }, (_, index) => (first + index) & 0xffff);

export const feedback: Readonly<Record<string, Threat>> = {
  /** The last second of the picture once more, and again, as one packet asks for it. */
  nack: {
    rate: 450,
    packets: (peer) => {
      const last = newest(peer);
      return () => writeNack(OWN, videoSlot(peer), run(last() - 170, 170));
    },
  },
  /** One and the same packet. */
  nackSame: {
    rate: 450,
    packets: (peer) => {
      const last = newest(peer);
      return () => writeNack(OWN, videoSlot(peer), [last()]);
    },
  },
  /** All numbers that there are, as many as fit a datagram. */
  nackAll: {
    rate: 150,
    packets: (peer) => (index) =>
      joinRtcp(
        [0, 1, 2, 3].map((part) => writeNack(OWN, videoSlot(peer), run((index * 4 + part) * 1_088, 1_088))),
      ),
  },
  pictureLoss: {
    rate: 450,
    packets: (peer) => () => joinRtcp(run(0, 40).map(() => writePictureLossIndication(OWN, videoSlot(peer)))),
  },
  fullIntra: {
    rate: 450,
    packets: (peer) => (index) =>
      writeFullIntraRequest(
        OWN,
        run(index, 60).map((sequence) => ({ ssrc: videoSlot(peer), sequence: sequence & 0xff })),
      ),
  },
  /** From nothing to everything and back, so that the picture that is sent would change with each. */
  estimates: {
    rate: 450,
    packets: (peer) => (index) =>
      writeReceiverEstimatedBitrate(OWN, index % 2 === 0 ? 30_000 : 1e12, [videoSlot(peer)]),
  },
  /** Arrivals of packets that were never sent, at times that cannot be. */
  arrivals: {
    rate: 450,
    packets: (peer) => (index) =>
      writeTransportFeedback({
        ...{
          senderSsrc: OWN,
          mediaSsrc: videoSlot(peer),
          baseSequence: (index * 997) & 0xffff,
          feedbackCount: index & 0xff,
        },
        arrivals: Array.from({ length: 400 }, (_, each) =>
          each % 3 === 0 ? null : ((index * 7_919 + each * 31) % 30_000) - 15_000,
        ),
      }) ?? randomBytes(20),
  },
  /** Runs of thousands of lost packets in twenty bytes each, as many as fit. */
  losses: {
    rate: 300,
    packets: (peer) => (index) => {
      const one = new Uint8Array(24);
      one.set([0x8f, 205, 0, 5]);
      new DataView(one.buffer).setUint32(8, videoSlot(peer));
      one.set([(index * 5) & 0xff, index & 0xff, 0x08, 0x00], 12);
      one.set([0x1f, 0xff, 0x1f, 0xff], 20);
      return joinRtcp(new Array<Uint8Array>(50).fill(one));
    },
  },
  /** Reports of losses and delays that are made up. */
  reports: {
    rate: 450,
    packets: (peer) => (index) =>
      writeReceiverReport(
        OWN,
        peer.receiveLines.slice(0, 31).map(({ ssrc }) => ({
          ...{
            ssrc,
            fractionLost: index & 0xff,
            cumulativeLost: 0x7fffff,
            highestSequence: (index * 7_919) >>> 0,
          },
          ...{
            jitter: 0xffffffff,
            lastSenderReport: (index * 104_729) >>> 0,
            delaySinceLastSenderReport: index,
          },
        })),
      ),
  },
  /** Ten times as much RTCP as is allowed. */
  rtcp: { rate: 5_000, packets: (peer) => () => writePictureLossIndication(OWN, videoSlot(peer)) },
  /** Compounds whose lengths, counts and types are anything. */
  compounds: {
    rate: 450,
    packets: () => (index) => {
      const parts = Array.from({ length: 1 + (index % 30) }, (_, each) => {
        const body = randomBytes(4 * (1 + ((index + each) % 10)));
        // One sender of all of them, or it is cut off for that.
        body.writeUInt32BE(OWN, 0);
        const lie = index % 7 === 0 && each % 5 === 4 ? 40 : 0;
        const head = Buffer.from([
          0x80 | ((index * 13 + each) & 0x3f),
          192 + ((index + each * 3) % 32),
          0,
          body.length / 4 + lie,
        ]);
        return Buffer.concat([head, body]);
      });
      return Buffer.concat(parts).subarray(0, 1_300);
    },
  },
};
