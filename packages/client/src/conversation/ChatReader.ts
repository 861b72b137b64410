import type { HostCommand, TalkAuthor, TalkEvent } from '@conclave/e2ee';
import type { State } from '../observable.ts';
import { toLogged } from './broadcasts.ts';
import type { ConversationPorts } from './ConversationPorts.ts';
import {
  addGap,
  addMessage,
  answeredKey,
  type Change,
  type ChatLog,
  deleteMessage,
  editMessage,
  findOwn,
  keyOf,
  removeMessage,
  setDelivery,
  settleEdit,
} from './chatLog.ts';
import { mayCommand } from './mayCommand.ts';
import { mayWriteTo } from './mayWrite.ts';
import { plausibleTime } from './plausibleTime.ts';
import type { Removed } from './Removed.ts';
import type { Broadcast } from './types.ts';

export interface ChatReaderPorts extends Pick<ConversationPorts, 'participants' | 'rules' | 'now'> {
  /** What hosts have deleted. */
  readonly removed: Removed;
  /** The last that was said to all breakout rooms. */
  readonly broadcast: State<Broadcast | null>;
}

/** What the chat becomes by what the group says. Of somebody who may not write, nothing is taken. */
export class ChatReader {
  readonly #ports: ChatReaderPorts;
  #nextGap = 1;

  constructor(ports: ChatReaderPorts) {
    this.#ports = ports;
  }

  read(log: ChatLog, event: TalkEvent): ChatLog {
    switch (event.type) {
      case 'said':
        return this.#said(log, event);
      case 'deleted':
        return deleteMessage(log, keyOfChange(event), changeBy(event));
      case 'edited':
        return mayWriteTo(event.author, event.privately, this.#ports)
          ? editMessage(log, keyOfChange(event), event.text, changeBy(event))
          : log;
      case 'delivered':
      case 'undelivered': {
        const own = findOwn(log, event.id);
        if (own === null) return log;
        return setDelivery(
          log,
          own.key,
          event.type === 'delivered' ? 'sent' : event.gone ? 'gone' : 'failed',
        );
      }
      case 'edit-settled': {
        const own = findOwn(log, event.id);
        return own === null ? log : settleEdit(log, own.key, event.delivered);
      }
      case 'commanded':
        return this.#commanded(log, event.author, event.command);
      case 'missed':
        return addGap(log, `gap/${this.#nextGap++}`, event.away);
      default:
        return log;
    }
  }

  #said(log: ChatLog, event: Extract<TalkEvent, { type: 'said' }>): ChatLog {
    const { id, text, replyTo, privately } = event;
    const { participantId, name, accountId, device } = event.author;
    if (!mayWriteTo(event.author, privately, this.#ports)) return log;
    const key = keyOf(participantId, id, privately);
    const deletedBy = this.#ports.removed.by(key);
    return addMessage(log, {
      kind: 'message',
      key,
      id,
      device,
      author: { participantId, name, guest: accountId === null, self: false },
      text: deletedBy === null ? text : null,
      deletedBy,
      edited: false,
      former: null,
      privateWith: privately ? { participantId, name } : null,
      at: plausibleTime(event.sentAt, this.#ports.now()),
      replyTo: replyTo === null ? null : answeredKey(log, replyTo, privately),
      delivery: 'sent',
    });
  }

  #commanded(log: ChatLog, author: TalkAuthor, command: HostCommand): ChatLog {
    if (!mayCommand(author, command.type, this.#ports.participants())) return log;
    const { participantId, name } = author;
    switch (command.type) {
      case 'broadcast': {
        const key = keyOf(participantId, command.id);
        const said = { key, author: { participantId, name }, text: command.text, at: this.#ports.now() };
        this.#ports.broadcast.set(said);
        return addMessage(log, toLogged(said));
      }
      case 'delete-message': {
        const key = keyOf(command.participantId, command.id);
        this.#ports.removed.add(key, name);
        return removeMessage(log, key, name);
      }
      default:
        return log;
    }
  }
}

type ChangeEvent = Extract<TalkEvent, { type: 'edited' | 'deleted' }>;

function changeBy({ author }: ChangeEvent): Change {
  return { device: author.device };
}

function keyOfChange({ author, id, privately }: ChangeEvent): string {
  return keyOf(author.participantId, id, privately);
}
