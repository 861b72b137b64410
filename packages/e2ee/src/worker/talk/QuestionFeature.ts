import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import {
  decodeQuestion,
  encodeQuestion,
  type QuestionMessage,
} from '../../member-messages/questionMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorOf } from './authors.ts';
import type { TalkPorts } from './TalkPorts.ts';
import { MemberBuckets } from './TokenBucket.ts';

/** Of one member: whoever answers many in a row among them. */
const perSecond = 1;
const burst = 20;

/** Questions of an audience, and answers. Who may answer is judged by whoever has the list of the server. */
export class QuestionFeature implements Feature {
  readonly kind = MESSAGE_KINDS.question;
  readonly #ports: TalkPorts;
  readonly #buckets = new MemberBuckets(perSecond, burst);

  constructor(ports: TalkPorts) {
    this.#ports = ports;
  }

  say(message: QuestionMessage): void {
    const settled = (delivered: boolean) =>
      this.#ports.tell({ type: 'question-settled', message, delivered });
    this.#ports.send({ kind: this.kind, body: encodeQuestion(message) }).then(
      () => settled(true),
      () => settled(false),
    );
  }

  receive({ body, sender }: ReceivedMessage): void {
    const message = decodeQuestion(body);
    if (message === null || !this.#buckets.take(sender.participantId, this.#ports.now())) return;
    this.#ports.tell({ type: 'question', author: authorOf(sender), message });
  }

  enter(group: MeetingGroup): void {
    this.#buckets.keep(new Set(group.members().map(({ participantId }) => participantId)));
  }
}
