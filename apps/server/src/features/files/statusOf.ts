import type { FileStatus } from '@conclave/protocol';
import type { KeptFile } from './FileShelf.ts';

export function statusOf({ bytes, finished, parts, received }: KeptFile): FileStatus {
  const missing: { first: number; last: number }[] = [];
  for (let part = 0; part < parts; part++) {
    if (received.has(part)) continue;
    const range = missing.at(-1);
    if (range?.last === part - 1) range.last = part;
    else missing.push({ first: part, last: part });
  }
  return { bytes, complete: finished, missing };
}
