import type { ChatMessageEntry, Poll } from '@conclave/client';
import type { FileEntry, TimelineEntry } from './chatTimeline.ts';

/** Messages of one person that follow each other closely stand under one name. */
export type ChatGroup =
  | { readonly kind: 'messages'; readonly key: string; readonly messages: readonly ChatMessageEntry[] }
  | FileEntry
  | Poll
  | { readonly kind: 'gap'; readonly key: string; readonly away: boolean };

const closeMs = 5 * 60_000;

export function chatGroups(entries: readonly TimelineEntry[]): readonly ChatGroup[] {
  const groups: ChatGroup[] = [];
  let open: ChatMessageEntry[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'message') {
      open = [];
      groups.push(entry);
      continue;
    }
    const last = open.at(-1);
    if (last !== undefined && belongs(entry, last)) {
      open.push(entry);
      continue;
    }
    open = [entry];
    groups.push({ kind: 'messages', key: entry.key, messages: open });
  }
  return groups;
}

function belongs(entry: ChatMessageEntry, last: ChatMessageEntry): boolean {
  const { author, at } = entry;
  // Of the same name as well: it is what stands above them.
  const same = author.participantId === last.author.participantId && author.name === last.author.name;
  const together = entry.privateWith?.participantId === last.privateWith?.participantId;
  return same && together && Math.abs(at - last.at) < closeMs;
}
