import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/**
 * Runs a command to its end.
 * @returns what it printed
 * @throws an Error with its complaint
 */
export async function command(name: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await exec(name, args, { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    const complaint = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`${name} ${args.join(' ')}: ${complaint || String(cause)}`, { cause });
  }
}
