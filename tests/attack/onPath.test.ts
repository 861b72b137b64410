import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { opusPacket } from '../../packages/sfu/src/testing/mediaPackets.ts';
import { until } from '../../packages/sfu/src/testing/until.ts';
import { Bystanders, expectUnharmed } from './harness/bystanders.ts';
import { InjectingPath } from './harness/InjectingPath.ts';

const isDtls = (data: Buffer): boolean => (data[0] ?? 0) >= 20 && (data[0] ?? 0) <= 63;
const isStun = (data: Buffer): boolean => (data[0] ?? 255) < 4;

/** A ClientHello that no handshake of ours belongs to: right in form, of another random, without a fingerprint behind it. */
function clientHello(seen: Buffer): Buffer {
  const forged = Buffer.from(seen);
  // Record header 13, handshake header 12, version 2, then the random.
  randomBytes(32).copy(forged, 27);
  return forged;
}

const PLAIN_ALERTS = [
  // close_notify and a fatal one, in the clear, as if of this connection.
  Buffer.from('15fefd0000000000000009000201 00'.replace(' ', ''), 'hex'),
  Buffer.from('15fefd000000000000000a00020228', 'hex'),
];

describe('somebody on the path of a client', () => {
  it('who sends a ClientHello before the browser does keeps out that one client, until it offers elsewhere', async () => {
    await using bystanders = await Bystanders.open();
    const { arena } = bystanders;
    using path = await InjectingPath.open(arena.port);
    let raced = 0;
    path.onClient = (data) => {
      if (!isDtls(data) || raced >= 5) return;
      raced += 1;
      for (let copy = 0; copy < 5; copy++) path.inject(clientHello(data));
    };
    // Whether it connects depends on who comes first. Somebody on the path could drop its packets just as well.
    void arena.join('attacked', 'victim', path);
    const attacked = await bystanders.during(async () => {
      await until(() => raced >= 2);
      await sleep(1_000);
    });
    await arena.join('attacked', 'victim');
    expect((await arena.statsOf('attacked', 'victim'))?.transport).toBe('connected');
    expectUnharmed(bystanders, { quiet: { ...attacked, calls: [] }, attacked, deeds: NO_DEEDS });
  });

  it('who replays everything, forges alerts and flips bits reaches nothing that was not sent', async () => {
    await using bystanders = await Bystanders.open();
    const { arena } = bystanders;
    using path = await InjectingPath.open(arena.port);
    const victim = await arena.join('attacked', 'victim', path);
    let sequence = 0;
    const voice = setInterval(
      () => victim.send(opusPacket({ mid: '0', ssrc: 99, sequence: sequence++ })),
      20,
    );
    await sleep(1_000);
    const before = await arena.statsOf('attacked', 'victim');
    const attacked = await bystanders.during(async () => {
      for (let round = 0; round < 20; round++) {
        for (const data of path.seen.slice(0, 200)) {
          path.inject(data);
          if (isStun(data)) continue;
          const flipped = Buffer.from(data);
          const at = flipped.length - 1 - (round % flipped.length);
          flipped[at] = (flipped[at] ?? 0) ^ 0x40;
          path.inject(flipped);
        }
        for (const alert of PLAIN_ALERTS) path.inject(alert);
        await sleep(50);
      }
    });
    clearInterval(voice);
    await sleep(200);
    const after = await arena.statsOf('attacked', 'victim');
    // Replays and forgeries end where SRTP is checked: what arrives is what the client has sent, and RTCP of a second or two.
    expect(after?.transport).toBe('connected');
    expect((after?.packetsIn ?? 0) - (before?.packetsIn ?? 0)).toBeLessThan(sequence + 20);
    expectUnharmed(bystanders, { quiet: { ...attacked, calls: [] }, attacked, deeds: NO_DEEDS });
  });
});

const NO_DEEDS = { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, largest: 0 };
