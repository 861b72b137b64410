import { setTimeout as sleep } from 'node:timers/promises';
import type { Offer } from '../harness/Arena.ts';
import type { Deeds, Order } from '../harness/Attacker.ts';

export interface AttackContext extends Order {
  /** Has an offer answered, as the server would. */
  connect(peer: string, offer: Offer): Promise<string>;
  /** Says that everything is prepared; resolves when the attack may begin. */
  begin(): Promise<void>;
}

export type Attack = (context: AttackContext) => Promise<Deeds>;

/** Counts what is sent and what comes back. */
export class Tally implements Deeds {
  sent = 0;
  sentBytes = 0;
  received = 0;
  receivedBytes = 0;
  largest = 0;

  out(bytes: number): void {
    this.sent += 1;
    this.sentBytes += bytes;
  }

  in(bytes: number): void {
    this.received += 1;
    this.receivedBytes += bytes;
    this.largest = Math.max(this.largest, bytes);
  }

  get deeds(): Deeds {
    const { sent, sentBytes, received, receivedBytes, largest } = this;
    return { sent, sentBytes, received, receivedBytes, largest };
  }
}

/** Calls `act` so many times a second for so long; whoever cannot keep up with it does less. */
export async function atRate(
  perSecond: number,
  seconds: number,
  act: (index: number) => void,
): Promise<void> {
  const begin = performance.now();
  let index = 0;
  for (;;) {
    const elapsed = performance.now() - begin;
    if (elapsed > seconds * 1_000) return;
    const due = Math.floor((elapsed / 1_000) * perSecond);
    // Never more at once than a socket's buffer takes: the rest is made up for later, or not at all.
    for (let burst = 0; index < due && burst < 200; burst++) act(index++);
    await (index < due ? new Promise<void>((resolve) => setImmediate(resolve)) : sleep(1));
  }
}
