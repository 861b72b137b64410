import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import { decodePoll, encodePoll, type PollMessage } from '../../member-messages/pollMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorOf } from './authors.ts';
import { mayPass, type TalkPorts } from './TalkPorts.ts';
import { MemberBuckets, TokenBucket } from './TokenBucket.ts';

/** Whoever has asked all polls of a meeting tells them at once to those who come: 20. */
const own = { perSecond: 2, burst: 25 } as const;
const member = { perSecond: 4, burst: 50 } as const;
const retryMs = 1_200;
/** Words that wait for the socket. */
const mostWaiting = 60;

/** What is said of polls, out and in. What it means is judged by whoever knows the polls; who said it is proved here. */
export class PollFeature implements Feature {
  readonly kind = MESSAGE_KINDS.poll;
  readonly #ports: TalkPorts;
  readonly #own: TokenBucket;
  readonly #members = new MemberBuckets(member.perSecond, member.burst);
  /** What is to be said, in order; a later word on the same thing takes the place of an earlier one. */
  readonly #waiting = new Map<string, PollMessage>();
  #saying = false;
  #wokenMeanwhile = false;
  #retrying = false;

  constructor(ports: TalkPorts) {
    this.#ports = ports;
    this.#own = new TokenBucket(own.perSecond, own.burst, ports.now());
  }

  say(message: PollMessage): void {
    const key = keyOf(message);
    if (!this.#waiting.has(key) && this.#waiting.size >= mostWaiting) {
      this.#ports.tell({ type: 'poll-failed', message });
      return;
    }
    this.#waiting.set(key, message);
    this.wake();
  }

  /** There may be a way now. */
  wake(): void {
    if (this.#saying) {
      this.#wokenMeanwhile = true;
      return;
    }
    this.#saying = true;
    this.#wokenMeanwhile = false;
    void this.#sayAll().then(() => {
      this.#saying = false;
      if (this.#wokenMeanwhile && this.#waiting.size > 0) this.wake();
    });
  }

  receive({ body, sender }: ReceivedMessage): void {
    const message = decodePoll(body);
    if (message === null || !this.#members.take(sender.participantId, this.#ports.now())) return;
    this.#ports.tell({ type: 'poll', author: authorOf(sender), message });
  }

  enter(group: MeetingGroup): void {
    this.#members.keep(new Set(group.members().map(({ participantId }) => participantId)));
    this.wake();
  }

  async #sayAll(): Promise<void> {
    for (const [key, message] of this.#waiting) {
      if (!this.#own.take(this.#ports.now())) return this.#later();
      try {
        await this.#ports.send({ kind: this.kind, body: encodePoll(message) });
      } catch (error) {
        const when = mayPass(error);
        if (when === 'soon') this.#later();
        if (when !== 'never') return;
        this.#ports.tell({ type: 'poll-failed', message });
      }
      // Something later may have been said of it meanwhile: that one is next.
      if (this.#waiting.get(key) === message) this.#waiting.delete(key);
    }
  }

  #later(): void {
    if (this.#retrying) return;
    this.#retrying = true;
    this.#ports.after(retryMs, () => {
      this.#retrying = false;
      this.wake();
    });
  }
}

function keyOf(message: PollMessage): string {
  if (message.type === 'announce') return `announce/${message.terms.id}`;
  const [{ poll } = { poll: null }, ...more] = message.type === 'close' ? [message] : message.votes;
  return more.length > 0 ? 'votes' : `${message.type}/${poll?.participantId}/${poll?.id}`;
}
