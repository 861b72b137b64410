import { vp8Packet } from '../../src/testing/mediaPackets.ts';
import { PACKET_BYTES } from './scenario.ts';
import type { Transport } from './Transport.ts';

/** Packets go out in bursts of this period, as a browser's pacer sends them, ms. */
const PERIOD = 5;
/** Where in a packet the time of sending is, from its end. */
export const STAMP = 8;

/** ms, the same clock in all processes of this machine. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** One layer of a camera: `rate` packets a second, a key frame each second, stamped with the time of sending. */
export function startSource(
  transport: Transport,
  options: {
    readonly mid: string;
    readonly rid: string | null;
    readonly ssrc: number;
    readonly rate: number;
  },
): void {
  const { mid, rid, ssrc, rate } = options;
  const started = clock();
  let sequence = 0;
  const packet = (bytes: number) =>
    vp8Packet({
      mid,
      ...(rid === null ? {} : { rid }),
      ssrc,
      sequence,
      transportSequence: sequence,
      keyFrame: sequence % Math.ceil(rate) === 0,
      bytes,
    });
  const payload = 200 + PACKET_BYTES - packet(200).length;
  setInterval(() => {
    const due = Math.floor(((clock() - started) * rate) / 1_000);
    for (; sequence < due; sequence++) {
      const stamped = packet(payload);
      new DataView(stamped.buffer, stamped.byteOffset).setFloat64(stamped.length - STAMP, clock());
      transport.send(stamped);
    }
  }, PERIOD);
}
