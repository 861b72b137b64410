import type { Stage } from './stage.ts';

const output = '.test-output';

export const stages: readonly Stage[] = [
  { name: 'format, lint', command: ['biome', 'check', '--error-on-warnings', '.'], limitMinutes: 2 },
  { name: 'types', command: ['node', 'tools/types.js'], limitMinutes: 3 },
  vitest('unit', 5),
  vitest('integration', 12),
  vitest('attack', 10),
  vitest('browsers', 30),
];

/** Browsers and their server get network namespaces of their own. */
export function canRunBrowsers(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

function vitest(name: 'unit' | 'integration' | 'attack' | 'browsers', limitMinutes: number): Stage {
  const report = `${output}/${name}.json`;
  const project = name === 'browsers' ? 'e2e' : name;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const run = ['vitest', 'run', '--project', project, ...reporters] as const;
  return {
    name,
    command: name === 'browsers' ? ['node', 'tools/in-namespaces.js', ...run] : [...run],
    report,
    limitMinutes,
  };
}
