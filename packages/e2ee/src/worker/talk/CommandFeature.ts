import { decodeCommand, encodeCommand, type HostCommand } from '../../member-messages/commandMessage.ts';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { authorOf } from './authors.ts';
import type { TalkPorts } from './TalkPorts.ts';
import { MemberBuckets } from './TokenBucket.ts';
import type { TalkAuthor } from './talkMessages.ts';

/** Of one member: whoever clears up after a flood deletes many messages in a row. */
const perSecond = 5;
const burst = 40;

/**
 * What hosts ask of everybody. Who sent it is proved here; that a guest is no host is decided here too, by the
 * credential. Whether this member is a host is known to whoever has the list of the server.
 */
export class CommandFeature implements Feature {
  readonly kind = MESSAGE_KINDS.command;
  readonly #ports: TalkPorts;
  readonly #buckets = new MemberBuckets(perSecond, burst);
  #self: TalkAuthor | null = null;

  constructor(ports: TalkPorts) {
    this.#ports = ports;
  }

  command(command: HostCommand): void {
    const author = this.#self;
    const failed = () => this.#ports.tell({ type: 'command-failed' });
    if (author === null) failed();
    else
      this.#ports
        .send({ kind: this.kind, body: encodeCommand(command) })
        .then(() => this.#ports.tell({ type: 'commanded', author, command }), failed);
  }

  receive({ body, sender }: ReceivedMessage): void {
    if (sender.kind !== 'member') return;
    const command = decodeCommand(body);
    if (command === null || !this.#buckets.take(sender.participantId, this.#ports.now())) return;
    this.#ports.tell({ type: 'commanded', author: authorOf(sender), command });
  }

  enter(group: MeetingGroup): void {
    const members = group.members();
    const self = members.find(({ leafIndex }) => leafIndex === group.ownLeaf);
    this.#self = self === undefined ? null : authorOf(self);
    this.#buckets.keep(new Set(members.map(({ participantId }) => participantId)));
  }

  leave(): void {
    this.#self = null;
  }
}
