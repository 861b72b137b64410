import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readUint16 } from '../rtp/bytes.ts';
import { isRtcp } from '../rtp/parseRtp.ts';
import { sendFlow } from '../testing/flow.ts';
import { LossyPath } from '../testing/LossyPath.ts';
import type { MediaPeer } from '../testing/MediaPeer.ts';
import { Meeting, VIEW } from '../testing/Meeting.ts';
import { opusPacket, vp8Packet } from '../testing/mediaPackets.ts';
import { until } from '../testing/until.ts';

/** A speaker as a browser sends them: a voice, and a camera in three layers of 150, 500 and 1,500 kbit/s. */
function speak(peer: MediaPeer): Disposable {
  const layer = (rid: string, ssrc: number, bytes: number, interval: number) =>
    sendFlow(
      peer,
      (sequence) =>
        vp8Packet({
          mid: '1',
          rid,
          ssrc,
          sequence,
          keyFrame: (sequence * interval) % 1_000 < interval,
          bytes,
        }),
      { interval },
    );
  const flows = [
    sendFlow(peer, (sequence) => opusPacket({ mid: '0', ssrc: 10, sequence })),
    layer('q', 11, 360, 20),
    layer('h', 12, 1_000, 16),
    layer('f', 13, 1_100, 6),
  ];
  return {
    [Symbol.dispose]: () => {
      for (const flow of flows) flow[Symbol.dispose]();
    },
  };
}

/** What comes with an SSRC. */
class Counter {
  bytes = 0;
  readonly times: number[] = [];
  readonly #sequences: number[] = [];

  constructor(peer: MediaPeer, ssrc: number) {
    peer.onPacket((packet) => {
      if (isRtcp(packet) || packet.readUInt32BE(8) !== ssrc) return;
      this.bytes += packet.length;
      this.times.push(performance.now());
      this.#sequences.push(readUint16(packet, 2));
    });
  }

  /** Numbers that are missing between the first and the last one. */
  get lost(): number {
    const [first = 0] = this.#sequences;
    const places = new Set(this.#sequences.map((sequence) => (sequence - first) & 0xffff));
    return Math.max(...places) + 1 - places.size;
  }

  /** The longest time without a packet since `since`, ms. */
  longestGap(since: number): number {
    const times = [since, ...this.times.filter((time) => time >= since), performance.now()];
    return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  }

  startOver(): void {
    this.bytes = 0;
    this.times.length = 0;
    this.#sequences.length = 0;
  }
}

const LARGE = { ...VIEW, tile: { width: 1280, height: 720 } };

describe('a receiver behind a path of 150 kbit/s', () => {
  it('hears everything, and changes nothing for anybody else', async () => {
    await using meeting = await Meeting.open();
    using path = await LossyPath.open({ address: '127.0.0.1', port: meeting.port });
    const anna = await meeting.join('anna');
    const ben = await meeting.join('ben', { view: LARGE });
    const carl = await meeting.join('carl', { view: LARGE, port: path.port });
    using _ = speak(anna);
    const layerOf = async (peer: string) =>
      (await meeting.statsOf(peer)).slots.find(({ use }) => use === 'video-slot')?.layer;
    await until(async () => (await layerOf('ben')) === 'f' && (await layerOf('carl')) === 'f');

    const voice = new Counter(carl, carl.slot('audio-slot').ssrc);
    const pictures = new Counter(ben, ben.slot('video-slot').ssrc);
    const sounds = new Counter(ben, ben.slot('audio-slot').ssrc);
    const measure = async (): Promise<{ bitrate: number; gap: number }> => {
      for (const counter of [pictures, sounds]) counter.startOver();
      const since = performance.now();
      await sleep(5_000);
      const bitrate = (pictures.bytes * 8_000) / (performance.now() - since);
      return { bitrate, gap: Math.max(pictures.longestGap(since), sounds.longestGap(since)) };
    };
    const before = await measure();
    const requestsBefore = (await meeting.statsOf('anna')).upstream.find(({ rid }) => rid === 'f');

    path.impairment = { bitrate: 150_000, queue: 400 };
    const limitedAt = performance.now();
    const during = await measure();

    // The bystander: the same layer, at the same rate, without a loss or a pause of note.
    expect(await layerOf('ben')).toBe('f');
    expect(during.bitrate).toBeGreaterThan(before.bitrate * 0.85);
    expect(pictures.lost + sounds.lost).toBe(0);
    expect(during.gap).toBeLessThan(500);
    const requests = (await meeting.statsOf('anna')).upstream.find(({ rid }) => rid === 'f');
    expect(requests?.keyFrameRequestsSent).toBe(requestsBefore?.keyFrameRequestsSent);

    // The one behind the path: the voice goes on, 3 s after the fall without gaps, and the pictures are what fits.
    expect(['q', null]).toContain(await layerOf('carl'));
    expect(voice.longestGap(limitedAt + 3_000)).toBeLessThan(500);
    const { downlink } = await meeting.statsOf('carl');
    expect(downlink.source).toBe('transport-cc');
    expect(downlink.estimate).toBeLessThan(200_000);

    path.impairment = {};
    await until(async () => (await layerOf('carl')) === 'f');
  }, 60_000);
});
