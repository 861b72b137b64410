import { type Bye, readBye } from './bye.ts';
import { FIR_FORMAT, type FullIntraRequest, readFullIntraRequest } from './fullIntraRequest.ts';
import { RTCP, type RtcpBody, splitRtcp } from './header.ts';
import { NACK_FORMAT, type Nack, readNack } from './nack.ts';
import {
  type PictureLossIndication,
  PLI_FORMAT,
  readPictureLossIndication,
} from './pictureLossIndication.ts';
import {
  APPLICATION_FORMAT,
  type ReceiverEstimatedBitrate,
  readReceiverEstimatedBitrate,
} from './receiverEstimatedBitrate.ts';
import { type ReceiverReport, readReceiverReport } from './receiverReport.ts';
import { readSenderReport, type SenderReport } from './senderReport.ts';
import { readSourceDescription, type SourceDescription } from './sourceDescription.ts';
import {
  readTransportFeedback,
  TRANSPORT_FEEDBACK_FORMAT,
  type TransportFeedback,
} from './transportFeedback.ts';

export type RtcpPacket =
  | SenderReport
  | ReceiverReport
  | SourceDescription
  | Bye
  | Nack
  | PictureLossIndication
  | FullIntraRequest
  | ReceiverEstimatedBitrate
  | TransportFeedback;

/** Of one datagram: senders of feedback put one into each, and each can report on thousands of packets. */
const MAX_TRANSPORT_FEEDBACKS = 2;

/**
 * Reads a datagram of RTCP, compound or reduced size. Null when its lengths lie; packets of unknown types and packets
 * whose own body is wrong are left out, the others in the same datagram still count.
 */
export function parseRtcp(bytes: Uint8Array): RtcpPacket[] | null {
  const bodies = splitRtcp(bytes);
  if (bodies === null) return null;
  const packets: RtcpPacket[] = [];
  let feedbacks = 0;
  for (const body of bodies) {
    if (body.type === RTCP.transportFeedback && body.count === TRANSPORT_FEEDBACK_FORMAT) {
      feedbacks += 1;
      if (feedbacks > MAX_TRANSPORT_FEEDBACKS) continue;
    }
    const packet = readBody(body);
    if (packet !== null) packets.push(packet);
  }
  return packets;
}

function readBody(body: RtcpBody): RtcpPacket | null {
  switch (body.type) {
    case RTCP.senderReport:
      return readSenderReport(body);
    case RTCP.receiverReport:
      return readReceiverReport(body);
    case RTCP.sourceDescription:
      return readSourceDescription(body);
    case RTCP.bye:
      return readBye(body);
    case RTCP.transportFeedback:
      if (body.count === NACK_FORMAT) return readNack(body);
      if (body.count === TRANSPORT_FEEDBACK_FORMAT) return readTransportFeedback(body);
      return null;
    case RTCP.payloadFeedback:
      if (body.count === PLI_FORMAT) return readPictureLossIndication(body);
      if (body.count === FIR_FORMAT) return readFullIntraRequest(body);
      if (body.count === APPLICATION_FORMAT) return readReceiverEstimatedBitrate(body);
      return null;
    default:
      return null;
  }
}
