import type { ChatEntry, Poll, SharedFile } from '@conclave/client';

export interface FileEntry {
  readonly kind: 'file';
  readonly key: string;
  readonly file: SharedFile;
}

export type TimelineEntry = ChatEntry | FileEntry | Poll;

/** Messages in the order in which they came, each file and poll after the messages that are older than it. */
export function chatTimeline(
  entries: readonly ChatEntry[],
  files: readonly SharedFile[],
  polls: readonly Poll[] = [],
): readonly TimelineEntry[] {
  const timeline: TimelineEntry[] = [];
  let next = 0;
  for (const { at, entry: other } of byTime(files, polls)) {
    const last = entries.findLastIndex((entry) => entry.kind === 'message' && entry.at <= at);
    timeline.push(...entries.slice(next, Math.max(next, last + 1)));
    next = Math.max(next, last + 1);
    timeline.push(other);
  }
  return [...timeline, ...entries.slice(next)];
}

/** Each kind stays in its own order, whatever clocks say. */
function byTime(
  files: readonly SharedFile[],
  polls: readonly Poll[],
): { readonly at: number; readonly entry: FileEntry | Poll }[] {
  const merged: { readonly at: number; readonly entry: FileEntry | Poll }[] = [];
  let next = 0;
  for (const file of files) {
    for (let poll = polls[next]; poll !== undefined && poll.at <= file.at; poll = polls[++next])
      merged.push({ at: poll.at, entry: poll });
    merged.push({ at: file.at, entry: { kind: 'file', key: `file ${file.id}`, file } });
  }
  return [...merged, ...polls.slice(next).map((entry) => ({ at: entry.at, entry }))];
}
