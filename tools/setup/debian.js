import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { run, say } from './run.js';

/** What the tests use and Debian ships. */
const forTests = [
  'chromium',
  'coturn',
  'firefox-esr',
  'fonts-inter',
  'fonts-noto-color-emoji',
  'fonts-noto-core',
  'git',
  'iproute2',
  'libnss3-tools',
  'nats-server',
  'nftables',
  'postgresql',
  'tcpdump',
];
const policy = '/usr/sbin/policy-rc.d';

/**
 * Installs those of these Debian packages that are missing; where that cannot be, says which.
 * @param {readonly string[]} packages
 */
export function installDebianPackages(packages = forTests) {
  if (!existsSync('/usr/bin/dpkg-query')) {
    say(`This uses these Debian packages or their like: ${packages.join(', ')}`);
    return;
  }
  const missing = findMissing(packages);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    say(`Packages are missing. As root: apt-get update && apt-get install ${missing.join(' ')}`);
    return;
  }
  say(`Installing Debian packages: ${missing.join(', ')} …`);
  withoutServices(() => {
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['-q', 'update'], quiet);
    run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', ...missing], quiet);
  });
}

/** @param {readonly string[]} packages */
function findMissing(packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are dpkg-query's own placeholders
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${Status}\\n', ...packages], {
    encoding: 'utf8',
  });
  const present = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' install ok installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !present.has(name));
}

/**
 * Debian starts a service as soon as it is installed, unless policy-rc.d answers 101 ("not allowed"). Tests
 * start their own PostgreSQL, NATS and TURN on ports of their own.
 * @param {() => void} install
 */
function withoutServices(install) {
  if (existsSync(policy)) return install();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(policy);
  }
}
