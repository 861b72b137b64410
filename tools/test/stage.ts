import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { type Counts, failedFiles, failures, readCounts, replaceCounts, unhandled } from './counts.ts';
import { unhandledPath } from './unhandledPath.ts';

type Command = readonly [program: string, ...args: string[]];

export interface Stage {
  readonly name: string;
  readonly command: Command;
  /** Where a Vitest run writes what it counted; none for the other stages. */
  readonly report?: string;
  /** The stage has failed when it takes longer, minutes. */
  readonly limitMinutes: number;
  /** For what a machine that others use too can spoil: whatever failed runs once more, and the last lines say so. */
  readonly again?: Again;
}

interface Again {
  /** More than so many files have not failed by chance: then nothing runs again. */
  readonly files: number;
  readonly report: string;
  readonly command: (files: readonly string[]) => Command;
}

export interface StageResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly counts: Counts | null;
  readonly note?: string;
  /** A line for each test that failed, at the first try or at the second. */
  readonly failures?: readonly string[];
}

export async function runStage(stage: Stage): Promise<StageResult> {
  console.log(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 60 - stage.name.length))}`);
  const { name, report } = stage;
  const start = performance.now();
  const code = await run(stage.command, report, stage.limitMinutes);
  const seconds = () => (performance.now() - start) / 1000;
  const note = code === null ? `stopped after ${stage.limitMinutes} minutes` : undefined;
  const noted = note === undefined ? {} : { note };
  if (report === undefined) return { name, passed: code === 0, seconds: seconds(), counts: null, ...noted };
  const counts = readCounts(report);
  if (counts === null) return { name, passed: false, seconds: seconds(), counts, note: note ?? 'no report' };
  if (code === 0 && counts.failed === 0) return { name, passed: true, seconds: seconds(), counts };
  const loose = unhandled().map((line) => `outside of any test: ${line}`);
  const second = code === null ? null : await tryAgain(stage, report);
  const failed = failures(report).map((line) => relative(process.cwd(), line));
  return {
    name,
    passed: false,
    seconds: seconds(),
    counts,
    failures: [...failed, ...loose],
    ...noted,
    ...second,
  };
}

/** @returns null where nothing is run again */
async function tryAgain({ again, limitMinutes }: Stage, report: string) {
  const files = failedFiles(report).map((file) => relative(process.cwd(), file));
  if (again === undefined || files.length === 0 || files.length > again.files) return null;
  console.log(`\n── once more: ${files.join(', ')}`);
  const code = await run(again.command(files), again.report, limitMinutes);
  const counts = replaceCounts(report, again.report);
  if (counts === null) return null;
  const passed = code === 0 && counts.failed === 0;
  const note = passed
    ? `${counts.passed} passed, 0 failed, ${counts.skipped} skipped; at the second try: ${files.join(', ')}`
    : undefined;
  return { passed, counts, ...(note === undefined ? {} : { note }) };
}

/** @returns the exit code; null when the time was up */
function run(
  [program, ...args]: Command,
  report: string | undefined,
  limitMinutes: number,
): Promise<number | null> {
  if (report !== undefined) rmSync(report, { force: true });
  rmSync(unhandledPath, { force: true });
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
    }, limitMinutes * 60_000);
    child.once('error', (error) => {
      console.error(error.message);
      clearTimeout(timer);
      resolve(1);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(timedOut ? null : (code ?? 1));
    });
  });
}
