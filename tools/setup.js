// Makes a fresh clone ready: `npm start`, `npm run dev` and `npm test` run this first. Plain JavaScript without
// dependencies, because nothing is installed yet and Node may be 20.
import process from 'node:process';
import { installDebianPackages } from './setup/debian.js';
import { checkRuntime, checkSystem } from './setup/runtime.js';
import { buildWeb } from './setup/web.js';
import { installPackages } from './setup/workspaces.js';

const forTests = process.argv.includes('--tests');
try {
  checkSystem();
  installPackages();
  checkRuntime();
  if (!process.argv.includes('--no-build')) buildWeb();
  if (forTests) installDebianPackages();
  // What the media server is measured against.
  if (process.argv.includes('--janus')) installDebianPackages(['janus']);
} catch (error) {
  process.stderr.write(`\nSet-up failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
