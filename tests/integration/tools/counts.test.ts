import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCounts, replaceCounts } from '../../../tools/test/counts.ts';
import { runStage } from '../../../tools/test/stage.ts';
import { unhandledPath } from '../../../tools/test/unhandledPath.ts';

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

test('an error that belongs to no test fails the stage, and the last lines name it', async () => {
  const passed = report([{ name: 'one.test.ts', status: 'passed', assertionResults: [] }], 1, 0);
  const to = join(folder, 'loose.json');
  const script = [
    `fs.copyFileSync(${JSON.stringify(passed)}, ${JSON.stringify(to)})`,
    `fs.mkdirSync(path.dirname(${JSON.stringify(unhandledPath)}), { recursive: true })`,
    `fs.writeFileSync(${JSON.stringify(unhandledPath)}, '["Error: boom"]')`,
    'process.exit(1)',
  ].join(';');
  const command = [process.execPath, '-e', script] as const;
  const result = await runStage({ name: 'loose', command, report: to, limitMinutes: 1 });
  expect(result).toMatchObject({ passed: false, failures: ['outside of any test: Error: boom'] });
});

test('what failed and then passed counts as passed, and the last lines name the file', async () => {
  const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };
  const write = (name: string, testResults: object[]) => {
    const path = join(folder, name);
    const counts = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    writeFileSync(path, JSON.stringify({ ...counts, testResults }));
    return path;
  };
  const failed = { name: 'one.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }] };
  const whole = write('whole.json', [failed, { name: 'other.test.ts', ...passed }]);
  const again = write('again.json', [{ name: 'one.test.ts', ...passed }]);
  expect(replaceCounts(whole, again)).toEqual({ passed: 2, failed: 0, skipped: 0 });

  const copy = (from: string, to: string, code: number) =>
    [
      process.execPath,
      '-e',
      `require('fs').copyFileSync(${JSON.stringify(from)}, ${JSON.stringify(to)}); process.exit(${code})`,
    ] as const;
  const result = await runStage({
    name: 'shaky',
    command: copy(whole, join(folder, 'first.json'), 1),
    report: join(folder, 'first.json'),
    limitMinutes: 1,
    again: {
      files: 2,
      report: join(folder, 'second.json'),
      command: () => copy(again, join(folder, 'second.json'), 0),
    },
  });
  expect(result).toMatchObject({ passed: true, counts: { passed: 2, failed: 0 } });
  expect(result.note).toContain('at the second try: one.test.ts');
});
