import { isRtcp } from '../../../packages/sfu/src/rtp/parseRtp.ts';
import type { MediaPeer } from '../../../packages/sfu/src/testing/MediaPeer.ts';
import { opusPacket, vp8Packet } from '../../../packages/sfu/src/testing/mediaPackets.ts';
import type { Arena, RoomName } from './Arena.ts';

/** What one receiver got in a stretch of time. */
export interface Reception {
  readonly sent: number;
  readonly lost: number;
  /** Between two packets of a stream, ms. */
  readonly longestGap: number;
}

const TICK = 20;
/** Packets of a picture in each tick: 1,000 bytes each, 1.2 Mbit/s. */
const VIDEO_PACKETS = 3;

/**
 * Two honest people, one of whom speaks and shows a picture: 50 packets of sound and 150 of picture a second. What the
 * other one gets says what an attack does to people who have nothing to do with it.
 */
export class Call implements Disposable {
  readonly room: RoomName;
  readonly sender: MediaPeer;
  readonly receiver: MediaPeer;
  readonly #streams = new Map<number, { packets: Set<number>; at: number; gap: number }>();
  readonly #timer: NodeJS.Timeout;
  #sent = 0;
  #sequence = 1_000;
  #at = performance.now();
  #late = 0;

  private constructor(room: RoomName, sender: MediaPeer, receiver: MediaPeer) {
    this.room = room;
    this.sender = sender;
    this.receiver = receiver;
    const slots = [receiver.slot('audio-slot').ssrc, receiver.slot('video-slot').ssrc];
    const rtx = new Map([[receiver.slot('video-slot').rtxSsrc ?? -1, slots[1] ?? -1]]);
    receiver.onPacket((packet) => {
      if (isRtcp(packet)) return;
      const ssrc = packet.readUInt32BE(8);
      if (slots.includes(ssrc)) this.#arrived(ssrc, packet.readUInt16BE(2));
      else if (rtx.has(ssrc)) this.#arrived(rtx.get(ssrc) ?? -1, -1);
    });
    this.#timer = setInterval(() => this.#send(), TICK);
  }

  static async begin(arena: Arena, room: RoomName): Promise<Call> {
    const sender = await arena.join(room, `${room}-anna`);
    const receiver = await arena.join(room, `${room}-ben`);
    return new Call(room, sender, receiver);
  }

  get flowing(): boolean {
    return this.#streams.size === 2;
  }

  /** What has been received since the last call of this. Packets on their way at either end make a difference of some. */
  take(): Reception {
    let got = 0;
    let longestGap = 0;
    const now = performance.now();
    for (const stream of this.#streams.values()) {
      got += stream.packets.size;
      longestGap = Math.max(longestGap, stream.gap, now - stream.at);
      stream.packets.clear();
      stream.gap = 0;
    }
    const sent = this.#sent;
    this.#sent = 0;
    // A pause of this process is not one of the network.
    const gap = Math.max(0, longestGap - this.#late);
    this.#late = 0;
    return { sent, lost: Math.max(0, sent - got), longestGap: gap };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #arrived(ssrc: number, sequence: number): void {
    const now = performance.now();
    const stream = this.#streams.get(ssrc) ?? { packets: new Set(), at: now, gap: 0 };
    this.#streams.set(ssrc, stream);
    stream.gap = Math.max(stream.gap, now - stream.at);
    stream.at = now;
    if (sequence >= 0) stream.packets.add(sequence);
  }

  #send(): void {
    const now = performance.now();
    this.#late = Math.max(this.#late, now - this.#at - TICK);
    this.#at = now;
    if (!this.sender.open) return;
    const frame = this.#sequence++;
    this.sender.send(opusPacket({ mid: '0', ssrc: 11, sequence: frame }));
    for (let part = 0; part < VIDEO_PACKETS; part++) {
      const sequence = frame * VIDEO_PACKETS + part;
      const keyFrame = frame % 50 === 0 && part === 0;
      this.sender.send(vp8Packet({ mid: '1', rid: 'h', ssrc: 22, sequence, keyFrame, bytes: 1_000 }));
    }
    this.#sent += 1 + VIDEO_PACKETS;
  }
}
