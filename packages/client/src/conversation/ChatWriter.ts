import { newId, toChatText } from '@conclave/e2ee';
import type { State } from '../observable.ts';
import type { ConversationPorts } from './ConversationPorts.ts';
import {
  addMessage,
  type ChatLog,
  deleteMessage,
  dropMessage,
  editMessage,
  find,
  keyOf,
  type LoggedMessage,
  readKey,
  setDelivery,
} from './chatLog.ts';
import { mayWriteTo } from './mayWrite.ts';

/** What one writes oneself. It is in the log at once, and says there how far it has come. */
export class ChatWriter {
  readonly #log: State<ChatLog>;
  readonly #ports: ConversationPorts;

  constructor(log: State<ChatLog>, ports: ConversationPorts) {
    this.#log = log;
    this.#ports = ports;
  }

  /** @returns false when nothing can be sent, as `Conversation` has it */
  send(typed: string, replyTo: string | null, to: string | null): boolean {
    const text = toChatText(typed);
    const self = this.#ports.self();
    if (text === null || self === null || !mayWriteTo(self, to !== null, this.#ports)) return false;
    const privateWith = to === null ? null : this.#person(to);
    if (to !== null && privateWith === null) return false;
    const id = newId();
    const { participantId, name, accountId } = self;
    const key = keyOf(participantId, id, to !== null);
    this.#log.set(
      addMessage(this.#log.get(), {
        kind: 'message',
        key,
        id,
        device: '',
        author: { participantId, name, guest: accountId === null, self: true },
        text,
        at: this.#ports.now(),
        // Nobody is told of what is between two people, not even that it is there.
        replyTo: to === null && isPrivate(replyTo) ? null : replyTo,
        privateWith,
        deletedBy: null,
        edited: false,
        former: null,
        delivery: 'pending',
      }),
    );
    this.#say(key);
    return true;
  }

  retry(key: string): void {
    const message = find(this.#log.get(), key);
    const self = this.#ports.self();
    if (message?.delivery !== 'failed' || self === null) return;
    if (!mayWriteTo(self, message.privateWith !== null, this.#ports)) return;
    this.#log.set(setDelivery(this.#log.get(), key, 'pending'));
    this.#say(key);
  }

  edit(key: string, typed: string): boolean {
    const text = toChatText(typed);
    const message = this.#own(key);
    const self = this.#ports.self();
    if (text === null || message === null || self === null) return false;
    const privately = message.privateWith !== null;
    if (!mayWriteTo(self, privately, this.#ports)) return false;
    if (message.delivery === 'failed' || message.delivery === 'gone') return false;
    if (text === message.text) return true;
    this.#ports.ask({ type: 'edit', id: message.id, text, privately });
    this.#log.set(editMessage(this.#log.get(), key, text, { device: '' }));
    return true;
  }

  delete(key: string): void {
    const message = this.#own(key);
    if (message === null) return;
    const privately = message.privateWith !== null;
    // One that is on its way may have come to the others, or be withdrawn before it leaves.
    this.#ports.ask({ type: 'delete', id: message.id, privately });
    const log = this.#log.get();
    const change = { device: '' };
    this.#log.set(message.delivery === 'sent' ? deleteMessage(log, key, change) : dropMessage(log, key));
  }

  #say(key: string): void {
    const message = find(this.#log.get(), key);
    if (message === null || message.text === null) return;
    const answered = message.replyTo === null ? null : readKey(message.replyTo);
    this.#ports.ask({
      type: 'say',
      id: message.id,
      text: message.text,
      sentAt: message.at,
      replyTo: answered === null ? null : { participantId: answered.participantId, id: answered.id },
      to: message.privateWith?.participantId ?? null,
    });
  }

  /** A message of one's own that is not deleted. By the id of a former stay nobody would take a change from us. */
  #own(key: string): LoggedMessage | null {
    const message = find(this.#log.get(), key);
    if (message === null || message.text === null) return null;
    return message.author.participantId === this.#ports.self()?.participantId ? message : null;
  }

  /** Somebody else who is in the group. */
  #person(participantId: string): { readonly participantId: string; readonly name: string } | null {
    if (participantId === this.#ports.self()?.participantId) return null;
    const name = this.#ports.nameOf(participantId);
    return name === null ? null : { participantId, name };
  }
}

function isPrivate(key: string | null): boolean {
  return key !== null && readKey(key)?.privately === true;
}
