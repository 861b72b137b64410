import type { Host } from './host.ts';
import type { Network } from './network.ts';

const variable = 'CONCLAVE_TEST_NETWORK';
type Hosts = Pick<Network, 'server' | 'browsers'>;

/** How the test runner, which itself runs on the browsers' host, learns of the two hosts. */
export function toEnvironment({ server, browsers }: Hosts): Record<string, string> {
  return { [variable]: JSON.stringify({ server, browsers }) };
}

/** @throws when the tests were not started by tools/in-namespaces.js */
export function fromEnvironment(env: NodeJS.ProcessEnv = process.env): Hosts {
  const text = env[variable];
  if (text === undefined) {
    throw new Error('Browser tests run in network namespaces: use `npm run browsers` (as root).');
  }
  const hosts = JSON.parse(text) as Record<'server' | 'browsers', Host>;
  return { server: hosts.server, browsers: hosts.browsers };
}
