import { existsSync } from 'node:fs';
import { root } from './run.js';

/** npm scripts run on the Node that the project pins; where npm ships none (macOS), on the machine's own. */
export function checkRuntime() {
  const name = process.platform === 'win32' ? 'node.cmd' : 'node';
  if (existsSync(`${root}node_modules/.bin/${name}`)) return;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return;
  throw new Error(
    `Conclave needs Node.js 24. There is no packaged one for ${process.platform}-${process.arch}; ` +
      `this is ${process.version}. Install Node.js 24 and try again.`,
  );
}
