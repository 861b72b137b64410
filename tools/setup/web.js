import { existsSync, readdirSync, statSync } from 'node:fs';
import { npm, root, say } from './run.js';

const built = `${root}apps/web/dist/index.html`;
const sources = [
  'package-lock.json',
  'apps/web',
  'packages/client/src',
  'packages/protocol/src',
  'packages/e2ee/src',
];
const skipped = new Set(['dist', 'node_modules']);

/** Builds the web client when a source is newer than what was built. */
export function buildWeb() {
  if (!existsSync(`${root}apps/web/vite.config.ts`)) return;
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (sources.every((path) => newest(root + path) <= builtAt)) return;
  say('Building the web client …');
  npm(['run', '--silent', 'build', '-w', 'apps/web']);
}

/**
 * When the newest file below was changed, in ms since 1970. 0 for a path that is not there.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  let latest = 0;
  for (const name of readdirSync(path)) {
    if (!skipped.has(name)) latest = Math.max(latest, newest(`${path}/${name}`));
  }
  return latest;
}
