import { FileId, LIMITS, MeetingId, ParticipantId } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { BlobGone, type BlobStore, StorageFull } from '../../storage/blobs/BlobStore.ts';
import { accessFiles, countRequest } from './accessFiles.ts';
import { FileAccesses } from './FileAccesses.ts';
import { FileShelf } from './FileShelf.ts';
import { finishFile, getPart, putPart } from './fileParts.ts';
import { findFile, findOwnFile } from './findFile.ts';
import type { FilesPorts } from './ports.ts';
import { meetingOver, participantGone, removeFile, removeIdleFiles } from './removeFiles.ts';
import { startFile } from './startFile.ts';

const meetingId = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const participantId = ParticipantId.parse('ada'.padEnd(16, '0'));
const id = FileId.parse('AAECAwQFBgcICQoLDA0ODw');

/** Files whose blobs do what a test says. */
function files(given: Partial<BlobStore> = {}) {
  const removed: string[] = [];
  let now = 0;
  const blobs: BlobStore = {
    create: async () => {},
    put: async () => {},
    get: async () => new Uint8Array(1),
    remove: async (name) => void removed.push(name),
    clear: async () => {},
    ...given,
  };
  const ports: FilesPorts = {
    clock: () => now,
    emit: () => {},
    settings: { largestMegabytes: 1, participantMegabytes: 2, meetingMegabytes: 2, serviceMegabytes: 2 },
    blobs,
    shelf: new FileShelf(blobs, () => {}),
    accesses: new FileAccesses(),
  };
  const token = ports.accesses.give({ meetingId, participantId, maySend: true }, now);
  const access = accessFiles(ports, `Bearer ${token}`);
  return { ports, access, token, removed, wait: (ms: number) => (now += ms) };
}

test('access ends after its time, and with the participant', () => {
  const { ports, token, wait } = files();
  wait(LIMITS.fileAccessMs - 1);
  expect(accessFiles(ports, `Bearer ${token}`).participantId).toBe(participantId);
  wait(1);
  expect(() => accessFiles(ports, `Bearer ${token}`)).toThrow(
    expect.objectContaining({ code: 'file.access' }),
  );
  const next = ports.accesses.give({ meetingId, participantId, maySend: true }, LIMITS.fileAccessMs);
  ports.accesses.forget(participantId);
  for (const header of [`Bearer ${next}`, `bearer ${next}`, next, undefined])
    expect(() => accessFiles(ports, header)).toThrow(expect.objectContaining({ code: 'file.access' }));
});

test('another token does not give the rates back', () => {
  const { ports, access } = files();
  for (let count = 0; count < 200; count++) countRequest(ports, access)[Symbol.dispose]();
  expect(() => countRequest(ports, access)).toThrow();
  const again = ports.accesses.give({ meetingId, participantId, maySend: true }, 0);
  expect(() => countRequest(ports, accessFiles(ports, `Bearer ${again}`))).toThrow();
});

test('so many requests at the same time and no more', () => {
  const { ports, access } = files();
  const held = Array.from({ length: 8 }, () => countRequest(ports, access));
  expect(() => countRequest(ports, access)).toThrow(expect.objectContaining({ code: 'request.rate' }));
  for (let twice = 0; twice < 2; twice++) held[0]?.[Symbol.dispose]();
  countRequest(ports, access);
  expect(() => countRequest(ports, access)).toThrow();
});

test('a disk that is full says so and keeps nothing', async () => {
  const full = () => Promise.reject(new StorageFull('full'));
  const { ports, access } = files({ create: full });
  await expect(startFile(ports, access, id, 10)).rejects.toMatchObject({ code: 'file.storage_full' });
  expect(ports.shelf.find(id)).toBeUndefined();
  const later = files({ put: full });
  await startFile(later.ports, later.access, id, 10);
  const file = later.ports.shelf.find(id);
  if (file === undefined) throw new Error('There is no file.');
  await expect(putPart(later.ports, file, 0, new Uint8Array(10))).rejects.toMatchObject({
    code: 'file.storage_full',
  });
  expect(() => finishFile(later.ports, file)).toThrow(expect.objectContaining({ code: 'file.incomplete' }));
});

