// The other ends, in a process of their own: `peers.ts source RATE` or `peers.ts sinks COUNT`.
import { writeNack } from '../src/rtcp/nack.ts';
import { writeReceiverEstimatedBitrate } from '../src/rtcp/receiverEstimatedBitrate.ts';
import { writeReceiverReport } from '../src/rtcp/receiverReport.ts';
import { isRtcp } from '../src/rtp/parseRtp.ts';
import { MediaPeer } from '../src/testing/MediaPeer.ts';
import { vp8Packet } from '../src/testing/mediaPackets.ts';
import { type Message, tell } from './messages.ts';

/** With the RTP header and its extensions a packet of 1,100 bytes. */
const PAYLOAD = 1_064;

function answers(): (peer: string) => Promise<string> {
  const waiting = new Map<string, (answer: string) => void>();
  process.on('message', (message: Message) => {
    if (message.type === 'answer') waiting.get(message.peer)?.(message.answer);
  });
  return (peer) => new Promise((resolve) => waiting.set(peer, resolve));
}

async function join(name: string, peer: MediaPeer): Promise<void> {
  const answer = answered(name);
  tell({ type: 'offer', peer: name, offer: peer.offer, lines: [...peer.lines] });
  await peer.accept(await answer);
}

/** One layer of a camera, `rate` packets a second, a key frame about every second. */
async function source(rate: number): Promise<void> {
  const peer = await MediaPeer.open(['microphone', 'camera']);
  await join('source', peer);
  const started = performance.now();
  let sequence = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - started) * rate) / 1_000);
    for (; sequence < due; sequence++)
      peer.send(
        vp8Packet({
          mid: '1',
          rid: 'h',
          ssrc: 77,
          sequence,
          transportSequence: sequence,
          keyFrame: sequence % rate === 0,
          bytes: PAYLOAD,
        }),
      );
  }, 4);
}

/** Receivers that report, estimate, and lose one packet in a hundred, as real ones do. */
async function sinks(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const peer = await MediaPeer.open(['microphone', 'camera', 'audio-slot', 'video-slot']);
    await join(`sink-${index}`, peer);
    const { ssrc } = peer.slot('video-slot');
    let highest = 0;
    peer.onPacket((packet) => {
      if (isRtcp(packet) || packet.readUInt32BE(8) !== ssrc) return;
      highest = packet.readUInt16BE(2);
      if (highest % 100 === 0) peer.send(writeNack(1, ssrc, [(highest - 2) & 0xffff]));
    });
    setInterval(() => {
      const block = { ssrc, fractionLost: 2, cumulativeLost: 9, highestSequence: highest, jitter: 9 };
      peer.send(writeReceiverReport(1, [{ ...block, lastSenderReport: 0, delaySinceLastSenderReport: 0 }]));
      peer.send(writeReceiverEstimatedBitrate(1, 20_000_000, [ssrc]));
    }, 1_000);
  }
}

const answered = answers();
const [role, size] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
if (role === 'source') await source(Number(size));
else await sinks(Number(size));
tell({ type: 'ready' });
