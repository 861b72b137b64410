import { describe, expect, it } from 'vitest';
import { readLocalDescription } from '../../packages/sfu/src/testing/readLocalDescription.ts';
import { Bystanders, besiege, expectUnharmed, type Siege, summary } from './harness/bystanders.ts';

const SECONDS = 3;
const RATE = 50_000;

async function flooded(attack: string, options: Record<string, unknown> = {}): Promise<Siege> {
  await using bystanders = await Bystanders.open();
  const { offer, answer } = bystanders.calls[0]?.sender ?? {};
  const [local, remote] = [readLocalDescription(answer ?? ''), readLocalDescription(offer ?? '')];
  const username = `${local.iceUfrag}:${remote.iceUfrag}`;
  const order = { attack, seconds: SECONDS, options: { rate: RATE, username, ...options } };
  const siege = await besiege(bystanders, order, { control: true });
  console.log(summary(attack, siege));
  expectUnharmed(bystanders, siege);
  return siege;
}

describe('a stranger who sends 50,000 datagrams a second to the port', () => {
  it.each(['stunUnknown', 'stunForged', 'stunTruncated', 'dtls', 'rtp'])(
    '%s: nothing comes back, nothing is kept',
    async (name) => {
      const { deeds, attacked } = await flooded(name);
      // Fewer on a machine that cannot make as many; what counts is that there were many.
      expect(deeds.sent).toBeGreaterThan(SECONDS * RATE * 0.2);
      expect(deeds.received).toBe(0);
      expect(attacked.grown).toBeLessThan(16e6);
    },
  );
});
