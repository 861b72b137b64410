// The server, restarted on every change, and Vite's development server in front of it. One stops with the other.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const origin = 'http://localhost:5173';

const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  // Pages come from Vite, so that is where requests and the owner link belong.
  env: { ...process.env, CONCLAVE_PUBLIC_ORIGIN: origin },
});
const vite = spawn(
  process.execPath,
  [`${root}node_modules/vite/bin/vite.js`, '--port', '5173', '--strictPort'],
  {
    cwd: `${root}apps/web`,
    stdio: 'inherit',
  },
);

const children = [server, vite];
let stopping = false;
/** @param {number} code */
function stop(code) {
  if (stopping) return;
  stopping = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}
for (const child of children) {
  child.once('error', () => stop(1));
  child.once('exit', (code) => stop(code ?? 0));
}
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));
