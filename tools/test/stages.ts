import type { Stage } from './stage.ts';

const output = '.test-output';

export const stages: readonly Stage[] = [
  { name: 'format, lint', command: ['biome', 'check', '--error-on-warnings', '.'], limitMinutes: 2 },
  { name: 'types', command: ['node', 'tools/types.js'], limitMinutes: 3 },
  vitest('unit', 10),
  vitest('integration', 20),
  vitest('attack', 15),
  vitest('browsers', 60),
];

/** Browsers and their server get network namespaces of their own. */
export function canRunBrowsers(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

function vitest(name: 'unit' | 'integration' | 'attack' | 'browsers', limitMinutes: number): Stage {
  const report = `${output}/${name}.json`;
  const run = (to: string): ['vitest', ...string[]] => {
    const project = name === 'browsers' ? 'e2e' : name;
    return [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      '--reporter=./tools/test/UnhandledErrors.ts',
      `--outputFile.json=${to}`,
    ];
  };
  if (name !== 'browsers') return { name, command: run(report), report, limitMinutes };
  const secondReport = `${output}/${name}-again.json`;
  return {
    name,
    command: ['node', 'tools/in-namespaces.js', ...run(report)],
    report,
    limitMinutes,
    again: {
      files: 4,
      report: secondReport,
      command: (files) => ['node', 'tools/in-namespaces.js', ...run(secondReport), ...files],
    },
  };
}
