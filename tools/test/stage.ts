import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { type Counts, readCounts } from './counts.ts';

export interface Stage {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** Where a Vitest run writes what it counted; none for the other stages. */
  readonly report?: string;
  /** The stage has failed when it takes longer, minutes. */
  readonly limitMinutes: number;
}

export interface StageResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly counts: Counts | null;
  readonly note?: string;
}

export async function runStage(stage: Stage): Promise<StageResult> {
  console.log(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 60 - stage.name.length))}`);
  if (stage.report !== undefined) rmSync(stage.report, { force: true });
  const start = performance.now();
  const code = await run(stage);
  const seconds = (performance.now() - start) / 1000;
  const counts = stage.report === undefined ? null : readCounts(stage.report);
  const silent = stage.report !== undefined && counts === null;
  const passed = code === 0 && !silent && (counts === null || counts.failed === 0);
  const note =
    code === null ? `stopped after ${stage.limitMinutes} minutes` : silent ? 'no report' : undefined;
  return { name: stage.name, passed, seconds, counts, ...(note === undefined ? {} : { note }) };
}

/** @returns the exit code; null when the time was up */
function run({ command: [program, ...args], limitMinutes }: Stage): Promise<number | null> {
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
