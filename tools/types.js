// Type-checks every workspace. Plain JavaScript so that it starts before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const folders = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(parent).map((name) => `${parent}/${name}`),
);
let failed = false;
for (const folder of [...folders, 'tests', 'tools']) {
  if (!existsSync(`${folder}/tsconfig.json`)) continue;
  const { status } = spawnSync('tsc', ['-p', folder], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
