import { setImmediate as yieldTurn } from 'node:timers/promises';
import type { News } from '../../packages/e2ee/src/worker/messages.ts';
import type { GroupMember } from './GroupMember.ts';

/**
 * Lets members do what they are told one after the other. All at once, hundreds of them in one process would keep it from
 * answering anybody for so long that the server takes them for dead.
 */
export class Turns {
  readonly #queue: { readonly member: GroupMember; readonly news: News }[] = [];
  #isRunning = false;

  take(member: GroupMember, news: News): void {
    this.#queue.push({ member, news });
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      next.member.hear(next.news);
      await next.member.settled();
      await yieldTurn();
    }
    this.#isRunning = false;
  }
}
