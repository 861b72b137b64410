import type { ChatEntry, SharedFile } from '@conclave/client';

export interface FileEntry {
  readonly kind: 'file';
  readonly key: string;
  readonly file: SharedFile;
}

export type TimelineEntry = ChatEntry | FileEntry;

/** Messages in the order in which they came, each file after the messages that are older than it. */
export function chatTimeline(
  entries: readonly ChatEntry[],
  files: readonly SharedFile[],
): readonly TimelineEntry[] {
  const timeline: TimelineEntry[] = [];
  let next = 0;
  for (const file of files) {
    const last = entries.findLastIndex((entry) => entry.kind === 'message' && entry.at <= file.at);
    timeline.push(...entries.slice(next, Math.max(next, last + 1)));
    next = Math.max(next, last + 1);
    timeline.push({ kind: 'file', key: `file ${file.id}`, file });
  }
  return [...timeline, ...entries.slice(next)];
}
