// A webinar against a server of its own on loopback: `npm run load:webinar -- --audience 1000 --receivers 1000 --members 3
// --seconds 30`. A host with the worker's own session of the group adds an audience of synthetic people, each with a real
// KeyPackage; so many of it (`members`) follow the group themselves, so many (`receivers`) have a transport and get the
// speaker's picture and sound. Prints what was measured, with one line of JSON at the end; ends by itself.
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import { bootServer } from '../dev-env/bootServer.ts';
import { makeMeeting, makeMeetingId } from '../dev-env/meetings.ts';
import { setUpOwner } from '../dev-env/people.ts';
import { Crowd } from './Crowd.ts';
import { clock } from './clock.ts';
import type { PersonOptions } from './LoadParticipant.ts';
import { readOptions } from './options.ts';
import { mediaWorkersOf, usageOf } from './processes.ts';
import type { FromStage, ToStage } from './stage.ts';

const options = readOptions({
  audience: 1000,
  receivers: 1000,
  members: 3,
  measuring: 20,
  seconds: 30,
  frames: 5,
  processes: 2,
});
const { audience, receivers, members } = options;
/** A group that does not come about within this time does not come about, ms. */
const patience = 300_000;

await using server = await bootServer({
  settings: { media: { workers: 1, announcedAddresses: ['127.0.0.1'] } },
});
const { client } = await setUpOwner(server);
const meetingId = makeMeetingId();
const secret = await deriveMeetingSecret(meetingId, makePasscode());
const made = await client.call('createMeeting', {
  body: {
    ...makeMeeting({ id: meetingId, verifier: toBase64Url(await verifierOf(secret)) }),
    choices: { form: 'webinar' },
  },
});
if (made.code !== null) throw new Error(`no meeting: ${made.code}`);
const cookie = client.cookie ?? '';
const proof = toBase64Url(secret.proof);
const psk = toBase64Url(secret.psk);
const { origin } = server;
console.log(`${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(2)}`);

const stage = fork(fileURLToPath(new URL('./stage.ts', import.meta.url)), [], { execArgv: [] });
using crowd = new Crowd(
  { origin, meetingId, proof, psk, visible: 1, framesPerSecond: options.frames },
  options.processes,
);
try {
  const accountId = '00000000-0000-4000-8000-000000000001';
  await ask(stage, { type: 'begin', place: { origin, meetingId, proof, psk }, host: { cookie, accountId } });
  await ask(stage, { type: 'follow', members });
  // The host once more, with a camera and a microphone.
  const speaker: PersonOptions = { index: 0, camera: true, microphone: true, measures: false, cookie };
  await crowd.join([speaker]);
  crowd.converse([0], 1);
  const memoryBefore = process.memoryUsage().rss;
  const synthetic = audience - members;
  const people = Array.from({ length: synthetic }, (_, place): PersonOptions => {
    const index = place + 1;
    const measures = index <= options.measuring;
    return { index, camera: false, microphone: false, measures, silent: index > receivers };
  });
  const began = clock();
  await crowd.join(people);
  const joined = clock() - began;
  const cpuBefore = process.cpuUsage();
  const grouped = await whenAll(audience + 1, began);
  console.log({ joined_s: seconds(joined), in_the_group_s: seconds(grouped.at), epochs: grouped.epochs });
  await sleep(3_000);
  await crowd.report();
  const workers = mediaWorkersOf(process.pid);
  const [since, worker, own] = [clock(), usageOf(workers), process.cpuUsage()];
  await sleep(options.seconds * 1_000);
  const elapsed = clock() - since;
  const [workerNow, ownNow] = [usageOf(workers), process.cpuUsage(own)];
  const reports = (await crowd.report()).filter(({ packets }) => packets > 0);
  const sum = (of: (report: (typeof reports)[number]) => number) =>
    reports.reduce((all, one) => all + of(one), 0);
  const [packets, lost] = [sum((one) => one.packets), sum((one) => one.lost)];
  const delays = reports.flatMap(({ delays: each }) => [...each]).sort((a, b) => a - b);
  const grouping = process.cpuUsage(cpuBefore);
  const result = {
    audience,
    with_media: Math.min(receivers, synthetic),
    members_that_follow: members,
    seen_by_each: grouped.people,
    joined_s: seconds(joined),
    in_the_group_s: seconds(grouped.at),
    commits: grouped.epochs,
    measured: reports.length,
    packets_a_second_each: Math.round((packets / Math.max(1, reports.length) / elapsed) * 1_000),
    loss_percent: Math.round((lost / Math.max(1, lost + packets)) * 10_000) / 100,
    delay_ms_p50: Math.round(delays[Math.floor(delays.length * 0.5)] ?? Number.NaN),
    delay_ms_p99: Math.round(delays[Math.floor(delays.length * 0.99)] ?? Number.NaN),
    worker_cores: Math.round(((workerNow.cpu - worker.cpu) / elapsed) * 100) / 100,
    worker_mb: Math.round(workerNow.memory / 1e6),
    server_cores: Math.round(((ownNow.user + ownNow.system) / 1_000 / elapsed) * 100) / 100,
    server_cpu_for_the_group_s: seconds((grouping.user + grouping.system) / 1_000),
    server_mb_before: Math.round(memoryBefore / 1e6),
    server_mb: Math.round(process.memoryUsage().rss / 1e6),
  };
  console.log(JSON.stringify(result));
} finally {
  stage.removeAllListeners('exit').kill('SIGKILL');
}

/** When the host and all who follow see so many in the group. */
async function whenAll(count: number, began: number) {
  for (;;) {
    const report = await ask(stage, { type: 'report' });
    if (report.type === 'report' && report.people.every((people) => people === count))
      return { at: report.lastAt - began, epochs: report.epochs, people: report.people };
    if (clock() - began > patience) {
      console.log(report);
      throw new Error('the group did not come about');
    }
    await sleep(500);
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function ask(child: ChildProcess, message: ToStage): Promise<FromStage> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: FromStage) => {
      if (answer.type === 'failed') reject(new Error(answer.reason));
      else resolve(answer);
    });
    child.once('exit', (code) => reject(new Error(`the process of the stage ended with ${code}`)));
    child.send(message);
  });
}
