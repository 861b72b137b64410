import { type RulesForClients, toClientRules } from '@conclave/protocol';
import { narrowerChat } from '../policy/chat.ts';
import type { RoomState } from '../rooms/roomState.ts';

/** What clients are told of a meeting's rules, as far as its hosts have not made them narrower. */
export function clientRules({ rules, orders }: Pick<RoomState, 'rules' | 'orders'>): RulesForClients {
  return { ...toClientRules(rules), chat: narrowerChat(rules.chat, orders.chat) };
}
