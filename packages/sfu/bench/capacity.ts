// What a packet costs, beside Janus's videoroom in the same run on the same cores: 1 → 40 and 10 → 10, packets of 1,100
// bytes, everything on. `npm run bench:capacity`; options: --rounds, --seconds, --rate (packets a second that go out),
// --only ours. Janus is Debian's package. Ends with one line of JSON; fails above a bar.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Measured, measure } from './capacity/measure.ts';
import { type Kind, type Scenario, scenarios } from './capacity/scenario.ts';

const BARS = { ratio: 0.4, packetsPerSecond: 150_000, p99: 5, megabytes: 1.5 };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    rate: { type: 'string', default: '40000' },
    only: { type: 'string' },
  },
});
const milliseconds = Number(values.seconds) * 1_000;
const rate = Number(values.rate);
const kinds: Kind[] = values.only === 'ours' ? ['ours'] : ['ours', 'janus'];

async function run(kind: Kind, scenario: Scenario, label: string): Promise<Measured> {
  const measured = await measure(kind, scenario, milliseconds);
  const { microseconds, packets, arrived, p50, p99, memory, load } = measured;
  console.log(
    [
      `${label} ${kind.padEnd(5)} ${scenario.name.padEnd(7)}`,
      `${(microseconds / packets).toFixed(2)} µs a packet`,
      `${(arrived * 100).toFixed(1)} % of ${Math.round(scenario.sources * scenario.sinks * scenario.rate)} packets/s`,
      `${(load * 100).toFixed(0)} % of a core`,
      `delay p50 ${p50.toFixed(2)} p99 ${p99.toFixed(2)} ms`,
      `${(memory / 1e6).toFixed(2)} MB a participant`,
    ].join(', '),
  );
  return measured;
}

const costs: Record<Kind, Measured[]> = { ours: [], janus: [] };
console.log(`load average ${loadavg()[0]?.toFixed(2)}`);
for (let round = 1; round <= Number(values.rounds); round++)
  for (const scenario of scenarios(rate))
    for (const kind of kinds) costs[kind].push(await run(kind, scenario, `round ${round}`));
const delays: number[] = [];
for (const scenario of scenarios(rate / 2)) delays.push((await run('ours', scenario, 'half   ')).p99);

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
/** Of the median rounds of both scenarios together. */
const cost = (kind: Kind): number => {
  const of = (scenario: number) =>
    median(
      costs[kind]
        .filter((_, index) => index % 2 === scenario)
        .map((each) => each.microseconds / each.packets),
    );
  return (of(0) + of(1)) / 2;
};
/**
 * Of 1 → 40, where each participant gets 1,000 packets a second: in 10 → 10 it is 4,000 for each of a few, and what is seen
 * is how much garbage a heap holds at that rate.
 */
const memory = median(costs.ours.filter((_, index) => index % 2 === 0).map((each) => each.memory));
const rounded = (value: number): number => Math.round(value * 100) / 100;
const ours = cost('ours');
const janus = cost('janus');
const result = {
  us_per_packet: rounded(ours),
  janus_us_per_packet: rounded(janus),
  ratio_to_janus: rounded(ours / janus),
  packets_per_s_per_core: Math.round(1e6 / ours),
  p99_forward_ms: rounded(Math.max(...delays)),
  mb_per_participant: rounded(memory / 1e6),
};
const failed = [
  values.only === 'ours' ||
    result.ratio_to_janus <= BARS.ratio ||
    `CPU per packet is above ${BARS.ratio} times Janus's`,
  result.packets_per_s_per_core >= BARS.packetsPerSecond ||
    `below ${BARS.packetsPerSecond} packets/s for a core`,
  result.p99_forward_ms <= BARS.p99 || `the delay at half load is above ${BARS.p99} ms`,
  result.mb_per_participant <= BARS.megabytes || `above ${BARS.megabytes} MB a participant`,
].filter((failure) => failure !== true);
for (const failure of failed) console.error(failure);
if (failed.length > 0) process.exitCode = 1;
console.log(JSON.stringify(result));
