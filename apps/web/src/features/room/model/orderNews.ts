import type { MeetingOrders, ModeratedSource } from '@conclave/protocol';

export const SOURCES: readonly ModeratedSource[] = ['microphone', 'camera', 'screen'];

export type OrderNews =
  | 'secured'
  | 'locked'
  | 'unlocked'
  | 'chatOff'
  | 'chatHosts'
  | 'chatOn'
  | 'spotlight'
  | 'spotlightOver'
  | `${'held' | 'free'}.${ModeratedSource}`;

/** What has changed of what holds for all, in one word each. The emergency is one thing, not five. */
export function orderNews(before: MeetingOrders, after: MeetingOrders): readonly OrderNews[] {
  if (isSecured(after) && !isSecured(before)) return ['secured'];
  const news: OrderNews[] = [];
  if (after.locked !== before.locked) news.push(after.locked ? 'locked' : 'unlocked');
  for (const source of SOURCES) {
    if (after.held[source] !== before.held[source])
      news.push(`${after.held[source] ? 'held' : 'free'}.${source}`);
  }
  if (after.chat !== before.chat) {
    if (after.chat === 'off') news.push('chatOff');
    else if (after.chat === 'hosts') news.push('chatHosts');
    else if (before.chat === 'off' || before.chat === 'hosts') news.push('chatOn');
  }
  if (!same(before.spotlight, after.spotlight))
    news.push(after.spotlight.length > 0 ? 'spotlight' : 'spotlightOver');
  return news;
}

/** All that the emergency does is in force. */
export function isSecured({ locked, held, chat }: MeetingOrders): boolean {
  return locked && chat === 'off' && SOURCES.every((source) => held[source]);
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
