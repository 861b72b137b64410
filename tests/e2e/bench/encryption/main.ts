// What the encryption of media costs, against a form of the same build that encrypts none and exists nowhere else: the CPU
// of a browser that shows sixteen tiles, its own among them, and the time from the click on "Join" to the first picture. The two forms take
// turns, so that whatever else the machine does meets both.
import { loadavg } from 'node:os';
import { Call } from '../../harness/call.ts';
import { buildForms, type Form } from './builds.ts';
import { timeJoins } from './joins.ts';
import { descendantsOf } from './processTree.ts';
import { offered, type TilesResult, watchTiles } from './tiles.ts';

const { encrypted, unencrypted } = await buildForms();
const turns: readonly Form[] = [encrypted, unencrypted, unencrypted, encrypted];
console.log(`load before: ${loadavg()[0]?.toFixed(2)}`);

await using call = await Call.open({ CONCLAVE_LOG_LEVEL: 'warn' });
const crowd = await call.arrive('chromium', { name: 'Crowd', cameraRate: 20 });
const known = new Set(descendantsOf(process.pid));
const viewer = await call.arrive('chromium', { name: 'Vera' });
const viewerPid = descendantsOf(process.pid).find((pid) => !known.has(pid));
if (viewerPid === undefined) throw new Error('There is no process of the viewer.');

const watched: TilesResult[] = [];
for (const form of turns) {
  const result = await watchTiles(call, form, { viewer, crowd, viewerPid });
  watched.push(result);
  const { cpu, all, frames, seconds } = result;
  console.log(
    `${form.name}: ${(cpu / seconds / 10).toFixed(0)} % of a core, ${(frames / seconds).toFixed(0)} pictures/s,`,
    `${(cpu / frames).toFixed(2)} ms for each; with those who send ${(all / seconds / 10).toFixed(0)} %; load ${loadavg()[0]?.toFixed(2)}`,
  );
}

if (watched.some(({ frames, seconds }) => frames / seconds < 0.9 * offered))
  console.log(`The machine was too busy: of ${offered} pictures/s some were not made or not shown.`);

const times = { encrypted: [] as number[], unencrypted: [] as number[] };
for (const form of turns) {
  const taken = await timeJoins(call, form, { host: crowd, guest: viewer });
  console.log(
    `${form.name}: joined in ${taken.map(Math.round).join(', ')} ms; load ${loadavg()[0]?.toFixed(2)}`,
  );
  times[form.name].push(...taken);
}

console.log(
  JSON.stringify({
    cpu_ratio: Number((costOf('encrypted') / costOf('unencrypted')).toFixed(3)),
    join_added_ms: Math.round(median(times.encrypted) - median(times.unencrypted)),
  }),
);

/** ms of CPU for each picture: a busy machine shows fewer of them. */
function costOf(form: Form['name']): number {
  const own = watched.filter((result) => result.form === form);
  const sum = (key: 'cpu' | 'frames') => own.reduce((total, result) => total + result[key], 0);
  return sum('cpu') / sum('frames');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
