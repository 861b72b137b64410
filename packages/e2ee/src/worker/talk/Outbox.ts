import type { ChatContent } from '../../member-messages/chatMessage.ts';
import { mayPass, type TalkPorts } from './TalkPorts.ts';

/** Messages that wait for the socket, and for how long; ms. */
const most = 50;
const patience = 5 * 60_000;
/** After the server said that it was too much, ms. */
const rateWait = 1_200;

export interface OutboxPorts extends Pick<TalkPorts, 'now' | 'after'> {
  send(sequence: number, content: ChatContent): Promise<void>;
  settled(content: ChatContent, delivered: boolean): void;
}

interface Item {
  readonly content: ChatContent;
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

  push(content: ChatContent): void {
    if (this.#items.length >= most) {
      this.#ports.settled(content, false);
      return;
    }
    this.#items.push({ content, queuedAt: this.#ports.now(), sequence: null, doubtful: false });
    if (this.#items.length === 1) this.#ports.after(patience, () => this.wake());
    this.wake();
  }

  /** @returns whether the message waited still, and is now never sent */
  withdraw(id: string): boolean {
    const index = this.#items.findIndex(
      ({ content, sequence }) => content.type === 'say' && content.id === id && sequence === null,
    );
    if (index < 0) return false;
    this.#items.splice(index, 1);
    return true;
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
        this.#giveUp(item);
        continue;
      }
      item.sequence ??= ++this.#assigned;
      try {
        await this.#ports.send(item.sequence, item.content);
      } catch (error) {
        const when = mayPass(error);
        if (when === 'never') {
          this.#giveUp(item);
          continue;
        }
        if (when === 'soon') this.#ports.after(rateWait, () => this.wake());
        else item.doubtful = true;
        return;
      }
      this.#confirm(item.sequence);
      this.#settle(item, true);
    }
  }

  #giveUp(item: Item): void {
    // The others would miss a number that was never used; one that may have been used is not used again.
    if (item.sequence !== null && item.doubtful) this.#confirm(item.sequence);
    else if (item.sequence !== null) this.#assigned = item.sequence - 1;
    this.#settle(item, false);
  }

  #confirm(sequence: number): void {
    this.#confirmed = sequence;
    this.#confirmedAt = this.#ports.now();
  }

  #settle(item: Item, delivered: boolean): void {
    this.#items.shift();
    const [next] = this.#items;
    if (next !== undefined)
      this.#ports.after(Math.max(0, next.queuedAt + patience - this.#ports.now()), () => this.wake());
    this.#ports.settled(item.content, delivered);
  }
}
