import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts CPU time in hundredths of a second in /proc (USER_HZ). */
const tickMs = 10;

export interface Usage {
  /** ms of CPU with all threads. */
  readonly cpu: number;
  /** Resident, bytes. */
  readonly memory: number;
}

/** Of all the processes together. */
export function usageOf(pids: readonly number[]): Usage {
  let cpu = 0;
  let memory = 0;
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the process is in brackets and may have anything in it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    cpu += (Number(fields[11]) + Number(fields[12])) * tickMs;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    memory += Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
  }
  return { cpu, memory };
}

/** The media workers that a process has started. */
export function mediaWorkersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const isChild = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
        return isChild && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sfu/src/worker/main.ts');
      } catch {
        return false; // It has ended meanwhile.
      }
    });
}
