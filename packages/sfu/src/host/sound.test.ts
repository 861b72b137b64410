import { expect, it } from 'vitest';
import { writeNack } from '../rtcp/nack.ts';
import { parseRtcp } from '../rtcp/parseRtcp.ts';
import { writeReceiverReport } from '../rtcp/receiverReport.ts';
import { isRtcp } from '../rtp/parseRtp.ts';
import { collectRtp, nextPacket, sendFlow } from '../testing/flow.ts';
import { Meeting } from '../testing/Meeting.ts';
import { opusPacket } from '../testing/mediaPackets.ts';
import { until } from '../testing/until.ts';

const SSRC = 11;
/** What ben was sent again on a line. */
async function resentTo(meeting: Meeting, mid: string): Promise<number> {
  const { peers } = await meeting.worker.stats('room');
  const stats = peers.find(({ peer }) => peer === 'ben')?.slots.find((slot) => slot.mid === mid);
  return stats?.packetsRetransmitted ?? 0;
}

const voice = (sequence: number) => opusPacket({ mid: '0', ssrc: SSRC, sequence });

it('asks a sender again for sound that was lost, and passes it on in its place', async () => {
  await using meeting = await Meeting.open();
  const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
  const got = collectRtp(ben, ben.slot('audio-slot').ssrc);
  const lost = 1_030;
  const asked = nextPacket(
    anna,
    (packet) =>
      isRtcp(packet) &&
      (parseRtcp(packet) ?? []).some(
        (rtcp) => rtcp.type === 'nack' && rtcp.mediaSsrc === SSRC && rtcp.sequenceNumbers.includes(lost),
      ),
  );
  using _ = sendFlow(anna, (sequence) => voice(sequence < lost ? sequence : sequence + 1));
  await asked;
  anna.send(voice(lost));
  const numbers = () => got.map((packet) => packet.readUInt16BE(2));
  const holes = () => numbers().filter((number) => !numbers().includes((number + 1) & 0xffff)).length;
  // Only what has not been sent yet is missing.
  await until(() => got.length > 40 && holes() === 1);
});

it('sends sound again that a receiver asks for, not on another stream and not more often than it can arrive', async () => {
  await using meeting = await Meeting.open();
  const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
  const slot = ben.slot('audio-slot');
  const got = collectRtp(ben, slot.ssrc);
  using _ = sendFlow(anna, voice);
  await until(() => got.length > 10);
  expect(slot.rtxSsrc).toBeNull();
  const number = got.at(-3)?.readUInt16BE(2) ?? 0;
  for (let times = 0; times < 20; times++) ben.send(writeNack(1, slot.ssrc, [number]));
  const resent = () => resentTo(meeting, slot.mid);
  await until(async () => (await resent()) > 0);
  expect(await resent()).toBe(1);
});

it('sends sound twice to a receiver that loses it and does not ask', async () => {
  await using meeting = await Meeting.open();
  const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
  const slot = ben.slot('audio-slot');
  const got = collectRtp(ben, slot.ssrc);
  using _ = sendFlow(anna, voice);
  await until(() => got.length > 10);
  expect(await resentTo(meeting, slot.mid)).toBe(0);
  const report = {
    ssrc: slot.ssrc,
    fractionLost: 26,
    cumulativeLost: 5,
    highestSequence: got.at(-1)?.readUInt16BE(2) ?? 0,
    jitter: 0,
    lastSenderReport: 0,
    delaySinceLastSenderReport: 0,
  };
  ben.send(writeReceiverReport(1, [report]));
  await until(async () => (await resentTo(meeting, slot.mid)) > 20);
});
