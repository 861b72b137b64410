import { State } from '../../observable.ts';
import type { MeetingPolls, PollEvent, PollPorts } from './MeetingPolls.ts';
import type { Poll, PollDraft } from './types.ts';

/** `MeetingPolls`, fetched when the first poll comes or is asked: nobody waits for its script to join. */
export class LatePolls implements Disposable {
  readonly polls = new State<readonly Poll[]>([]);
  readonly #ports: PollPorts;
  #loading: Promise<MeetingPolls> | null = null;
  #loaded: MeetingPolls | null = null;
  #closed = false;

  constructor(ports: PollPorts) {
    this.#ports = ports;
  }

  async start(draft: PollDraft): Promise<boolean> {
    return (await this.#load()).start(draft);
  }

  vote(key: string, chosen: readonly number[]): void {
    this.#loaded?.vote(key, chosen);
  }

  close(key: string): void {
    this.#loaded?.close(key);
  }

  /** What is not there yet is deleted when it comes: `PollPorts.removedBy`. */
  remove(key: string, by: string): void {
    this.#loaded?.remove(key, by);
  }

  hear(event: PollEvent): void {
    if (this.#loaded !== null) this.#loaded.hear(event);
    // There is nothing to be told again.
    else if (event.type !== 'tell-anew')
      void this.#load().then((polls) => this.#closed || polls.hear(event), reportError);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#loaded = null;
    this.polls.set([]);
  }

  #load(): Promise<MeetingPolls> {
    this.#loading ??= this.#begin().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #begin(): Promise<MeetingPolls> {
    const { MeetingPolls: Loaded } = await import('./MeetingPolls.ts');
    const polls = new Loaded(this.polls, this.#ports);
    if (!this.#closed) this.#loaded = polls;
    return polls;
  }
}
