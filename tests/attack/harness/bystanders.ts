import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../../../packages/sfu/src/testing/until.ts';
import { Arena, ROOMS } from './Arena.ts';
import { Attacker, type Deeds, type Order } from './Attacker.ts';
import { Call, type Reception } from './Call.ts';

/** What the bystanders and the worker went through in a stretch of time. */
export interface Stretch {
  /** Of the room that is attacked, and of another one. */
  readonly calls: readonly Reception[];
  /** Share of a processor that the worker took. */
  readonly load: number;
  /** Growth of the worker's resident memory, bytes. */
  readonly grown: number;
}

/** A worker with an honest call in each of two rooms. */
export class Bystanders implements AsyncDisposable {
  readonly arena: Arena;
  readonly calls: readonly Call[];

  private constructor(arena: Arena, calls: readonly Call[]) {
    this.arena = arena;
    this.calls = calls;
  }

  static async open(): Promise<Bystanders> {
    const arena = await Arena.open();
    const calls: Call[] = [];
    for (const room of ROOMS) calls.push(await Call.begin(arena, room));
    await until(() => calls.every(({ flowing }) => flowing));
    return new Bystanders(arena, calls);
  }

  /** What happens to them while `act` runs, and for half a second after it. */
  async during(act: () => Promise<unknown>): Promise<Stretch> {
    for (const call of this.calls) call.take();
    const { memory, cpu } = this.arena;
    const begin = performance.now();
    await act();
    await sleep(500);
    const calls = this.calls.map((call) => call.take());
    const load = (this.arena.cpu - cpu) / (performance.now() - begin);
    return { calls, load, grown: this.arena.memory - memory };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const call of this.calls) call[Symbol.dispose]();
    await this.arena[Symbol.asyncDispose]();
  }
}

export interface Siege {
  readonly deeds: Deeds;
  readonly quiet: Stretch;
  readonly attacked: Stretch;
}

/** Nobody listens there. */
const DEAD_PORT = 9;

/** The same calls without an attack, then with it. With `control`, the same load goes to a dead port before. */
export async function besiege(
  bystanders: Bystanders,
  order: Omit<Order, 'port'>,
  options: { readonly control?: boolean } = {},
): Promise<Siege> {
  const quiet =
    options.control === true
      ? await bystanders.during(() => attack(bystanders.arena, { ...order, port: DEAD_PORT }))
      : NOTHING;
  using attacker = new Attacker(bystanders.arena, order);
  await attacker.ready;
  let deeds: Deeds | null = null;
  const attacked = await bystanders.during(async () => {
    attacker.start();
    deeds = await attacker.done;
  });
  if (deeds === null) throw new Error('the attacker told nothing');
  return { deeds, quiet, attacked };
}

async function attack(arena: Arena, order: Order): Promise<void> {
  using attacker = new Attacker(arena, order);
  await attacker.ready;
  attacker.start();
  await attacker.done;
}

/** Packets of each stretch that may be on their way at its ends. */
const ON_THE_WAY = 12;

/** The bar of every attack: under 1 % more lost than without it, no picture or sound that stops for a second. */
export function expectUnharmed(bystanders: Bystanders, { quiet, attacked }: Siege): void {
  for (const [index, call] of attacked.calls.entries()) {
    const before = quiet.calls[index];
    const expected = before === undefined || before.sent === 0 ? 0 : before.lost / before.sent;
    expect(call.longestGap).toBeLessThan(1_000);
    expect(call.lost).toBeLessThanOrEqual(call.sent * (expected + 0.01) + ON_THE_WAY);
  }
  expect(bystanders.arena.alive).toBe(true);
  // What is read from strangers may be anything; that it throws somewhere would be a fault of ours.
  expect(bystanders.arena.logs).toEqual([]);
}

/** Without an attack a call on one machine loses nothing. */
const NOTHING: Stretch = { calls: [], load: 0, grown: 0 };

/** One line to read in a report. */
export function summary(name: string, { deeds, quiet, attacked }: Siege): string {
  const gaps = attacked.calls.map(({ longestGap }) => longestGap.toFixed(0)).join('/');
  const lost = attacked.calls.map(({ lost: each, sent }) => `${each} of ${sent}`).join(', ');
  const load = `${(quiet.load * 100).toFixed(0)} → ${(attacked.load * 100).toFixed(0)} %`;
  const grown = `${(attacked.grown / 1e6).toFixed(1)} MB`;
  return `${name}: out ${deeds.sent} (${(deeds.sentBytes / 1e6).toFixed(1)} MB), back ${deeds.received} (${(deeds.receivedBytes / 1e6).toFixed(1)} MB); lost ${lost}; gap ${gaps} ms; load ${load}; memory ${grown}`;
}
