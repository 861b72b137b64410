import type { WrittenContent } from '../../member-messages/chatContent.ts';
import { mayPass, type TalkPorts } from './TalkPorts.ts';

/** Messages that wait for the socket, and for how long; ms. */
const most = 50;
const patience = 5 * 60_000;
/** After the server said that it was too much, ms. */
const rateWait = 1_200;

/** Whom a private message is for: one participant on one device, whoever has their id later. */
export interface Recipient {
  readonly participantId: string;
  readonly device: string;
}

export interface Letter {
  readonly content: WrittenContent;
  /** Null: everybody. */
  readonly to: Recipient | null;
}

export interface OutboxPorts extends Pick<TalkPorts, 'now' | 'after'> {
  send(sequence: number, letter: Letter): Promise<void>;
  /** @param error why it never came; null: it came, or waited for too long */
  settled(letter: Letter, delivered: boolean, error: unknown): void;
}

interface Item {
  readonly letter: Letter;
  readonly queuedAt: number;
  /** Given at the first try, and kept: whoever has got it already drops it. */
  sequence: number | null;
  /** The server may have taken it, though its answer did not come. */
  doubtful: boolean;
}

/** One's own chat messages on their way, one after the other: what is sent while the socket is away leaves after it. */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #items: Item[] = [];
  #sending = false;
  #wokenMeanwhile = false;
  #assigned = 0;
  #confirmed = 0;
  #confirmedAt = 0;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** The last message that the others can have: its number, and when it was sent by `now`. */
  get head(): { readonly sequence: number; readonly sentAt: number } {
    return { sequence: this.#confirmed, sentAt: this.#confirmedAt };
  }

  push(letter: Letter): void {
    if (this.#items.length >= most) {
      this.#ports.settled(letter, false, null);
      return;
    }
    this.#items.push({ letter, queuedAt: this.#ports.now(), sequence: null, doubtful: false });
    if (this.#items.length === 1) this.#ports.after(patience, () => this.wake());
    this.wake();
  }

  /** Nothing more of this message. @returns whether it waited still, and is now never sent */
  withdraw(id: string): boolean {
    let said = false;
    for (let index = this.#items.length - 1; index >= 0; index--) {
      const item = this.#items[index];
      if (item?.letter.content.id !== id || item.sequence !== null) continue;
      said ||= item.letter.content.type === 'say';
      this.#items.splice(index, 1);
    }
    return said;
  }

  /** There may be a way now. */
  wake(): void {
    if (this.#sending) {
      this.#wokenMeanwhile = true;
      return;
    }
    this.#sending = true;
    this.#wokenMeanwhile = false;
    void this.#sendAll().then(() => {
      this.#sending = false;
      if (this.#wokenMeanwhile) this.wake();
    });
  }

  /** Ends when nothing is left, or there is no way now. */
  async #sendAll(): Promise<void> {
    for (let item = this.#items[0]; item !== undefined; item = this.#items[0]) {
      if (this.#ports.now() - item.queuedAt >= patience) {
        this.#giveUp(item, null);
        continue;
      }
      item.sequence ??= ++this.#assigned;
      try {
        await this.#ports.send(item.sequence, item.letter);
      } catch (error) {
        const when = mayPass(error);
        if (when === 'never') {
          this.#giveUp(item, error);
          continue;
        }
        if (when === 'soon') this.#ports.after(rateWait, () => this.wake());
        else item.doubtful = true;
        return;
      }
      this.#confirm(item.sequence);
      this.#settle(item, true, null);
    }
  }

  #giveUp(item: Item, error: unknown): void {
    // The others would miss a number that was never used; one that may have been used is not used again.
    if (item.sequence !== null && item.doubtful) this.#confirm(item.sequence);
    else if (item.sequence !== null) this.#assigned = item.sequence - 1;
    this.#settle(item, false, error);
  }

  #confirm(sequence: number): void {
    this.#confirmed = sequence;
    this.#confirmedAt = this.#ports.now();
  }

  #settle(item: Item, delivered: boolean, error: unknown): void {
    this.#items.shift();
    const [next] = this.#items;
    if (next !== undefined)
      this.#ports.after(Math.max(0, next.queuedAt + patience - this.#ports.now()), () => this.wake());
    this.#ports.settled(item.letter, delivered, error);
  }
}
