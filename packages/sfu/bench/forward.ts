// CPU for each forwarded packet, 1 → 40, with everything on, beside a bare loop on the same transport.
// `npm run bench:sfu`; options: --rounds N, --seconds N. Ends with one line of JSON; fails above the bar.
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort } from '../src/testing/freePort.ts';
import { type Message, type Mode, next } from './messages.ts';

const SINKS = 40;
/** Packets a second from the one source: 20,000 a second go out. */
const RATE = 500;
/** The most that everything we do may cost, in what the transport costs by itself. */
const BAR = 1.8;
const WARM_UP = 3_000;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '5' } },
});

function start(file: string, ...args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: [] });
}

/** Forwards offers one way and answers the other. */
function introduce(peers: ChildProcess, forwarder: ChildProcess): void {
  peers.on('message', (message: Message) => {
    if (message.type === 'offer') forwarder.send(message);
  });
  forwarder.on('message', (message: Message) => {
    if (message.type === 'answer' && peers.connected) peers.send(message);
  });
}

/** µs of CPU of the forwarding process for each packet that it sent. */
async function measure(mode: Mode): Promise<{ microseconds: number; packets: number }> {
  const forwarder = start('./forwarder.ts', mode, String(await freePort()));
  const children = [forwarder];
  try {
    await next(forwarder, 'ready');
    for (const [role, size] of [
      ['sinks', SINKS],
      ['source', RATE],
    ] as const) {
      const peers = start('./peers.ts', role, String(size));
      children.push(peers);
      introduce(peers, forwarder);
      await next(peers, 'ready');
    }
    await sleep(WARM_UP);
    forwarder.send({ type: 'measure', milliseconds: Number(values.seconds) * 1_000 } satisfies Message);
    return await next(forwarder, 'measured');
  } finally {
    for (const child of children) child.removeAllListeners('exit').kill('SIGKILL');
  }
}

const results: Record<Mode, number[]> = { bare: [], sfu: [] };
for (let round = 1; round <= Number(values.rounds); round++)
  for (const mode of ['bare', 'sfu'] as const) {
    const { microseconds, packets } = await measure(mode);
    const cost = microseconds / packets;
    results[mode].push(cost);
    const rate = Math.round(packets / Number(values.seconds));
    console.log(`round ${round} ${mode.padEnd(4)} ${cost.toFixed(2)} µs a packet, ${rate} packets/s`);
  }

const median = (costs: number[]): number => costs.toSorted((a, b) => a - b)[costs.length >> 1] ?? Number.NaN;
const rounded = (value: number): number => Math.round(value * 100) / 100;
const cost = median(results.sfu);
const baseline = median(results.bare);
const ratio = cost / baseline;
if (!(ratio <= BAR)) {
  console.error(`above the bar of ${BAR}`);
  process.exitCode = 1;
}
console.log(
  JSON.stringify({
    us_per_packet: rounded(cost),
    baseline_us_per_packet: rounded(baseline),
    ratio: rounded(ratio),
  }),
);
