import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startJanus } from './janus.ts';
import type { MediaProcess } from './MediaProcess.ts';
import { startOurs } from './ours.ts';
import { cpuOf, memoryOf } from './processUsage.ts';
import type { FromPeers, Kind, Scenario, SinkReport, ToPeers } from './scenario.ts';

/** Compilers of both go on for seconds; what is compared is how it goes on after that, ms. */
const WARM_UP = 15_000;
const SETTLE = 1_000;

export interface Measured {
  /** CPU of the media process with all its threads, µs. */
  readonly microseconds: number;
  /** That have arrived. */
  readonly packets: number;
  /** The share of what should have arrived that did. */
  readonly arrived: number;
  readonly p50: number;
  readonly p99: number;
  /** Memory that a participant takes, bytes. */
  readonly memory: number;
  /** Share of one core that the media process used. */
  readonly load: number;
}

/** Starts a media server and the peers of a scenario, measures for so many ms, ends all of it. */
export async function measure(kind: Kind, scenario: Scenario, milliseconds: number): Promise<Measured> {
  await using media = await (kind === 'ours' ? startOurs(scenario) : startJanus(scenario));
  await sleep(500);
  const empty = memoryOf(media.pid);
  const children: ChildProcess[] = [];
  try {
    const sources = await start(media, kind, 'sources', scenario, children);
    const sinks = await start(media, kind, 'sinks', scenario, children);
    sources.send({ type: 'begin' } satisfies ToPeers);
    await sleep(WARM_UP);
    // To sort what it measured meanwhile holds it up, and what came in that time is not to be counted either.
    await report(sinks);
    await sleep(SETTLE);
    await report(sinks);
    const [began, cpu] = [performance.now(), cpuOf(media.pid)];
    await sleep(milliseconds);
    const { packets, p50, p99 } = await report(sinks);
    const microseconds = cpuOf(media.pid) - cpu;
    const elapsed = performance.now() - began;
    const { sources: from, sinks: to, rate } = scenario;
    return {
      ...{ microseconds, packets, p50, p99 },
      arrived: packets / ((from * to * rate * elapsed) / 1_000),
      memory: (memoryOf(media.pid) - empty) / (from + to),
      load: microseconds / (elapsed * 1_000),
    };
  } finally {
    for (const child of children) child.removeAllListeners('exit').kill('SIGKILL');
  }
}

async function start(
  media: MediaProcess,
  kind: Kind,
  role: 'sources' | 'sinks',
  scenario: Scenario,
  children: ChildProcess[],
): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./peers.ts', import.meta.url));
  const child = fork(file, [kind, role, JSON.stringify(scenario)], { execArgv: [] });
  children.push(child);
  child.on('message', async (message: FromPeers) => {
    if (message.type !== 'ask') return;
    const { ask, id } = message;
    const sdp =
      ask.what === 'accept'
        ? await media.accept(ask.peer, ask.answer)
        : await media[ask.what](ask.peer, ask.offer as never);
    if (child.connected) child.send({ type: 'reply', id, sdp } satisfies ToPeers);
  });
  await next(child, 'ready');
  return child;
}

async function report(sinks: ChildProcess): Promise<SinkReport> {
  const reported = next(sinks, 'report');
  sinks.send({ type: 'report' } satisfies ToPeers);
  return (await reported).report;
}

function next<T extends FromPeers['type']>(
  child: ChildProcess,
  type: T,
): Promise<Extract<FromPeers, { type: T }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromPeers): void => {
      if (message.type !== type) return;
      child.off('message', listen);
      resolve(message as Extract<FromPeers, { type: T }>);
    };
    child.on('message', listen);
    child.once('exit', (code) => reject(new Error(`a process of the benchmark ended: ${code}`)));
  });
}
