import { Peer } from '../../src/room/Peer.ts';
import { Reception } from '../../src/room/Reception.ts';
import { parseRtcp } from '../../src/rtcp/parseRtcp.ts';
import { isRtcp } from '../../src/rtp/parseRtp.ts';
import { negotiate } from '../../src/sdp/negotiate.ts';
import { ALL, USES } from '../../src/testing/Meeting.ts';
import { opusPacket, rtxPacket, vp8Packet } from '../../src/testing/mediaPackets.ts';
import { writeOffer } from '../../src/testing/writeOffer.ts';
import { must, type Target } from '../Target.ts';

const lines = USES.map((use, index) => ({ mid: String(index), use }));
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const local = {
  iceUfrag: 'abcd',
  icePwd: 'a'.repeat(24),
  fingerprint,
  setup: 'active',
  candidates: [],
} as const;
const negotiation = negotiate(writeOffer(lines, local), lines);

/** Packets of a stretch of time: before each, the ms since the one before it and its length in two bytes. */
function stretch(packets: readonly (readonly [wait: number, packet: Uint8Array])[]): Uint8Array {
  return Uint8Array.from(
    packets.flatMap(([wait, packet]) => [wait, packet.length >> 8, packet.length & 0xff, ...packet]),
  );
}

const picture = (sequence: number, keyFrame = false) =>
  vp8Packet({ mid: '1', rid: 'h', ssrc: 2, sequence, keyFrame, bytes: 12, transportSequence: sequence });
const sound = (sequence: number) =>
  opusPacket({ mid: '0', ssrc: 1, sequence, transportSequence: sequence }).slice(0, 60);

/** A whole transport's reception: limits, lines, streams, gaps, feedback, over some time. */
export const reception: Target = {
  seeds: [
    stretch([0, 1, 2, 5, 6].map((sequence) => [20, sound(sequence)])),
    stretch([0, 1, 4, 300, 3].map((sequence) => [10, picture(sequence, sequence === 0)])),
    stretch([
      [0, picture(0, true)],
      [30, picture(3)],
      [30, rtxPacket(picture(2), { mid: '1', rid: 'h', ssrc: 3, sequence: 9 })],
    ]),
  ],
  run(input) {
    const peer = new Peer('mallory');
    peer.permit(ALL, ALL);
    let sent = 0;
    const reception = new Reception({
      ...{ peer, lines: negotiation.lines, maxBitrate: undefined, feedbackSsrc: 9 },
      send: (packet) => {
        sent += 1;
        must(isRtcp(packet) && parseRtcp(packet) !== null, 'feedback that cannot be read');
        must(packet.length <= 1_420, 'feedback that fits no datagram');
      },
      onStream: () => {},
      onAudioLevel: (_, level) => must(level >= 0 && level <= 127, 'no audio level'),
    });
    let [time, at, packets] = [1_000_000, 0, 0];
    while (at + 3 <= input.length) {
      const wait = input[at] ?? 0;
      const length = ((input[at + 1] ?? 0) << 8) | (input[at + 2] ?? 0);
      const packet = input.slice(at + 3, at + 3 + length);
      at += 3 + length;
      time += wait;
      packets += 1;
      reception.receive(packet, time);
      if (wait > 10) reception.tick(time, wait);
    }
    time += 1_000;
    reception.tick(time, 50);
    must([...reception.streams].length <= 6, 'more streams than lines and layers');
    // For each packet a NACK and a key frame request of each stream at most, and feedback of up to six datagrams.
    must(sent <= (packets + 1) * 18, 'more feedback than the input pays for');
    for (const stream of reception.streams) {
      const { packets: counted, jitter, bitrate } = stream.stats(time);
      must(
        counted <= packets * 2 && Number.isFinite(jitter) && jitter >= 0 && bitrate >= 0,
        'statistics that cannot be',
      );
      must(stream.reportBlock(time) !== undefined, 'no report');
    }
  },
};
