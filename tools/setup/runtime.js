import { existsSync } from 'node:fs';
import { root } from './run.js';

/** Throws where the media server cannot run: Node for Windows keeps OpenSSL's part of DTLS for itself. */
export function checkSystem() {
  if (process.platform === 'win32')
    throw new Error('Conclave runs on Linux and macOS. On Windows, start it in WSL 2 or in a container.');
}

/** npm scripts run on the Node that the project pins; where npm ships none (macOS), on the machine's own. */
export function checkRuntime() {
  if (existsSync(`${root}node_modules/.bin/node`)) return;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return;
  throw new Error(
    `Conclave needs Node.js 24. There is no packaged one for ${process.platform}-${process.arch}; ` +
      `this is ${process.version}. Install Node.js 24 and try again.`,
  );
}
