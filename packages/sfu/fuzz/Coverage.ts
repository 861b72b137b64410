import { Session } from 'node:inspector/promises';

/** Which blocks of our own source have run, by V8's own counters. */
export class Coverage {
  readonly #session = new Session();
  readonly #seen = new Set<string>();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    await this.#take();
  }

  get size(): number {
    return this.#seen.size;
  }

  /** Whether anything ran in `act` that had not run before. Notes it only when told to. */
  async isNew(act: () => void, note: boolean): Promise<boolean> {
    act();
    let found = false;
    for (const block of await this.#take()) {
      if (this.#seen.has(block)) continue;
      found = true;
      if (note) this.#seen.add(block);
    }
    return found;
  }

  /** The blocks that ran since the last call. */
  async #take(): Promise<string[]> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const blocks: string[] = [];
    for (const { url, functions } of result) {
      if (!url.includes('/packages/sfu/src/')) continue;
      for (const { ranges } of functions)
        for (const { count, startOffset, endOffset } of ranges)
          if (count > 0) blocks.push(`${url}:${startOffset}-${endOffset}`);
    }
    return blocks;
  }
}
