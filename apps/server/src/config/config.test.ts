import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { parse } from 'smol-toml';
import { afterAll, describe, expect, test } from 'vitest';
import { StartRefused } from '../startRefused.ts';
import { configFrom, loadConfig } from './config.ts';
import { SETTING_VARIABLES } from './environment.ts';
import { type RawSettings, SettingsSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'conclave-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SAMPLE = readFileSync(resolve(import.meta.dirname, '../../../../conclave.sample.toml'), 'utf8');

function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (fault) {
    if (fault instanceof StartRefused) return fault.message;
    throw fault;
  }
  return 'not refused';
}

function fromToml(text: string, environment: Record<string, string> = {}) {
  writeFileSync(join(folder, 'conclave.toml'), text);
  return loadConfig(environment, folder);
}

describe('without any setting', () => {
  const config = loadConfig({}, join(folder, 'nothing-here'));

  test('it serves this machine alone, from a data folder beside it', () => {
    expect(config.http).toMatchObject({
      address: '127.0.0.1',
      port: 8080,
      publicOrigin: null,
      overTls: false,
    });
    expect(config.dataFolder).toBe(join(folder, 'nothing-here', 'data'));
    expect(config.database.url).toBeNull();
    expect(config.media.udpPort).toBe(40_000);
    expect(config.media.workers).toBeGreaterThanOrEqual(1);
    expect(config.policyPins).toEqual({});
  });
});

