// Runs a command on the browsers' host of a fresh test network (tests/net): `node tools/in-namespaces.js CMD …`.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { toEnvironment } from '../tests/net/environment.ts';
import { openNetwork } from '../tests/net/network.ts';

const [program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error('usage: node tools/in-namespaces.js COMMAND [ARGUMENT …]');
if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  console.error(
    'Network namespaces need Linux and root. Run this as root, or leave the browser tests to CI.',
  );
  process.exit(1);
}

await using network = await openNetwork();
const child = spawn('ip', ['netns', 'exec', network.browsers.namespace, program, ...args], {
  stdio: 'inherit',
  env: { ...process.env, ...toEnvironment(network) },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
process.exitCode = await new Promise((resolve, reject) => {
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
});
