import type { Network } from './network.ts';

const variable = 'CONCLAVE_TEST_NETWORK';
type Hosts = Pick<Network, 'server' | 'browsers' | 'homes'>;

/** How the test runner, which itself runs on the browsers' host, learns of the hosts. */
export function toEnvironment({ server, browsers, homes }: Hosts): Record<string, string> {
  return { [variable]: JSON.stringify({ server, browsers, homes }) };
}

/** @throws when the tests were not started by tools/in-namespaces.js */
export function fromEnvironment(env: NodeJS.ProcessEnv = process.env): Hosts {
  const text = env[variable];
  if (text === undefined) {
    throw new Error('Browser tests run in network namespaces: use `npm run browsers` (as root).');
  }
  return JSON.parse(text) as Hosts;
}
