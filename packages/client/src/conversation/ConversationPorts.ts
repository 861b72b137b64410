import type { TalkAsk } from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';
import type { ChatRules } from './mayWrite.ts';

/** What a conversation is told of the rest of the stay. */
export interface ConversationPorts {
  ask(ask: TalkAsk): void;
  /** As the server tells them: who is a host. */
  participants(): readonly Participant[];
  /** The name of somebody who is in the group, by the group's tree; null of nobody. */
  nameOf(participantId: string): string | null;
  /** Oneself, as the group knows one; null while in none. */
  self(): { readonly participantId: string; readonly name: string; readonly accountId: string | null } | null;
  rules(): ChatRules;
  /** ms since 1970. */
  now(): number;
}
