// `npm run fuzz -- --seconds 60 --target rtcp --seed 1`: looks for an input that one of our parsers cannot bear. What it
// finds is written to regressions/, where a test reads it from then on.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { Random } from './Random.ts';
import { targets } from './targets/index.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', multiple: true, default: Object.keys(targets) },
    seed: { type: 'string', default: String(Date.now() % 0xffffffff) },
  },
});
const names = values.target;
const each = Number(values.seconds) / names.length;
console.log(`seed ${values.seed}, ${each.toFixed(1)} s for each of ${names.join(', ')}`);

for (const name of names) {
  const target = targets[name];
  if (target === undefined) throw new Error(`there is no target ${name}: ${Object.keys(targets).join(', ')}`);
  const { runs, blocks, kept, find } = await fuzz(target, each, new Random(Number(values.seed)));
  console.log(`${name}: ${runs} inputs, ${blocks} blocks reached, ${kept} inputs kept`);
  if (find === null) continue;
  const folder = new URL(`./regressions/${name}/`, import.meta.url);
  const hash = createHash('sha256').update(find.input).digest('hex').slice(0, 16);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${hash}.bin`, folder), find.input);
  console.log(`${name}: FOUND regressions/${name}/${hash}.bin`, find.error);
  process.exitCode = 1;
}