describe('the sample file', () => {
  test('says the defaults', () => {
    const said = SettingsSchema.parse(parse(SAMPLE));
    expect(said).toEqual(SettingsSchema.parse({}));
  });

  test('documents every setting, and each has its variable', () => {
    const uncommented = parse(SAMPLE.replaceAll(/^# (\w+ = )/gm, '$1'));
    const keys = leaves(uncommented);
    expect(keys.sort()).toEqual(schemaKeys().sort());
    const variables = keys.map(
      (key) => `CONCLAVE_${key.replace(/[.A-Z]/g, (c) => (c === '.' ? '_' : `_${c}`)).toUpperCase()}`,
    );
    expect(variables.sort()).toEqual([...SETTING_VARIABLES].sort());
  });
});

describe('keys and variables that are no settings are refused by name', () => {
  test.each([
    ['dataFodler = "x"', 'dataFodler'],
    ['[listen]\nprot = 1', 'listen.prot'],
    ['[listne]\nport = 1', 'listne'],
  ])('%j', (text, name) => {
    expect(refusalOf(() => fromToml(text))).toContain(`There is no setting ${name}.`);
  });

  test('CONCLAVE_PROT', () => {
    expect(refusalOf(() => loadConfig({ CONCLAVE_PROT: '1' }, folder))).toContain('CONCLAVE_PROT');
  });
});

test.each([
  ['[mail]\nlanguage = "sv"', 'mail.language'],
  ['[listen]\nport = 70000', 'listen.port'],
  ['[listen]\naddress = "localhost"', 'listen.address'],
  ['[media]\nworkers = 0', 'media.workers'],
  ['[media]\nannouncedAddresses = ["media.example.org"]', 'media.announcedAddresses'],
  ['[media]\nannouncedAddresses = ["0.0.0.0"]', 'media.announcedAddresses'],
  ['[media]\nannouncedAddresses = ["::"]', 'media.announcedAddresses'],
  ['[turn]\nurls = ["https://turn.example.org"]', 'turn.urls'],
  ['[turn]\nurls = ["turn:user@turn.example.org"]', 'turn.urls'],
  ['[turn]\nurls = ["turn:turn.example.org"]\nsecret = "short"', 'turn.secret'],
  ['[turn]\nurls = ["turn:turn.example.org"]', 'turn.secret'],
  ['[turn]\nurls = ["turn:turn.example.org"]\nusername = "u"', 'turn.password'],
  ['[turn]\nurls = ["turn:t"]\nsecret = "0123456789abcdef"\nusername = "u"\npassword = "p"', 'the other'],
  ['[turn]\nsecret = "0123456789abcdef"', 'turn.urls'],
  ['[database]\nurl = "mysql://x"', 'database.url'],
  ['publicOrigin = "https://meet.example.org/path"', 'publicOrigin'],
  ['behindTlsProxy = "yes"', 'behindTlsProxy'],
  ['trustedProxies = ["everywhere"]', 'trustedProxies'],
])('a wrong value is refused and the setting is named: %j', (text, name) => {
  expect(refusalOf(() => fromToml(text))).toContain(name);
});

test('a named file that is missing and a file that is no TOML are refused', () => {
  expect(refusalOf(() => loadConfig({ CONCLAVE_CONFIG: 'none.toml' }, folder))).toContain('none.toml');
  expect(refusalOf(() => fromToml('a = = b'))).toContain('conclave.toml');
});

test('the environment wins over the file', () => {
  const config = fromToml('[listen]\nport = 1234\n[media]\nworkers = 3', {
    CONCLAVE_LISTEN_PORT: '4321',
    CONCLAVE_MEDIA_ANNOUNCED_ADDRESSES: '192.0.2.1, 2001:db8::1',
    CONCLAVE_MEETINGS_GUESTS_MAY_SHARE_SCREEN: 'false',
    PATH: '/bin',
  });
  expect(config.http.port).toBe(4321);
  expect(config.media).toMatchObject({ workers: 3, announcedAddresses: ['192.0.2.1', '2001:db8::1'] });
  expect(config.policyPins).toEqual({ screenSharing: { mode: 'enforced', value: 'members' } });
  expect(refusalOf(() => loadConfig({ CONCLAVE_LISTEN_PORT: 'x' }, folder))).toContain(
    'CONCLAVE_LISTEN_PORT',
  );
  expect(refusalOf(() => loadConfig({ CONCLAVE_BEHIND_TLS_PROXY: '1' }, folder))).toContain('true or false');
});

describe('plain http', () => {
  const origin = 'https://meet.example.org';
  const public_ = { listen: { address: '0.0.0.0' }, publicOrigin: origin };

  test.each(['0.0.0.0', '::', '192.0.2.1'])('is refused on %s', (address) => {
    expect(refusalOf(() => configFrom({ listen: { address } }, folder))).toContain('behindTlsProxy');
  });

  test.each(['127.0.0.1', '127.8.9.1', '::1'])('is fine on %s', (address) => {
    expect(configFrom({ listen: { address } }, folder).http.overTls).toBe(false);
  });

  test('is fine behind a TLS proxy, whose word about addresses is taken', () => {
    const { http } = configFrom({ ...public_, behindTlsProxy: true }, folder);
    expect(http).toMatchObject({ overTls: true, tls: null, trustedProxies: ['127.0.0.0/8', '::1'] });
  });

  test('is not needed with a certificate', () => {
    const { http } = configFrom({ ...public_, tls: { certificateFile: 'c.pem', keyFile: 'k.pem' } }, folder);
    expect(http.tls).toEqual({ certificateFile: join(folder, 'c.pem'), keyFile: join(folder, 'k.pem') });
  });

  test.each<[string, RawSettings]>([
    ['publicOrigin', { listen: { address: '0.0.0.0' }, behindTlsProxy: true }],
    ['https', { ...public_, publicOrigin: 'http://meet.example.org', behindTlsProxy: true }],
    ['camera', { publicOrigin: 'http://meet.example.org' }],
    ['certificateFile', { publicOrigin: origin }],
    ['both or neither', { ...public_, tls: { keyFile: 'k.pem' } }],
  ])('combinations that cannot work are refused: %s', (word, settings) => {
    expect(refusalOf(() => configFrom(settings, folder))).toContain(word);
  });
});

test('the password of the database is never printed', () => {
  const { database } = configFrom({ database: { url: 'postgres://conclave:hunter2@db/conclave' } }, folder);
  expect(database.url?.reveal()).toContain('hunter2');
  for (const print of [inspect(database), JSON.stringify(database), `${database.url}`]) {
    expect(print).not.toContain('hunter2');
  }
});

function leaves(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? leaves(inner, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}

function schemaKeys(): string[] {
  return Object.entries(SettingsSchema.shape).flatMap(([key, inner]) => {
    const object = 'unwrap' in inner ? inner.unwrap() : inner;
    return 'shape' in object ? Object.keys(object.shape).map((name) => `${key}.${name}`) : [key];
  });
}

test('relays are reached with a shared secret or a static password; neither is ever printed', () => {
  const urls = [
    'turns:turn.example.org:443?transport=tcp',
    'turn:192.0.2.7',
    'turn:[2001:db8::7]:3478?transport=udp',
  ];
  const shared = fromToml(`[turn]\nurls = ${JSON.stringify(urls)}`, {
    CONCLAVE_TURN_SECRET: 'not for anybody to see',
  });
  expect(shared.turn).toMatchObject({ urls, access: { kind: 'shared-secret', lifetimeSeconds: 600 } });
  const rented = configFrom(
    { turn: { urls: ['turn:a.example'], username: 'u', password: 'not for anybody to see' } },
    folder,
  );
  expect(rented.turn?.access).toMatchObject({ kind: 'static', username: 'u' });
  for (const config of [shared, rented])
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9 }), `${config.turn?.access}`])
      expect(text).not.toContain('not for anybody');
  expect(fromToml('').turn).toBeNull();
});
