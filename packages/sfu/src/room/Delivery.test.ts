import { describe, expect, it } from 'vitest';
import type { LineUse } from '../control/media.ts';
import { ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { parseRtp } from '../rtp/parseRtp.ts';
import { negotiate } from '../sdp/negotiate.ts';
import { EXTENSIONS, PAYLOAD_TYPES, writeOffer } from '../testing/writeOffer.ts';
import { PacketBuffer } from '../transport/PacketBuffer.ts';
import type { BudgetRequest } from './allocateBudget.ts';
import { Delivery } from './Delivery.ts';

const LOCAL = {
  iceUfrag: 'abcdefgh',
  icePwd: 'abcdefghijklmnopqrstuvwx',
  fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
  setup: 'active',
  candidates: [],
} as const;
const numbers = new ExtensionTable({ transportSequence: EXTENSIONS.transportSequence });
/** A picture that is too much for what is known of a path that nothing is known of. */
const LARGE: BudgetRequest = { priority: 'focus', bitrates: [150_000, 500_000, 2_500_000], former: -1 };

class Scene {
  readonly sent: Uint8Array[] = [];
  readonly delivery: Delivery;
  #time = 50_000;

  constructor(uses: readonly LineUse[], feedback: boolean) {
    const lines = uses.map((use, index) => ({ mid: String(index), use }));
    const { lines: negotiated } = negotiate(writeOffer(lines, LOCAL, feedback), lines);
    this.delivery = new Delivery(negotiated, 1, {
      buffer: new PacketBuffer(),
      send: (packet) => this.sent.push(Uint8Array.from(packet)) > 0,
      resend: (packet) => this.sent.push(Uint8Array.from(packet)) > 0,
      connected: () => true,
      onSwitch: () => {},
    });
  }

  get time(): number {
    return this.#time;
  }

  /** Wants a large picture for so long, ms; a probe is sent as the connection would. */
  want(milliseconds: number): void {
    for (const end = this.#time + milliseconds; this.#time < end; this.#time += 5) {
      if (this.#time % 20 === 0) this.delivery.tick(this.#time);
      if (this.#time % 500 === 0) this.delivery.spend(50_000, [LARGE], this.#time);
      if (this.delivery.isProbing) this.delivery.probe(this.#time);
    }
  }
}

describe('Delivery', () => {
  it('probes with padding on the retransmission stream of a picture, every packet numbered', () => {
    const scene = new Scene(['camera', 'audio-slot', 'video-slot', 'video-slot'], true);
    scene.want(400);
    expect(scene.sent.length).toBeGreaterThan(5);
    const streams = scene.delivery.slots.map(({ streams: { rtxSsrc } }) => rtxSsrc);
    const sequences = scene.sent.map((bytes) => {
      const packet = parseRtp(bytes, numbers, 0);
      expect(packet?.payloadType).toBe(PAYLOAD_TYPES.rtx);
      expect(packet?.isPadding).toBe(true);
      expect(streams).toContain(packet?.ssrc);
      return packet?.transportSequence ?? -1;
    });
    expect(sequences).toEqual(sequences.map((_, index) => index));
    // Twice the first estimate for 20 ms, and a packet more.
    const bytes = scene.sent.reduce((sum, packet) => sum + packet.length, 0);
    expect(bytes).toBeLessThan((2_000_000 * 20) / 8_000 + 400);
  });

  it('does not probe a receiver that gives no feedback, and goes by its REMB', () => {
    const scene = new Scene(['camera', 'audio-slot', 'video-slot'], false);
    scene.want(5_000);
    expect(scene.sent).toEqual([]);
    expect(scene.delivery.spend(50_000, [LARGE], scene.time)).toEqual([2]);
    for (const bitrate of [2_000_000, 400_000]) scene.delivery.onEstimate(bitrate, scene.time);
    expect(scene.delivery.stats()).toMatchObject({ source: 'remb', estimate: 400_000 });
    expect(scene.delivery.spend(50_000, [{ ...LARGE, former: 2 }], scene.time)).toEqual([0]);
  });

  it('does not go by the REMB of a receiver that gives feedback', () => {
    const scene = new Scene(['camera', 'audio-slot', 'video-slot'], true);
    scene.want(20);
    for (const bitrate of [2_000_000, 100_000]) scene.delivery.onEstimate(bitrate, scene.time);
    expect(scene.delivery.spend(50_000, [LARGE], scene.time)).toEqual([1]);
    expect(scene.delivery.stats()).toMatchObject({ source: 'none', estimate: null });
  });

  it('has nothing to probe with when it sends sound alone', () => {
    const scene = new Scene(['microphone', 'audio-slot'], true);
    scene.want(2_000);
    expect(scene.sent).toEqual([]);
  });

  it('gives less and less to a receiver whose feedback never comes', () => {
    const scene = new Scene(['camera', 'audio-slot', 'video-slot'], true);
    scene.want(30_000);
    expect(scene.delivery.spend(50_000, [LARGE], scene.time)).toEqual([-1]);
  });
});
