import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatHashes, parseHashes } from '../../../apps/web/build/hashList.ts';
import { hashesOf } from '../../../apps/web/build/listHashes.ts';
import { bootServer } from '../../dev-env/bootServer.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const skipped = /\/(?:node_modules|dist|\.git|\.test-output)$/;
let folder: string;
/** Two builds of the same sources, in other places and at other times. */
let builds: readonly [string, string];

beforeAll(async () => {
  mkdirSync(join(root, '.test-output'), { recursive: true });
  folder = mkdtempSync(join(root, '.test-output/builds-'));
  const places = [join(folder, 'one'), join(folder, 'a longer way', 'two')] as const;
  const environments = [{ TZ: 'UTC' }, { TZ: 'Asia/Tokyo', LC_ALL: 'C' }];
  for (const [index, place] of places.entries()) {
    await copySources(place);
    await run('npx', ['vite', 'build', '--logLevel', 'error'], {
      cwd: join(place, 'apps/web'),
      env: { ...process.env, NODE_ENV: 'production', ...environments[index] },
    });
  }
  builds = [join(places[0], 'apps/web/dist'), join(places[1], 'apps/web/dist')];
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a clone has them after an install. Hard links: the packages are large, and nothing here writes to them. */
async function copySources(place: string): Promise<void> {
  for (const part of ['package.json', 'package-lock.json', 'packages', 'apps', 'tsconfig.base.json'])
    cpSync(join(root, part), join(place, part), { recursive: true, filter: (path) => !skipped.test(path) });
  await run('cp', ['-al', join(root, 'node_modules'), place]);
}

function filesOf(build: string): string[] {
  return readdirSync(build, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(build.length + 1))
    .sort();
}

/** As `npm run verify:web` runs it. */
async function verify(origin: string, hashes: string): Promise<{ code: number; output: string }> {
  const args = [join(root, 'tools/verify-web.ts'), origin, hashes];
  return await run(process.execPath, args).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      output: stdout + stderr,
    }),
  );
}

test('the same sources give the same bytes, wherever and whenever they are built', () => {
  const [one, other] = builds;
  expect(filesOf(one)).toEqual(filesOf(other));
  expect(filesOf(one).length).toBeGreaterThan(100);
  for (const file of filesOf(one))
    expect(readFileSync(join(one, file)).equals(readFileSync(join(other, file))), file).toBe(true);
});

test('the list names every file that is served, as sha256sum checks it', async () => {
  const [one] = builds;
  const list = readFileSync(join(one, 'hashes.txt'), 'utf8');
  await run('sha256sum', ['--check', '--strict', '--quiet', 'hashes.txt'], { cwd: one });
  expect(parseHashes(list)).toEqual(await hashesOf(one));
  const served = filesOf(one).filter((file) => !/^\.vite|\.(?:br|gz)$|^hashes\.txt$/.test(file));
  expect([...parseHashes(list).keys()].sort()).toEqual(served);
});

test('a server that gives out what was built passes', async () => {
  const [one, other] = builds;
  await using server = await bootServer({ parts: [], webRoot: one });
  const { code, output } = await verify(server.origin, join(other, 'hashes.txt'));
  expect(output).toMatch(/{"files":\d+,"different":0}/);
  expect(code).toBe(0);
});

const tampering: readonly [
  string,
  (build: string, script: string) => string,
  (build: string, script: string) => void,
][] = [
  ['a script', (_, script) => `/${script}`, (build, script) => tamper(join(build, script))],
  [
    'its compressed form alone',
    (_, script) => `/${script}`,
    (build, script) => {
      const changed = Buffer.concat([readFileSync(join(build, script)), Buffer.from('\nsteal();')]);
      writeFileSync(join(build, `${script}.br`), brotliCompressSync(changed));
    },
  ],
  [
    'the page',
    () => '/m/22222-22222-22222-22222',
    (build) => {
      const path = join(build, 'index.html');
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace('</head>', '<script src="/x.js"></script></head>'),
      );
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    },
  ],
  [
    'a file that is missing',
    (_, script) => `/${script}`,
    (build, script) => {
      for (const end of ['', '.br', '.gz']) rmSync(join(build, script + end));
    },
  ],
];

test.each(tampering)(
  'a server with another content of %s fails, and the file is named',
  async (_, named, change) => {
    const [one, other] = builds;
    const changed = join(folder, `changed-${Math.random()}`);
    cpSync(one, changed, { recursive: true });
    const script = filesOf(one).find((file) => /^assets\/encryption-[^/]+\.js$/.test(file)) ?? '';
    expect(existsSync(join(changed, script))).toBe(true);
    change(changed, script);
    await using server = await bootServer({ parts: [], webRoot: changed });
    const { code, output } = await verify(server.origin, join(other, 'hashes.txt'));
    expect(code).toBe(1);
    expect(output).toContain(`DIFFERS  ${named(changed, script)}: `);
  },
);

test('a list that is not one of ours is refused', () => {
  const hash = 'a'.repeat(64);
  expect(parseHashes(formatHashes(new Map([['assets/a.js', hash]])))).toEqual(
    new Map([['assets/a.js', hash]]),
  );
  for (const text of [
    '',
    `${hash} a.js`,
    `${hash}  ../a.js`,
    `${hash}  /a.js`,
    `${hash}  a.js\n${hash}  a.js`,
    `${'a'.repeat(63)}  a.js`,
  ])
    expect(() => parseHashes(text)).toThrow();
});

function tamper(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, '\nsteal();');
}
