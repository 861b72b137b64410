// `npm test`: everything that a change has to pass, in the order in which it fails fastest. Every stage runs,
// whatever the ones before it said; the last line counts the tests.
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { runStage, type StageResult } from './test/stage.ts';
import { canRunBrowsers, stages } from './test/stages.ts';

mkdirSync('.test-output', { recursive: true });
const results: StageResult[] = [];
for (const stage of stages) {
  if (stage.name === 'browsers' && !canRunBrowsers()) {
    // CI must not turn green by leaving the main thing out.
    const passed = process.env['CI'] === undefined;
    results.push({
      name: stage.name,
      passed,
      seconds: 0,
      counts: null,
      note: 'left out: needs Linux and root',
    });
    continue;
  }
  results.push(await runStage(stage));
}

console.log('\n');
for (const { name, passed, seconds, counts, note } of results) {
  const tests = counts ? `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : '';
  const columns = [passed ? '✓' : '✗', name.padEnd(12), `${seconds.toFixed(0)} s`.padStart(6), note ?? tests];
  console.log(columns.join('  '));
}
for (const line of results.flatMap((result) => result.failures ?? [])) console.log(`   failed: ${line}`);
const total = (key: 'passed' | 'failed' | 'skipped') =>
  results.reduce((sum, { counts }) => sum + (counts?.[key] ?? 0), 0);
const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : '';
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
