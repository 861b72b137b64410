import type { WorkerSummary } from '@conclave/sfu';

/** The newest second counts for so much of what is believed of a worker: one busy second is not a busy worker. */
const newest = 0.4;
/** What somebody who has just come will cost, until it is measured. */
const expectedEach = 0.003;
/** A busier worker takes no new meeting: those it has must stay as good as they are when people join them. */
const newMeetingLimit = 0.7;
/** And an even busier one takes nobody. */
const newcomerLimit = 0.95;
const mostMeetings = 900;
const mostParticipants = 2_000;

/** How busy a worker is, from what it measures each second, and what may still be put on it. */
export class WorkerLoad {
  #summary: WorkerSummary | null = null;
  #load = 0;
  /** Who came since the worker last measured. */
  #coming = 0;

  /** The last that the worker has said; null before the first. */
  get summary(): WorkerSummary | null {
    return this.#summary;
  }

  /** The share of its packet thread's time that is used or spoken for, about 0 to 1. */
  get value(): number {
    return this.#load + this.#coming * expectedEach;
  }

  get takesMeetings(): boolean {
    return this.value < newMeetingLimit && this.takesNewcomers && this.#meetings < mostMeetings;
  }

  /** Into a meeting that it has. */
  get takesNewcomers(): boolean {
    return this.value < newcomerLimit && (this.#summary?.peers ?? 0) + this.#coming < mostParticipants;
  }

  get #meetings(): number {
    return this.#summary?.rooms.length ?? 0;
  }

  measured(summary: WorkerSummary): void {
    this.#load += (summary.load - this.#load) * newest;
    this.#summary = summary;
    // It takes some seconds until somebody who has come sends and is sent everything.
    this.#coming = this.#coming < 1 ? 0 : this.#coming / 2;
  }

  /** A meeting, or somebody, is put there. */
  expect(): void {
    this.#coming += 1;
  }

  /** Its successor has nothing to do yet. */
  died(): void {
    this.#summary = null;
    this.#load = 0;
    this.#coming = 0;
  }
}
