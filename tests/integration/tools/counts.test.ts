import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCounts } from '../../../tools/test/counts.ts';
import { runStage } from '../../../tools/test/stage.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conclave-counts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function report(testResults: object[], passed: number, failed: number): string {
  const path = join(folder, 'report.json');
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, numTodoTests: 1 };
  writeFileSync(path, JSON.stringify({ ...counts, testResults }));
  return path;
}

test('what passed, failed and was skipped is read from the report', () => {
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(readCounts(report([failing], 3, 1))).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('a file that could not be collected counts as failed', () => {
  expect(readCounts(report([{ status: 'failed', assertionResults: [] }], 3, 0))?.failed).toBe(1);
});

test('a stage without its report, and one that takes too long, have failed', async () => {
  const command = [process.execPath, '-e', ''] as const;
  const silent = await runStage({ name: 'silent', command, report: join(folder, 'none'), limitMinutes: 1 });
  expect(silent).toMatchObject({ passed: false, counts: null });
  const endless = [process.execPath, '-e', 'setInterval(() => {}, 1000)'] as const;
  const late = await runStage({ name: 'late', command: endless, limitMinutes: 0.005 });
  expect(late.passed).toBe(false);
});
