import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../../packages/sfu/src/testing/until.ts';
import { Bystanders, besiege, expectUnharmed, type Siege, summary } from './harness/bystanders.ts';

async function attacked(
  bystanders: Bystanders,
  attack: string,
  seconds: number,
  options: Record<string, unknown> = {},
): Promise<Siege> {
  const siege = await besiege(bystanders, { attack, seconds, options });
  console.log(summary(attack, siege));
  expectUnharmed(bystanders, siege);
  return siege;
}

describe('transports', () => {
  it('of one participant are made ten at once, then one in two seconds', async () => {
    await using bystanders = await Bystanders.open();
    const seconds = 4;
    const { deeds } = await attacked(bystanders, 'offers', seconds);
    expect(deeds.sent).toBeGreaterThan(100);
    expect(deeds.received).toBeLessThanOrEqual(11 + Math.ceil((seconds + 1) / 2));
  });

  it('that never finish are given up after twenty seconds, with all that they took', async () => {
    await using bystanders = await Bystanders.open();
    const { deeds } = await attacked(bystanders, 'halfOpen', 4);
    expect(deeds.received).toBe(100);
    const { arena } = bystanders;
    await sleep(17_000);
    await until(
      () => arena.events.filter((e) => e.type === 'transport' && e.state === 'failed').length === 100,
    );
    const { peers } = await arena.worker.stats('attacked');
    expect(peers.filter(({ transport }) => transport !== 'none')).toHaveLength(2);
  });

  it('that come and go as fast as they can', async () => {
    await using bystanders = await Bystanders.open();
    const { deeds } = await attacked(bystanders, 'storm', 4);
    expect(deeds.received).toBeGreaterThan(3);
  });

  it('are not made by offers that are bombs, and reading these holds up nobody', async () => {
    await using bystanders = await Bystanders.open();
    const { deeds } = await attacked(bystanders, 'bombs', 3);
    expect(deeds.received).toBe(0);
  });

  it('with data channels that were never negotiated: nothing answers, media goes on', async () => {
    await using bystanders = await Bystanders.open();
    const { deeds } = await attacked(bystanders, 'dataChannels', 3);
    expect(deeds.received).toBe(0);
  });
});
