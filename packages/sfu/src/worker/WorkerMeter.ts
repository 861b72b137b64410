import type { EventLoopUtilization } from 'node:perf_hooks';
import { memoryUsage } from 'node:process';
import type { RoomSummary, WorkerSummary } from '../control/statistics.ts';

/** How busy this process is. It reads the clocks of the process and nothing else. */
export class WorkerMeter {
  #cpu = process.cpuUsage();
  #loop: EventLoopUtilization = performance.eventLoopUtilization();
  #at = performance.now();
  #tickAt = Number.NaN;
  #lag = 0;

  /** Called by a timer of `period` ms: how late it is says how long packets wait. */
  tick(period: number): void {
    const now = performance.now();
    if (!Number.isNaN(this.#tickAt)) this.#lag = Math.max(this.#lag, now - this.#tickAt - period);
    this.#tickAt = now;
  }

  /** Seconds since the summary before. */
  get seconds(): number {
    return (performance.now() - this.#at) / 1_000;
  }

  /** Since the one before. */
  summary(rooms: RoomSummary[]): WorkerSummary {
    const { seconds } = this;
    const { user, system } = process.cpuUsage(this.#cpu);
    const loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, this.#loop);
    const cpu = (user + system) / 1e6 / seconds;
    const summary: WorkerSummary = {
      // On a machine that is busy with something else the loop is never idle, and yet it does little.
      load: Math.min(1, Math.max(0, utilization), cpu),
      cpu,
      lag: Math.round(this.#lag),
      memory: memoryUsage.rss(),
      peers: rooms.reduce((sum, { peers }) => sum + peers, 0),
      packetsIn: rooms.reduce((sum, { packetsIn }) => sum + packetsIn, 0),
      packetsOut: rooms.reduce((sum, { packetsOut }) => sum + packetsOut, 0),
      rooms,
    };
    this.#cpu = process.cpuUsage();
    this.#loop = loop;
    this.#at = performance.now();
    this.#lag = 0;
    return summary;
  }
}
