// Writes a configuration for coturn and the firewall rules that belong to it, from Conclave's own configuration.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, StartRefused } from '@conclave/server';
import { firewallRules, turnserverConf } from './coturn/coturnFiles.ts';
import { Refused, readOptions, usage } from './coturn/coturnOptions.ts';

try {
  const { into, options } = readOptions(process.argv.slice(2), loadConfig(process.env, process.cwd()));
  mkdirSync(into, { recursive: true });
  write(join(into, 'turnserver.conf'), turnserverConf(options), 0o600);
  write(join(into, 'conclave-turn.nft'), firewallRules(options), 0o644);
} catch (fault) {
  if (!(fault instanceof Refused || fault instanceof StartRefused)) throw fault;
  process.stderr.write(`${fault.message}\n\n${usage}`);
  process.exitCode = 1;
}

function write(path: string, text: string, mode: number): void {
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  process.stdout.write(`${path}\n`);
}
