import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { BlobGone } from './BlobStore.ts';
import { folderBlobs } from './folderBlobs.ts';

const root = mkdtempSync(join(tmpdir(), 'conclave-blobs-'));
const blobs = folderBlobs(join(root, 'files'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('parts are kept apart, replaced whole, and closed to others', async () => {
  await blobs.create('ab12');
  await Promise.all([1, 2, 3].map((byte) => blobs.put('ab12', 0, new Uint8Array(1_000).fill(byte))));
  const part = await blobs.get('ab12', 0);
  expect(new Set(part).size).toBe(1);
  expect(readdirSync(join(root, 'files', 'ab12'))).toEqual(['0']);
  expect(statSync(join(root, 'files', 'ab12')).mode & 0o777).toBe(0o700);
  expect(statSync(join(root, 'files', 'ab12', '0')).mode & 0o777).toBe(0o600);
});

test('what was removed is gone, and nothing is put there any more', async () => {
  await blobs.create('ab12');
  await blobs.put('ab12', 0, Uint8Array.of(1));
  await blobs.remove('ab12');
  await blobs.remove('ab12');
  await expect(blobs.get('ab12', 0)).rejects.toThrow(BlobGone);
  await expect(blobs.put('ab12', 0, Uint8Array.of(1))).rejects.toThrow(BlobGone);
  await blobs.create('ab12');
  await blobs.clear();
  expect(readdirSync(root)).toEqual([]);
});

test.each(['../secrets', 'a/b', 'A', '', '.', 'x'.repeat(65)])('%j is no name', async (name) => {
  await expect(blobs.create(name)).rejects.toThrow();
  await expect(async () => await blobs.get(name, 0)).rejects.toThrow();
});
