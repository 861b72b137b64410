import { describe, expect, it } from 'vitest';
import { middleNtp } from '../rtcp/ntp.ts';
import { parseRtcp } from '../rtcp/parseRtcp.ts';
import { RtpPacket } from '../rtp/RtpPacket.ts';
import { RoundTripTime } from './RoundTripTime.ts';
import { SenderReports } from './SenderReports.ts';
import { SlotRewriter } from './SlotRewriter.ts';

const T = 1_760_000_000_000;

function slot(): SlotRewriter {
  return new SlotRewriter({
    clockRate: 48_000,
    minimumStep: 960,
    firstSequenceNumber: 1,
    firstTimestamp: 1000,
    firstPictureId: 0,
    firstTl0PicIdx: 0,
  });
}

describe('sender reports and round trips', () => {
  it('reports nothing before the first packet, then counts and the timestamp of now', () => {
    const reports = new SenderReports(5);
    const rewriter = slot();
    expect(reports.report(rewriter, T)).toBeNull();
    const packet = new RtpPacket(new Uint8Array(12));
    packet.arrival = T;
    rewriter.start(packet, null);
    reports.count(100);
    reports.count(50);
    const bytes = reports.report(rewriter, T + 1000);
    expect(bytes && parseRtcp(bytes)).toMatchObject([
      { type: 'sender-report', ssrc: 5, rtpTimestamp: 49_000, packetCount: 2, octetCount: 150 },
    ]);
  });

  it('measures the round trip from what comes back of a report', () => {
    const reports = new SenderReports(5);
    const rewriter = slot();
    const packet = new RtpPacket(new Uint8Array(12));
    packet.arrival = T;
    rewriter.start(packet, null);
    reports.count(1);
    const [report] = parseRtcp(reports.report(rewriter, T) ?? new Uint8Array(0)) ?? [];
    if (report?.type !== 'sender-report') throw new Error('no report');
    const block = {
      ...{ ssrc: 5, fractionLost: 0, cumulativeLost: 0, highestSequence: 0, jitter: 0 },
      lastSenderReport: middleNtp(report.ntp),
      delaySinceLastSenderReport: 65_536,
    };
    const time = new RoundTripTime();
    expect(time.measured).toBe(false);
    time.onReport({ ...block, lastSenderReport: 0 }, T + 1);
    expect(time.measured).toBe(false);
    time.onReport(block, T + 1080);
    expect(time.milliseconds).toBeCloseTo(80, 0);
    time.onReport(block, T + 1160);
    expect(time.milliseconds).toBeCloseTo(90, 0);
    time.onReport(block, T + 900);
    expect(time.milliseconds).toBeGreaterThanOrEqual(0);
    const before = time.milliseconds;
    time.onReport({ ...block, lastSenderReport: (block.lastSenderReport - 0x400000) >>> 0 }, T + 60_000);
    expect(time.milliseconds).toBe(before);
  });
});
