import type { Host } from './host.ts';
import { runOn } from './host.ts';

/** What happens to packets on their way. */
export interface Impairment {
  /** 0 to 100. */
  readonly lossPercent?: number;
  /** kbit/s. */
  readonly rateKbit?: number;
  /** With `rateKbit`: how long a packet may wait before it is dropped. */
  readonly queueMs?: number;
  /** Needs a kernel with netem. */
  readonly delayMs?: number;
  readonly jitterMs?: number;
}

/** One direction of the cable. */
export interface Direction {
  readonly from: Host;
  readonly to: Host;
}

const table = 'conclave-impairment';

/**
 * Spoils one direction until the result is disposed of. Loss is made by nftables where packets arrive (dropped
 * where they leave, the sender would be told); rate by a token bucket where they leave; delay by netem.
 */
export async function impair(direction: Direction, impairment: Impairment): Promise<AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const { from, to } = direction;
  const queue = queueingArguments(impairment);
  if (queue !== null) {
    await runOn(from, 'tc', 'qdisc', 'replace', 'dev', from.device, 'root', ...queue);
    undo.defer(async () => void (await runOn(from, 'tc', 'qdisc', 'del', 'dev', from.device, 'root')));
  }
  const { lossPercent } = impairment;
  if (lossPercent !== undefined) {
    await runOn(to, 'nft', lossRules(to, lossPercent));
    undo.defer(async () => void (await runOn(to, 'nft', 'delete', 'table', 'inet', table)));
  }
  return undo.move();
}

/** Both directions spoiled alike. */
export async function impairBoth(one: Host, other: Host, impairment: Impairment): Promise<AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  undo.use(await impair({ from: one, to: other }, impairment));
  undo.use(await impair({ from: other, to: one }, impairment));
  return undo.move();
}

/** What `tc qdisc` is told; null when nothing is to be queued. */
export function queueingArguments(impairment: Impairment): string[] | null {
  const { delayMs, jitterMs, rateKbit, queueMs = 200 } = impairment;
  if (delayMs !== undefined) {
    const rate = rateKbit === undefined ? [] : ['rate', `${rateKbit}kbit`];
    return ['netem', 'delay', `${delayMs}ms`, `${jitterMs ?? 0}ms`, ...rate];
  }
  if (rateKbit === undefined) return null;
  // The bucket has to hold at least one whole packet.
  const burst = Math.max(3_000, rateKbit * 2);
  return ['tbf', 'rate', `${rateKbit}kbit`, 'burst', `${burst}`, 'latency', `${queueMs}ms`];
}

function lossRules(to: Host, lossPercent: number): string {
  const share = Math.round(lossPercent * 100);
  // All of them is no chance: the comparison would be out of its range.
  const chance = share >= 10_000 ? '' : `numgen random mod 10000 < ${share}`;
  return `table inet ${table} {
    chain arriving {
      type filter hook prerouting priority raw; policy accept;
      iifname "${to.device}" ${chance} drop
    }
  }`;
}
