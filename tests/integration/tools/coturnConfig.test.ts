import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configFrom } from '@conclave/server';
import { afterAll, expect, test } from 'vitest';
import { readOptions } from '../../../tools/coturn/coturnOptions.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'conclave-coturn-'));
afterAll(() => rmSync(folder, { recursive: true }));
const tls = ['--certificate', '/etc/coturn/a.pem', '--key', '/etc/coturn/b.pem'];

const good = 'a secret of many characters';
const config = (secret = good) => configFrom({ turn: { urls: ['turns:relay.example.org'], secret } }, folder);

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stderr } = spawnSync(process.execPath, [`${root}tools/coturn-config.ts`, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      CONCLAVE_TURN_URLS: 'turns:relay.example.org:443?transport=tcp',
      CONCLAVE_TURN_SECRET: good,
      CONCLAVE_MEDIA_WORKERS: '4',
      ...environment,
    },
  });
  return { status, stderr };
}

test('strangers get an answer only where browsers may talk directly', () => {
  const into = join(folder, 'direct');
  const settings = {
    CONCLAVE_MEDIA_ANNOUNCED_ADDRESSES: '203.0.113.7',
    CONCLAVE_MEETINGS_DIRECT_PATH: 'allowed',
  };
  expect(run(['--listen', '203.0.113.8', ...tls, '--into', into], settings)).toEqual({
    status: 0,
    stderr: '',
  });
  const conf = readFileSync(join(into, 'turnserver.conf'), 'utf8').split('\n');
  expect(conf).not.toContain('secure-stun');
  expect(conf).toContain('use-auth-secret');
});

test('everything is denied but the media server, on its own ports', () => {
  const announced = { CONCLAVE_MEDIA_ANNOUNCED_ADDRESSES: '203.0.113.7,2001:db8::7' };
  const into = join(folder, 'relay');
  expect(run(['--listen', '203.0.113.8', ...tls, '--into', into], announced)).toEqual({
    status: 0,
    stderr: '',
  });
  const conf = readFileSync(join(into, 'turnserver.conf'), 'utf8').split('\n');
  expect(conf.filter((line) => /^(allowed|denied)-peer-ip/.test(line))).toEqual([
    'denied-peer-ip=0.0.0.0-255.255.255.255',
    'denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    'allowed-peer-ip=203.0.113.7',
    'allowed-peer-ip=2001:db8::7',
  ]);
  expect(conf).toEqual(
    expect.arrayContaining([
      'listening-ip=203.0.113.8',
      'relay-ip=203.0.113.8',
      'use-auth-secret',
      'static-auth-secret=a secret of many characters',
      'no-cli',
      'no-tcp-relay',
      'no-multicast-peers',
      'secure-stun',
      'no-tlsv1',
      'no-tlsv1_1',
    ]),
  );
  expect(statSync(join(into, 'turnserver.conf')).mode & 0o777).toBe(0o600);
  const rules = readFileSync(join(into, 'conclave-turn.nft'), 'utf8');
  expect(rules).toContain('udp sport 61000-65535 ip daddr 203.0.113.7 udp dport 40000-40003 accept');
  expect(rules).toContain('udp sport 61000-65535 ip6 daddr 2001:db8::7 udp dport 40000-40003 accept');
  expect(rules).toContain('udp sport 61000-65535 drop');
});

test('a media server on a private address is allowed alone and exactly', () => {
  const into = join(folder, 'private');
  expect(run(['--listen', '203.0.113.8', '--peer', '10.0.0.7', ...tls, '--into', into]).status).toBe(0);
  const conf = readFileSync(join(into, 'turnserver.conf'), 'utf8');
  expect(conf.match(/^allowed-peer-ip=.*$/gm)).toEqual(['allowed-peer-ip=10.0.0.7']);
});

test.each([
  ['127.0.0.1'],
  ['0.0.0.0'],
  ['169.254.169.254'],
  ['224.0.0.1'],
  ['255.255.255.255'],
  ['::1'],
  ['::'],
  ['fe80::1'],
  ['ff02::1'],
  ['::ffff:127.0.0.1'],
  ['::ffff:203.0.113.7'],
  ['64:ff9b::7f00:1'],
  ['media.example.org'],
  ['10.0.0.0/8'],
  ['10.0.0.1-10.0.0.9'],
  ['10.0.0.1\nno-auth'],
])('it leads to %j on no account', (peer) => {
  const args = ['--listen', '203.0.113.8', '--peer', peer, ...tls];
  expect(() => readOptions(args, config())).toThrow(/must not lead|no address/);
});

test.each([
  ['no media address is known', ['--listen', '203.0.113.8', ...tls], good, '--peer'],
  ['there is no certificate', ['--listen', '203.0.113.8', '--peer', '203.0.113.7'], good, '--certificate'],
  ['it listens nowhere', ['--peer', '203.0.113.7', ...tls], good, '--listen'],
  [
    'the secret is two lines',
    ['--listen', '203.0.113.8', '--peer', '203.0.113.7', ...tls],
    'long enough and\nno-auth',
    'one line',
  ],
] as const)('it is not made when %s', (_, args, secret, word) => {
  expect(() => readOptions(args, config(secret))).toThrow(word);
});
