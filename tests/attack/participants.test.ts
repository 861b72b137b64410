import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MediaPeer } from '../../packages/sfu/src/testing/MediaPeer.ts';
import { USES } from '../../packages/sfu/src/testing/Meeting.ts';
import { feedback } from './attackers/feedback.ts';
import { media } from './attackers/media.ts';
import { Bystanders, besiege, expectUnharmed, type Siege, summary } from './harness/bystanders.ts';

const SECONDS = 2;
/** What the honest camera sends, bit/s. */
const PICTURE_BITRATE = 1_250_000;

let bystanders: Bystanders;
beforeAll(async () => {
  bystanders = await Bystanders.open();
});
beforeEach(async () => {
  // Whatever the last one did to the worker is not this one's fault.
  if (bystanders.arena.alive) return;
  await bystanders[Symbol.asyncDispose]();
  bystanders = await Bystanders.open();
});
afterAll(() => bystanders[Symbol.asyncDispose]());

/** Somebody who has joined sends it for some seconds; the people in the same room and in another one notice nothing. */
async function joined(
  attack: string,
  seconds = SECONDS,
  options: Record<string, unknown> = {},
): Promise<Siege> {
  const siege = await besiege(bystanders, { attack, seconds, options });
  await bystanders.arena.worker.disconnect('attacked', `mallory ${attack}`);
  console.log(summary(attack, siege));
  expectUnharmed(bystanders, siege);
  return siege;
}

/** Why the transport of the one who attacks was closed by us. */
function cutOff(attack: string): string | undefined {
  const { events } = bystanders.arena;
  const cut = events.findLast((event) => event.type === 'transport' && event.peer === `mallory ${attack}`);
  return cut?.type === 'transport' && cut.state === 'closed' ? cut.reason : undefined;
}

describe('a participant who sends what no browser would', () => {
  const told = ['bitrate', 'newSources', 'sound'];
  it.each(Object.keys(media).filter((name) => !told.includes(name)))('media: %s', async (name) => {
    await joined(name);
  });

  const measured = ['rtcp', 'nack', 'nackSame', 'nackAll'];
  it.each(Object.keys(feedback).filter((name) => !measured.includes(name)))('feedback: %s', async (name) => {
    await joined(name);
  });

  it.each(['bitrate', 'rtcp'])(
    '%s at ten times the limit: the transport is cut off and may not come back at once',
    async (name) => {
      await joined(name, 7);
      expect(cutOff(name)).toBe('flood');
      // Neither at once, nor under the same name after leaving, which `joined` has done.
      const again = await MediaPeer.open(USES);
      const refused = bystanders.arena.connect('attacked', `mallory ${name}`, again);
      await expect(refused).rejects.toMatchObject({ code: 'barred' });
      again.close();
    },
  );

  it('ever new sources: the transport is cut off before they fill the memory', async () => {
    const siege = await joined('newSources');
    expect(cutOff('newSources')).toBe('sources');
    expect(siege.attacked.grown).toBeLessThan(20e6);
  });

  it('a sound of 8 Mbit/s: nobody gets more of it than a sound can be', async () => {
    const { receiver } = bystanders.calls[0] ?? {};
    let bytes = 0;
    const slots =
      receiver?.receiveLines.filter(({ use }) => use === 'audio-slot').map(({ ssrc }) => ssrc) ?? [];
    receiver?.onPacket((packet) => {
      if (slots.includes(packet.readUInt32BE(8))) bytes += packet.length;
    });
    await joined('sound');
    // A sound, its burst of a second, and the honest voice beside it.
    expect(bytes * 8).toBeLessThan(700_000 * (SECONDS + 1.5) + 60_000 * (SECONDS + 3));
  });

  it.each(['nack', 'nackSame', 'nackAll'])(
    '%s: what is sent again stays a share of what is sent',
    async (name) => {
      const { deeds } = await joined(name, SECONDS, { count: 'rtx' });
      const { receivedBytes, sentBytes } = deeds;
      // Half a second may be saved up; some of it are probes of the path, which go the same way.
      expect(receivedBytes * 8).toBeLessThan(PICTURE_BITRATE * (SECONDS + 1.5));
      console.log(`${name}: ${(receivedBytes / sentBytes).toFixed(2)} bytes out for each byte in`);
    },
  );
});
