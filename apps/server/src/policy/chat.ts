import type { MeetingOrders, MeetingRules } from '@conclave/protocol';

const fromNarrowest: readonly MeetingRules['chat'][] = ['off', 'hosts', 'everybody'];

/** A host makes the chat narrower than the meeting's rules have it, never wider. */
export function narrowerChat(rule: MeetingRules['chat'], order: MeetingOrders['chat']): MeetingRules['chat'] {
  return fromNarrowest.find((chat) => chat === rule || chat === order) ?? rule;
}
