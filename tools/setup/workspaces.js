import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { npm, root, say } from './run.js';

const lock = `${root}package-lock.json`;
// npm writes this file at the end of every install: it is newer than the lock exactly when the install is whole.
const installed = `${root}node_modules/.package-lock.json`;
const stamp = `${root}node_modules/.conclave-lock`;

/** Installs the npm packages when they are missing or of another lock file. */
export function installPackages() {
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(installed)) {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
    if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
      writeFileSync(stamp, wanted);
      return;
    }
  }
  say('Installing npm packages (once for each version of package-lock.json) …');
  npm(['ci', '--no-fund', '--no-audit']);
  writeFileSync(stamp, wanted);
}
