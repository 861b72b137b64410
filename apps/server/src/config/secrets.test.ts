import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartRefused } from '../startRefused.ts';
import { lockDataFolder } from '../storage/dataFolderLock.ts';
import { prepareDataFolder } from './dataFolder.ts';
import { loadSecrets } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conclave-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mode = (path: string) => statSync(path).mode & 0o777;

test('secrets are made once, 256 bits, for the eyes of this user alone', () => {
  const first = loadSecrets(folder).passwordPepper.reveal();
  expect(first).toHaveLength(32);
  expect(loadSecrets(folder).passwordPepper.reveal()).toEqual(first);
  expect(mode(join(folder, 'secrets.json'))).toBe(0o600);
});

test('another folder has other secrets', () => {
  const other = mkdtempSync(join(folder, 'other-'));
  expect(loadSecrets(other).passwordPepper.reveal()).not.toEqual(loadSecrets(folder).passwordPepper.reveal());
});

test('permissions that were opened are closed again', () => {
  loadSecrets(folder);
  chmodSync(join(folder, 'secrets.json'), 0o644);
  chmodSync(folder, 0o755);
  prepareDataFolder(folder);
  loadSecrets(folder);
  expect(mode(join(folder, 'secrets.json'))).toBe(0o600);
  expect(mode(folder)).toBe(0o700);
});

test.each(['', '{', '{"version":2}', '{"version":1,"passwordPepper":"short"}'])(
  'a damaged file is refused, never replaced: %j',
  (content) => {
    writeFileSync(join(folder, 'secrets.json'), content);
    expect(() => loadSecrets(folder)).toThrow(StartRefused);
  },
);

test('the data folder has one holder at a time', () => {
  {
    using _ = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(/Another process/);
  }
  using _ = lockDataFolder(folder);
  expect(mode(join(folder, 'lock'))).toBe(0o600);
});
