// Holds the pages of a running server against a build: `npm run verify:web -- https://meet.example.org [hashes.txt]`.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseHashes } from '../apps/web/build/hashList.ts';
import { compareWithServer } from './verify-web/compare.ts';

const built = fileURLToPath(new URL('../apps/web/dist/hashes.txt', import.meta.url));

const [origin, file = built] = process.argv.slice(2);
if (origin === undefined || !/^https?:\/\/[^/]+\/?$/.test(origin)) {
  console.error('usage: npm run verify:web -- ORIGIN [HASHES]   (HASHES of your own build without it)');
  process.exit(2);
}
const hashes = parseHashes(await readFile(file, 'utf8'));
const differences = await compareWithServer(origin, hashes);
for (const { path, reason } of differences) console.error(`DIFFERS  ${path}: ${reason}`);
console.log(JSON.stringify({ files: hashes.size, different: differences.length }));
process.exitCode = differences.length === 0 ? 0 : 1;
