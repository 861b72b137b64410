import { readFileSync } from 'node:fs';
import { configFrom } from '@conclave/server';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = read('docs/network.md');
const sample = read('conclave.sample.toml');

test('the page of addresses and ports says the defaults', () => {
  const { http, media } = configFrom({}, '/tmp');
  expect(page).toContain(`TCP ${http.port}`);
  expect(page).toContain(`UDP ${media.udpPort}`);
  expect(page).toContain(`TCP ${media.tcpPort ?? media.udpPort}`);
});

test('it names settings that exist, and every one that opens a port or names an address', () => {
  const named = new Set(
    [...page.matchAll(/`((?:listen|media|turn|database|meetings)\.\w+)`/g)].map(([, key]) => key),
  );
  for (const key of named) {
    const [section, name] = key?.split('.') ?? [];
    const text = sample.split(/^(?=\[)/m).find((part) => part.startsWith(`[${section}]`)) ?? '';
    expect(text, key).toMatch(new RegExp(`^(# )?${name} = `, 'm'));
  }
  const needed = ['listen.address', 'listen.port', 'media.udpPort', 'media.workers', 'media.bindAddress'];
  expect([...named]).toEqual(
    expect.arrayContaining([
      ...needed,
      'media.announcedAddresses',
      'media.tcp',
      'media.tcpPort',
      'turn.urls',
    ]),
  );
});

test('the ports of the relay are those that it is set up with', () => {
  const template = read('deploy/coturn/turnserver.conf.template');
  const files = read('tools/coturn/coturnFiles.ts');
  const number = (name: string) =>
    Number(new RegExp(`${name} = ([\\d_]+)`).exec(files)?.[1]?.replace('_', ''));
  expect(template).toContain('min-port={{minPort}}');
  expect(page).toContain(`UDP ${number('minPort')} to ${number('maxPort')}`);
});
