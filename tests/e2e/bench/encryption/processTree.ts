import { readdirSync, readFileSync } from 'node:fs';
import { usageOf } from '../../../load/processes.ts';

/** All processes that a process has started, and those that these have. */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const add = (parent: number) => {
    for (const child of children.get(parent) ?? []) {
      found.push(child);
      add(child);
    }
  };
  add(pid);
  return found;
}

/** ms of CPU that these have used; of one that has ended meanwhile, none. */
export function cpuOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      return sum + usageOf([pid]).cpu;
    } catch {
      return sum;
    }
  }, 0);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the process is in brackets and may have anything in it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null; // It has ended meanwhile.
  }
}
