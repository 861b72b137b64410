import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { command } from './command.ts';

/** One test host: a network namespace with one interface to the other host. */
export interface Host {
  readonly namespace: string;
  readonly device: string;
  /** IPv4. */
  readonly address: string;
}

/** Starts a program on a host. The caller owns the process. */
export function spawnOn(
  host: Host,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return spawn('ip', ['netns', 'exec', host.namespace, program, ...args], options);
}

/** Runs a program on a host to its end and gives what it printed. */
export function runOn(host: Host, program: string, ...args: readonly string[]): Promise<string> {
  return command('ip', 'netns', 'exec', host.namespace, program, ...args);
}