test('what is taken away while it is written is not found, and its bytes go after that', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { ports, access, removed } = files({ put: () => promise });
  await startFile(ports, access, id, 10);
  const file = ports.shelf.find(id);
  if (file === undefined) throw new Error('There is no file.');
  const writing = putPart(ports, file, 0, new Uint8Array(10));
  removeFile(ports, file, 'sender');
  removeFile(ports, file, 'sender');
  expect(removed).toEqual([]);
  resolve();
  await expect(writing).rejects.toMatchObject({ code: 'file.not_found' });
  expect(removed).toEqual(['000102030405060708090a0b0c0d0e0f']);
});

test('what storage has lost is not there', async () => {
  const { ports, access } = files({ get: () => Promise.reject(new BlobGone('gone')) });
  await startFile(ports, access, id, 10);
  const file = ports.shelf.find(id);
  if (file === undefined) throw new Error('There is no file.');
  await putPart(ports, file, 0, new Uint8Array(10));
  finishFile(ports, file);
  await expect(getPart(ports, file, 0)).rejects.toMatchObject({ code: 'file.not_found' });
  meetingOver(ports, meetingId);
  expect(ports.shelf.usage(() => true)).toEqual({ files: 0, bytes: 0 });
});

test('who has gone while their request was coming keeps no room, and has nothing any more', async () => {
  const { ports, access } = files();
  const other = FileId.parse('BBECAwQFBgcICQoLDA0ODw');
  await startFile(ports, access, id, 10);
  participantGone(ports, participantId);
  const gone = { code: 'file.access' };
  await expect(startFile(ports, access, other, 10)).rejects.toMatchObject(gone);
  for (const find of [findFile, findOwnFile])
    expect(() => find(ports, access, id)).toThrow(expect.objectContaining(gone));
  expect(ports.shelf.usage(() => true)).toEqual({ files: 0, bytes: 0 });
  // Somebody who has the id after them has another access.
  ports.accesses.give({ meetingId, participantId, maySend: true }, 0);
  await expect(startFile(ports, access, other, 10)).rejects.toMatchObject(gone);
});

test('another token leaves requests that are coming as they are', async () => {
  const { ports, access } = files();
  ports.accesses.give({ meetingId, participantId, maySend: true }, 0);
  await expect(startFile(ports, access, id, 10)).resolves.toMatchObject({ complete: false });
});

test('who goes while room is made for a file is not told that there is one', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { ports, access, removed } = files({ create: () => promise });
  const starting = startFile(ports, access, id, 10);
  participantGone(ports, participantId);
  resolve();
  await expect(starting).rejects.toMatchObject({ code: 'file.access' });
  expect(removed).toHaveLength(1);
});

test('a file that is not whole is taken away when nothing comes for it, and no sooner', async () => {
  const { ports, access, wait } = files();
  const bytes = LIMITS.filePartBytes + 10;
  await startFile(ports, access, id, bytes);
  const file = findOwnFile(ports, access, id);
  wait(LIMITS.fileIdleMs - 1);
  removeIdleFiles(ports);
  await putPart(ports, file, 1, new Uint8Array(10));
  wait(LIMITS.fileIdleMs - 1);
  removeIdleFiles(ports);
  expect(ports.shelf.find(id)).toBe(file);
  wait(1);
  removeIdleFiles(ports);
  expect(ports.shelf.find(id)).toBeUndefined();
});

test('a whole file stays, however long nobody does anything', async () => {
  const { ports, access, wait } = files();
  await startFile(ports, access, id, 10);
  await putPart(ports, findOwnFile(ports, access, id), 0, new Uint8Array(10));
  finishFile(ports, findOwnFile(ports, access, id));
  wait(10 * LIMITS.fileIdleMs);
  removeIdleFiles(ports);
  expect(ports.shelf.usage(() => true)).toEqual({ files: 1, bytes: 10 });
});
