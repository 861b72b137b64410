import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import type { Talk, TalkOptions } from './Talk.ts';
import type { TalkAsk } from './talkMessages.ts';

const tries = 5;
const pauseMs = 2_000;
/** Messages that wait for the script: whoever floods us meanwhile gains nothing. */
const mostWaiting = 500;

const kinds = [
  MESSAGE_KINDS.chat,
  MESSAGE_KINDS.reaction,
  MESSAGE_KINDS.hand,
  MESSAGE_KINDS.command,
  MESSAGE_KINDS.poll,
  MESSAGE_KINDS.question,
  MESSAGE_KINDS.catchUp,
] as const;

/** `Talk`, fetched while one joins: nobody waits for its script. What happens before it is there happens after. */
export class LateTalk {
  readonly features: readonly Feature[];
  readonly #options: TalkOptions;
  readonly #waiting: ((talk: Talk) => void)[] = [];
  #messages = 0;
  #talk: Talk | null = null;
  #loading = false;

  constructor(options: TalkOptions) {
    this.#options = options;
    this.features = kinds.map((kind, index) => ({
      kind,
      receive: (message) => this.#receive(message),
      // One of them tells all.
      ...(index === 0 && {
        enter: (group) => this.#enter(group),
        introduced: (group) => this.#do((talk) => talk.introduced(group)),
        leave: () => this.#leave(),
      }),
    }));
    this.#load();
  }

  ask(ask: TalkAsk): void {
    this.#do((talk) => talk.ask(ask));
  }

  /** On another socket, in the same group. */
  returned(): void {
    this.#do((talk) => talk.returned());
  }

  #receive(message: ReceivedMessage): void {
    if (this.#talk === null && ++this.#messages > mostWaiting) return;
    this.#do((talk) => talk.features.find(({ kind }) => kind === message.kind)?.receive(message));
  }

  #enter(group: MeetingGroup): void {
    this.#do((talk) => {
      for (const feature of talk.features) feature.enter?.(group);
    });
  }

  #leave(): void {
    this.#do((talk) => {
      for (const feature of talk.features) feature.leave?.();
    });
  }

  #do(step: (talk: Talk) => void): void {
    if (this.#talk !== null) {
      step(this.#talk);
      return;
    }
    this.#waiting.push(step);
    this.#load();
  }

  #load(left = tries): void {
    if (this.#loading && left === tries) return;
    this.#loading = true;
    import('./Talk.ts').then(
      ({ Talk: Loaded }) => {
        const talk = new Loaded(this.#options);
        this.#talk = talk;
        for (const step of this.#waiting.splice(0)) step(talk);
      },
      () => {
        // Whoever says something later tries anew.
        if (left === 1) this.#loading = false;
        else this.#options.after(pauseMs, () => this.#load(left - 1));
      },
    );
  }
}
