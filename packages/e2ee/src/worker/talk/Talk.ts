import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import { CatchUpFeature } from './CatchUpFeature.ts';
import { ChatFeature } from './ChatFeature.ts';
import { CommandFeature } from './CommandFeature.ts';
import { EventBatch } from './EventBatch.ts';
import { HandFeature } from './HandFeature.ts';
import { PollFeature } from './PollFeature.ts';
import { QuestionFeature } from './QuestionFeature.ts';
import { ReactionFeature } from './ReactionFeature.ts';
import type { TalkPorts } from './TalkPorts.ts';
import type { TalkAsk, TalkEvent } from './talkMessages.ts';

export type TalkOptions = Omit<TalkPorts, 'tell'> & {
  readonly tell: (events: readonly TalkEvent[]) => void;
};

/** What people say to each other besides speaking: chat, reactions, raised hands, polls, and what hosts ask. */
export class Talk {
  readonly features: readonly Feature[];
  readonly #chat: ChatFeature;
  readonly #reactions: ReactionFeature;
  readonly #hand: HandFeature;
  readonly #commands: CommandFeature;
  readonly #polls: PollFeature;
  readonly #questions: QuestionFeature;
  readonly #catchUp: CatchUpFeature;

  constructor(ports: TalkOptions) {
    const batch = new EventBatch(ports, (events) => ports.tell(events));
    const common: TalkPorts = { ...ports, tell: (event) => batch.add(event) };
    this.#chat = new ChatFeature(common);
    this.#reactions = new ReactionFeature(common);
    this.#hand = new HandFeature(common);
    this.#commands = new CommandFeature(common);
    this.#polls = new PollFeature(common);
    this.#questions = new QuestionFeature(common);
    this.#catchUp = new CatchUpFeature({
      ...common,
      onAsked: () => {
        this.#chat.announce();
        this.#hand.announce();
        common.tell({ type: 'tell-anew', asked: true });
      },
      onJoined: () => {
        this.#hand.announce();
        common.tell({ type: 'tell-anew', asked: false });
      },
    });
    const catchUp: Feature = {
      kind: this.#catchUp.kind,
      receive: (message) => this.#catchUp.receive(message),
      enter: (group) => this.#entered(group),
      leave: () => this.#catchUp.leave(),
    };
    this.features = [
      this.#chat,
      this.#reactions,
      this.#hand,
      this.#commands,
      this.#polls,
      this.#questions,
      catchUp,
    ];
  }

  ask(ask: TalkAsk): void {
    switch (ask.type) {
      case 'say':
      case 'edit':
      case 'delete':
        this.#chat.ask(ask);
        return;
      case 'react':
        this.#reactions.react(ask.reaction);
        return;
      case 'hand':
        this.#hand.set(ask.up);
        return;
      case 'poll':
        this.#polls.say(ask.message);
        return;
      case 'question':
        this.#questions.say(ask.message);
        return;
      case 'command':
        this.#commands.command(ask.command);
        return;
    }
  }

  /** Who somebody is, is known only now: what goes by their name and device goes by the right ones. */
  introduced(group: MeetingGroup): void {
    for (const feature of [this.#chat, this.#reactions, this.#hand, this.#commands]) feature.enter(group);
  }

  /** On another socket, in the same group. */
  returned(): void {
    this.#chat.returned();
    this.#hand.say();
    this.#polls.wake();
    this.#catchUp.returned();
  }

  #entered(group: MeetingGroup): void {
    if (this.#catchUp.enter(group)) this.returned();
  }
}
