import type { Host } from './host.ts';
import { runOn } from './host.ts';

/** What happens to everything that a host sends. */
export interface Impairment {
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** 0 to 100. */
  readonly lossPercent?: number;
  /** kbit/s. */
  readonly rateKbit?: number;
  /** Packets that may wait; what comes on top is dropped. */
  readonly queuePackets?: number;
}

/** Spoils what `host` sends, by `tc netem`, until the result is disposed of. */
export async function impair(host: Host, impairment: Impairment): Promise<AsyncDisposable> {
  await runOn(
    host,
    'tc',
    'qdisc',
    'replace',
    'dev',
    host.device,
    'root',
    'netem',
    ...netemArguments(impairment),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      await runOn(host, 'tc', 'qdisc', 'del', 'dev', host.device, 'root');
    },
  };
}

export function netemArguments(impairment: Impairment): string[] {
  const { delayMs, jitterMs, lossPercent, rateKbit, queuePackets } = impairment;
  const args: string[] = [];
  if (queuePackets !== undefined) args.push('limit', `${queuePackets}`);
  if (delayMs !== undefined || jitterMs !== undefined) args.push('delay', `${delayMs ?? 0}ms`);
  if (jitterMs !== undefined) args.push(`${jitterMs}ms`);
  if (lossPercent !== undefined) args.push('loss', `${lossPercent}%`);
  if (rateKbit !== undefined) args.push('rate', `${rateKbit}kbit`);
  return args;
}
