import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MESSAGE_KINDS } from '../../../packages/e2ee/src/member-messages/memberMessage.ts';
import { OVERLAP } from '../../../packages/e2ee/src/mls/index.ts';
import { MLS_LIMITS } from '../../../packages/e2ee/src/mls/limits.ts';
import { CIPHER_SUITES } from '../../../packages/e2ee/src/sframe/cipherSuite.ts';
import { KID_BITS } from '../../../packages/e2ee/src/sframe/mlsKid.ts';
import { REPLAY_WINDOW } from '../../../packages/e2ee/src/sframe/ReplayWindow.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const protocol = read('docs/e2ee.md');

test('docs/e2ee.md has the numbers that the code has', () => {
  const { id, keyBytes } = CIPHER_SUITES.AES_256_GCM_SHA512_128;
  expect([id, keyBytes]).toEqual([5, 32]);
  expect(protocol).toContain('`AES_256_GCM_SHA512_128` (5)');
  expect(KID_BITS).toEqual({ epoch: 8, leafIndex: 12 });
  expect(protocol).toContain('context << 20 | leaf << 8 | epoch mod 256');
  expect(protocol).toContain(`the last ${REPLAY_WINDOW.toLocaleString('en')} counters`);
  const { keyPackageBytes, commitBytes, welcomeBytes, messageBytes, applicationBytes, leaves } = MLS_LIMITS;
  const kilo = (bytes: number) => `${bytes / 1024} kB`;
  expect(protocol).toContain(
    `KeyPackage ${kilo(keyPackageBytes)}, commit ${kilo(commitBytes)}, Welcome ${kilo(welcomeBytes)}, application message ` +
      `${kilo(messageBytes)} (${kilo(applicationBytes)} of content), ${leaves.toLocaleString('en')} leaves`,
  );
  for (const ms of Object.values(OVERLAP)) expect(protocol).toContain(`${ms / 1_000} s`);
  expect(protocol).toMatch(/210,000 rounds/);
});

test('docs/e2ee.md names every kind of message', () => {
  for (const number of Object.values(MESSAGE_KINDS))
    expect(protocol).toMatch(new RegExp(`^\\| ${number} \\|`, 'm'));
});

test('labels are written as the code has them', () => {
  const sources = [
    'mls/credential/MeetingKeys.ts',
    'mls/credential/issueCredential.ts',
    'mls/group/externalPsk.ts',
    'mls/verification/roomCode.ts',
    'mls/verification/personCode.ts',
    'worker/Epochs.ts',
  ].map((path) => read(`packages/e2ee/src/${path}`));
  const labels = new Set(
    sources.flatMap((source) => source.match(/(?<=')(?:Conclave|SFrame)[^'\n]*(?=')/g) ?? []),
  );
  expect(labels.size).toBeGreaterThanOrEqual(8);
  for (const label of labels) expect(protocol, label).toContain(label);
});

test('what the two documents point to is there', () => {
  for (const path of [
    'docs/e2ee.md',
    'docs/threat-model.md',
    'docs/adr/0019-the-server-delivers-the-group-knows.md',
  ]) {
    const text = read(path);
    for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)\)/g))
      expect(existsSync(join(root, path, '..', link)), `${path}: ${link}`).toBe(true);
    for (const [, file = ''] of text.matchAll(/`(tests\/[\w/.-]+)`/g))
      expect(existsSync(join(root, file)), file).toBe(true);
  }
});
