// People in one meeting, against a server of its own on loopback: `npm run load -- --people 300 --cameras 16 --speaking 4
// --seconds 60`. They come in steps; after each one it is measured what a participant gets and what that costs. Ends by
// itself, with one line of JSON.
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootMeeting } from '../integration/signalling/bootMeeting.ts';
import { Crowd } from './Crowd.ts';
import type { PersonOptions, PersonReport } from './LoadParticipant.ts';
import { readOptions } from './options.ts';
import { mediaWorkersOf, usageOf } from './processes.ts';

const options = readOptions({
  people: 50,
  cameras: 16,
  speaking: 4,
  seconds: 30,
  visible: 16,
  frames: 15,
  /** So many look at every packet; for the others native code does, which costs a third. */
  measuring: 20,
  steps: 3,
  processes: 2,
});
const settle = 4_000;

interface Step {
  readonly people: number;
  readonly cameras: number;
  readonly joining_ms_p95: number;
  readonly first_packet_ms_p95: number;
  readonly packets_per_person: number;
  readonly loss_percent: number;
  readonly delay_ms_p50: number;
  readonly delay_ms_p99: number;
  readonly switches_per_person: number;
  readonly worker_cores: number;
  readonly server_cores: number;
  readonly people_cores: number;
  readonly worker_mb: number;
}

function person(index: number): PersonOptions {
  const { people, cameras, speaking, measuring } = options;
  // Spread, so that every step has its share of them.
  const isOneOf = (count: number): boolean =>
    Math.floor(((index + 1) * count) / people) > Math.floor((index * count) / people);
  return {
    index,
    camera: isOneOf(Math.min(cameras, people)),
    microphone: index < speaking * 2,
    measures: isOneOf(Math.min(measuring, people)),
  };
}

const share = (all: readonly number[], of: number): number => {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
};
const rounded = (value: number): number => Math.round(value * 100) / 100;

await using meeting = await bootMeeting({ media: { workers: 1, announcedAddresses: ['127.0.0.1'] } });
const { id: meetingId, proof, origin } = meeting;
const load = { origin, meetingId, proof, visible: options.visible, framesPerSecond: options.frames };
using crowd = new Crowd(load, options.processes);
const all = Array.from({ length: options.people }, (_, index) => person(index));
const speakers = all.filter(({ microphone }) => microphone).map(({ index }) => index);
console.log(`${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(2)}`);

const steps: Step[] = [];
for (let step = 1; step <= options.steps; step++) {
  const [from, to] = [step - 1, step].map((each) => Math.round((all.length * each) / options.steps));
  await crowd.join(all.slice(from, to));
  crowd.converse(
    speakers.filter((index) => index < (to ?? 0)),
    options.speaking,
  );
  await sleep(settle);
  const row = await measure(all.slice(0, to), from ?? 0);
  console.log(row);
  steps.push(row);
}
const [first, last] = [steps[0], steps.at(-1)];
const further =
  first === undefined || last === undefined || first === last
    ? null
    : ((last.worker_cores - first.worker_cores) / (last.people - first.people)) * 1_000;
console.log(
  JSON.stringify({
    ...last,
    worker_millicores_per_person: rounded(((last?.worker_cores ?? 0) / (last?.people ?? 1)) * 1_000),
    worker_millicores_per_further_person: further === null ? null : rounded(further),
  }),
);

async function measure(here: readonly PersonOptions[], before: number): Promise<Step> {
  const workers = mediaWorkersOf(process.pid);
  await crowd.report();
  const start = { at: performance.now(), own: process.cpuUsage() };
  const [worker, people] = [usageOf(workers), usageOf(crowd.pids)];
  await sleep((options.seconds / options.steps) * 1_000);
  const elapsed = performance.now() - start.at;
  const own = process.cpuUsage(start.own);
  const [workerNow, peopleNow] = [usageOf(workers), usageOf(crowd.pids)];
  const reports = await crowd.report();
  const measuring = reports.filter(({ packets }) => packets > 0);
  const sum = (of: (report: PersonReport) => number): number =>
    measuring.reduce((total, report) => total + of(report), 0);
  const delays = measuring.flatMap((report) => [...report.delays]);
  const [packets, lost] = [sum((report) => report.packets), sum((report) => report.lost)];
  const newcomers = reports.filter((_, place) => place >= before || before === 0);
  return {
    people: here.length,
    cameras: here.filter(({ camera }) => camera).length,
    joining_ms_p95: Math.round(
      share(
        newcomers.map(({ joinedAfter }) => joinedAfter),
        0.95,
      ),
    ),
    first_packet_ms_p95: Math.round(
      share(
        measuring.flatMap(({ heardAfter }) => heardAfter ?? []),
        0.95,
      ),
    ),
    packets_per_person: Math.round((packets / measuring.length / elapsed) * 1_000),
    loss_percent: rounded((lost / Math.max(1, lost + packets)) * 100),
    delay_ms_p50: rounded(share(delays, 0.5)),
    delay_ms_p99: rounded(share(delays, 0.99)),
    switches_per_person: rounded(
      reports.reduce((total, { switches }) => total + switches, 0) / reports.length,
    ),
    worker_cores: rounded((workerNow.cpu - worker.cpu) / elapsed),
    server_cores: rounded((own.user + own.system) / 1_000 / elapsed),
    people_cores: rounded((peopleNow.cpu - people.cpu) / elapsed),
    worker_mb: Math.round(workerNow.memory / 1e6),
  };
}
