import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRtcp } from '../rtp/parseRtp.ts';
import { collectRtp, sendFlow } from '../testing/flow.ts';
import { Meeting } from '../testing/Meeting.ts';
import { opusPacket } from '../testing/mediaPackets.ts';
import { until } from '../testing/until.ts';

const voice = (sequence: number) => opusPacket({ mid: '0', ssrc: 11, sequence });

/** Two honest peers, one of whom speaks; `attack`; then not one packet is missing and the process is the same. */
async function unharmed(attack: (meeting: Meeting) => Promise<void>): Promise<void> {
  await using meeting = await Meeting.open();
  const [anna, ben] = [await meeting.join('anna'), await meeting.join('ben')];
  const got = collectRtp(ben, ben.slot('audio-slot').ssrc);
  using flow = sendFlow(anna, voice);
  await until(() => got.length > 5);
  await attack(meeting);
  const { sent } = flow;
  await until(() => got.length >= sent - 20 && got.length > 20);
  const numbers = got.map((packet) => packet.readUInt16BE(2));
  expect(numbers.map((n) => (n - (numbers[0] ?? 0)) & 0xffff)).toEqual(numbers.map((_, index) => index));
  expect(meeting.logs).toEqual([]);
  expect(process.kill(meeting.worker.pid, 0)).toBe(true);
}

/** Datagrams whose first bytes say STUN, DTLS, RTP, RTCP or nothing (RFC 7983), the rest at random. */
const datagram = fc
  .tuple(
    fc.constantFrom(
      [0x00, 0x01, 0x00, 0x08, 0x21, 0x12, 0xa4, 0x42],
      [0x01, 0x01, 0x00, 0x00, 0x21, 0x12, 0xa4, 0x42],
      [0x16, 0xfe, 0xfd, 0x00, 0x00],
      [0x16, 0xfe, 0xff, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x40, 0x01],
      [0x17, 0xfe, 0xfd, 0x00, 0x01],
      [0x80, 0x60],
      [0x90, 0xef],
      [0x80, 0xc8],
      [0x81, 0xc9, 0xff, 0xff],
      [0xff],
      [],
    ),
    fc.uint8Array({ maxLength: 1_400 }),
  )
  .map(([head, body]) => Buffer.from([...head, ...body]));

/** The library that encrypts refuses the worst of it itself. */
function attempt(send: () => void): void {
  try {
    send();
  } catch {}
}

describe('strangers and liars', () => {
  it('garbage STUN, DTLS, RTP and RTCP to the UDP port', async () => {
    await unharmed(async ({ port }) => {
      const socket = createSocket('udp4').bind(0, '127.0.0.1');
      await once(socket, 'listening');
      // In bursts: a receive buffer that overflows would lose honest packets too, and prove nothing.
      for (const [index, packet] of fc.sample(datagram, 3_000).entries()) {
        socket.send(packet, port, '127.0.0.1');
        if (index % 30 === 0) await sleep(2);
      }
      socket.close();
    });
  });

  it('garbage RTP and RTCP from a peer, properly encrypted', async () => {
    await unharmed(async (meeting) => {
      const mallory = await meeting.join('mallory');
      const inner = fc.tuple(
        fc.constantFrom(
          [0x80, 0x6f],
          [0x90, 0x6f],
          [0x90, 0xe0],
          [0xbf, 0x60],
          [0xb0, 0x61],
          [0x80, 0xc8, 0x00, 0x06],
          [0x81, 0xc9, 0x00, 0x07],
          [0x81, 0xcd, 0x00, 0x03],
          [0x8f, 0xcd, 0x00, 0x05],
          [0x81, 0xce, 0x00, 0x02],
          [0x8f, 0xce, 0x00, 0x04],
          [0x84, 0xce, 0x00, 0x04],
        ),
        fc.uint8Array({ minLength: 10, maxLength: 300 }),
      );
      for (const [index, [head, body]] of fc.sample(inner, 2_000).entries()) {
        const packet = Buffer.from([...head, ...body]);
        // Few sources: with ever new ones the transport would be cut off before the rest is read.
        packet.writeUInt32BE(index % 50, isRtcp(packet) ? 4 : 8);
        // Half of them name a real slot or a real line, so that they get further.
        if (index % 2 === 0 && packet.length > 24) packet.writeUInt32BE(mallory.slot('video-slot').ssrc, 8);
        if (index % 4 === 1) {
          const valid = opusPacket({ mid: String(index % 10), ssrc: index % 50, sequence: index });
          packet.copy(Buffer.from(valid.buffer), 28);
          attempt(() => mallory.send(valid));
        } else attempt(() => mallory.send(packet));
        if (index % 20 === 0) await sleep(5);
      }
      await until(async () => (await meeting.statsOf('mallory')).packetsIn > 500);
      expect((await meeting.statsOf('mallory')).dropped.malformed).toBeGreaterThan(0);
      await meeting.worker.disconnect('room', 'mallory');
    });
  });

  it('numbers that leap, and floods of every kind of feedback', async () => {
    await unharmed(async (meeting) => {
      const mallory = await meeting.join('mallory');
      const liar = new Uint8Array(24);
      liar.set([0x8f, 205, 0, 5]);
      liar.set([0x1f, 0xff], 14);
      liar.set([0x1f, 0xff], 20);
      const lies = Buffer.concat(new Array<Uint8Array>(50).fill(liar));
      for (let index = 0; index < 1_500; index++) {
        const sequence = (index * 401) & 0xffff;
        const transportSequence = (index * 2047) & 0xffff;
        attempt(() =>
          mallory.send(opusPacket({ mid: '0', ssrc: 1_000 + (index % 50), sequence, transportSequence })),
        );
        if (index % 10 === 0) attempt(() => mallory.send(lies));
        if (index % 20 === 0) await sleep(5);
      }
      await until(async () => (await meeting.statsOf('mallory')).packetsIn > 500);
      await meeting.worker.disconnect('room', 'mallory');
    });
  });
});
