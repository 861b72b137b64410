import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encryptionScripts, JOINING, JOINING_BUDGET, type Manifest, scriptsOf } from './pageWeight.ts';

// Weighs the build in dist/: run it after `npm run build`.
const folder = join(import.meta.dirname, '../dist');
const manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
let gzip = 0;
let brotli = 0;
const all = await readdir(folder, { recursive: true });
for (const file of [...scriptsOf(manifest, JOINING), ...encryptionScripts(all)]) {
  const sizes = await Promise.all(['.gz', '.br'].map((end) => stat(join(folder, file + end))));
  const [packed = 0, smaller = 0] = sizes.map(({ size }) => size);
  gzip += packed;
  brotli += smaller;
  process.stdout.write(`${String(packed).padStart(8)} ${String(smaller).padStart(8)}  ${file}\n`);
}
process.stdout.write(
  `${JSON.stringify({ joining_gzip: gzip, joining_brotli: brotli, budget: JOINING_BUDGET })}\n`,
);
if (gzip > JOINING_BUDGET) process.exitCode = 1;
