import { writeBye } from '../../src/rtcp/bye.ts';
import { writeFullIntraRequest } from '../../src/rtcp/fullIntraRequest.ts';
import { joinRtcp } from '../../src/rtcp/header.ts';
import { writeNack } from '../../src/rtcp/nack.ts';
import { parseRtcp, type RtcpPacket } from '../../src/rtcp/parseRtcp.ts';
import { writePictureLossIndication } from '../../src/rtcp/pictureLossIndication.ts';
import { writeReceiverEstimatedBitrate } from '../../src/rtcp/receiverEstimatedBitrate.ts';
import { writeReceiverReport } from '../../src/rtcp/receiverReport.ts';
import { writeSenderReport } from '../../src/rtcp/senderReport.ts';
import { writeCname } from '../../src/rtcp/sourceDescription.ts';
import { MAX_REPORTED, writeTransportFeedback } from '../../src/rtcp/transportFeedback.ts';
import { must, type Target } from '../Target.ts';

const block = {
  ...{ ssrc: 1, fractionLost: 2, cumulativeLost: -3, highestSequence: 4, jitter: 5 },
  ...{ lastSenderReport: 6, delaySinceLastSenderReport: 7 },
};
const ntp = { seconds: 8, fraction: 9 };
const sender = { ssrc: 10, ntp, rtpTimestamp: 11, packetCount: 12, octetCount: 13, reports: [block] };
const feedback = writeTransportFeedback({
  ...{ senderSsrc: 1, mediaSsrc: 2, baseSequence: 65_530, feedbackCount: 3 },
  arrivals: [1_000, 1_001, null, null, 1_500, 900, ...new Array<null>(40).fill(null), 2_000],
});

const seeds: readonly Uint8Array[] = [
  joinRtcp([writeSenderReport(sender), writeCname(10, 'someone@somewhere')]),
  joinRtcp([writeReceiverReport(1, [block, block]), writeCname(1, 'x'), writeBye([1, 2, 3])]),
  writeNack(1, 2, [1, 2, 3, 18, 400, 65_535, 0]),
  writePictureLossIndication(1, 2),
  writeFullIntraRequest(1, [{ ssrc: 2, sequence: 3 }]),
  writeReceiverEstimatedBitrate(1, 123_456_789, [1, 2, 3]),
  ...(feedback === null ? [] : [feedback]),
];

/** A datagram of RTCP of all kinds. */
export const rtcp: Target = {
  seeds,
  run(input) {
    const packets = parseRtcp(input);
    if (packets === null) return;
    must(packets.length <= Math.min(64, input.length / 4), 'more packets than there is room for');
    let entries = 0;
    for (const packet of packets) {
      entries += count(packet);
      rewritten(packet);
    }
    // 17 lost packets in four bytes of a NACK; and what two feedbacks may say in few.
    must(entries <= input.length * 5 + 2 * MAX_REPORTED, 'more entries than the input pays for');
  },
};

function count(packet: RtcpPacket): number {
  switch (packet.type) {
    case 'sender-report':
    case 'receiver-report':
      return packet.reports.length;
    case 'source-description':
      return packet.chunks.length;
    case 'bye':
    case 'receiver-estimated-bitrate':
      return packet.ssrcs.length;
    case 'nack':
      return packet.sequenceNumbers.length;
    case 'full-intra-request':
      return packet.entries.length;
    case 'transport-feedback':
      return packet.arrivals.length;
    case 'picture-loss-indication':
      return 0;
  }
}

/** What was read can be written, and is read as the same again. */
function rewritten(packet: RtcpPacket): void {
  const bytes = write(packet);
  if (bytes === null) return;
  const [again] = parseRtcp(bytes) ?? [];
  must(
    JSON.stringify(again) === JSON.stringify(packet),
    `a ${packet.type} that is another one after writing`,
  );
}

function write(packet: RtcpPacket): Uint8Array | null {
  switch (packet.type) {
    case 'sender-report':
      return writeSenderReport(packet);
    case 'receiver-report':
      return writeReceiverReport(packet.ssrc, packet.reports);
    case 'bye':
      return writeBye(packet.ssrcs);
    case 'picture-loss-indication':
      return writePictureLossIndication(packet.senderSsrc, packet.mediaSsrc);
    case 'full-intra-request':
      return writeFullIntraRequest(packet.senderSsrc, packet.entries);
    default:
      return null;
  }
}
