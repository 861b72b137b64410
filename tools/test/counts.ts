import { readFileSync } from 'node:fs';
import { unhandledPath } from './unhandledPath.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  /** The file's path. */
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

/**
 * What Vitest's JSON reporter counted; null when it wrote nothing. A file that could not even be collected has
 * failed, although it holds no test.
 */
export function readCounts(path: string): Counts | null {
  const report = readReport(path);
  if (report === null) return null;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The counts of a whole run after some of its files have run once more: what those files said first is replaced. */
export function replaceCounts(whole: string, again: string): Counts | null {
  const [first, second] = [readReport(whole), readCounts(again)];
  if (first === null || second === null) return null;
  const rerun = new Set(filesIn(again));
  const kept = first.testResults.filter(({ name }) => !rerun.has(name));
  const of = (...wanted: readonly string[]) =>
    kept.flatMap((file) => file.assertionResults).filter(({ status }) => wanted.includes(status)).length;
  return {
    passed: of('passed') + second.passed,
    failed: of('failed') + second.failed,
    skipped: of('pending', 'skipped', 'todo') + second.skipped,
  };
}

/** The files in which something failed. */
export function failedFiles(path: string): string[] {
  const failed = readReport(path)?.testResults.filter(({ status }) => status === 'failed');
  return failed?.map(({ name }) => name) ?? [];
}

/** What failed, a line each: the file, and the test unless the whole file could not be collected. */
export function failures(path: string): string[] {
  const failed = readReport(path)?.testResults.filter(({ status }) => status === 'failed') ?? [];
  return failed.flatMap(({ name, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    return tests.length === 0 ? [name] : tests.map(({ fullName }) => `${name} > ${fullName}`);
  });
}

/** The errors of the last run that belong to no test, a line each. */
export function unhandled(): string[] {
  try {
    return JSON.parse(readFileSync(unhandledPath, 'utf8')) as string[];
  } catch {
    return [];
  }
}

function filesIn(path: string): string[] {
  return readReport(path)?.testResults.map(({ name }) => name) ?? [];
}

function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return null;
  }
}
