import type { Reaction } from '@conclave/e2ee';
import { State } from '../observable.ts';
import type { ShownReaction } from './types.ts';

/** How long a reaction is shown, ms, and how many at once. */
const reactionMs = 4_000;
const mostReactions = 60;

/** The reactions of the last seconds. */
export class ReactionsShown implements Disposable {
  readonly shown = new State<readonly ShownReaction[]>([]);
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #nextKey = 1;

  show(participantId: string, name: string, reaction: Reaction): void {
    const key = this.#nextKey++;
    this.shown.set([...this.shown.get(), { key, participantId, name, reaction }].slice(-mostReactions));
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.shown.set(this.shown.get().filter((one) => one.key !== key));
    }, reactionMs);
    this.#timers.add(timer);
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.shown.set([]);
  }
}
