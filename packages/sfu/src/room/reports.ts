import { joinRtcp } from '../rtcp/header.ts';
import { writeReceiverReport } from '../rtcp/receiverReport.ts';
import { MAX_REPORT_BLOCKS } from '../rtcp/reportBlock.ts';
import { writeCname } from '../rtcp/sourceDescription.ts';
import type { IncomingStream } from './IncomingStream.ts';
import type { OutgoingSlot } from './OutgoingSlot.ts';

/** A datagram of reports is not larger than this, bytes. */
const MAX_DATAGRAM = 1_200;

/** Receiver reports on all that a peer sends, and a sender report for each slot that has sent (RFC 3550, section 6.4). */
export function sendReports(options: {
  readonly streams: Iterable<IncomingStream>;
  readonly slots: readonly OutgoingSlot[];
  readonly ssrc: number;
  readonly cname: string;
  readonly time: number;
  readonly send: (packet: Uint8Array<ArrayBuffer>) => void;
}): void {
  const { streams, slots, ssrc, cname, time, send } = options;
  const blocks = [...streams].flatMap((stream) => stream.reportBlock(time) ?? []);
  const description = writeCname(ssrc, cname);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at === 0 || at < blocks.length; at += MAX_REPORT_BLOCKS)
    parts.push(joinRtcp([writeReceiverReport(ssrc, blocks.slice(at, at + MAX_REPORT_BLOCKS)), description]));
  for (const slot of slots) {
    const report = slot.senderReport(time);
    if (report !== null) parts.push(joinRtcp([report, writeCname(slot.streams.ssrc, cname)]));
  }
  let datagram: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > 0 && length + part.length > MAX_DATAGRAM) {
      send(joinRtcp(datagram));
      datagram = [];
      length = 0;
    }
    datagram.push(part);
    length += part.length;
  }
  if (length > 0) send(joinRtcp(datagram));
}
