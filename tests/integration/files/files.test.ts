import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CSRF_HEADER, FILE_ROUTES, type FileRouteName, LIMITS } from '@conclave/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootServer, makeServerFolder } from '../../dev-env/bootServer.ts';
import { bootMeeting, type RunningMeeting } from '../signalling/bootMeeting.ts';
import { enter, type Person } from '../signalling/groups.ts';
import { askAccess, FileClient, newFileId } from './FileClient.ts';

const part = LIMITS.filePartBytes;
const megabyte = 2 ** 20;
const settings = {
  largestMegabytes: 2,
  participantMegabytes: 3,
  meetingMegabytes: 4,
  serviceMegabytes: 6,
};
const log: string[] = [];
let meeting: RunningMeeting;
let ada: Person;
let ben: Person;
let sender: FileClient;
let receiver: FileClient;

beforeAll(async () => {
  meeting = await bootMeeting(
    { files: settings, log: { level: 'trace' } },
    { logInto: { write: (line) => void log.push(line) } },
  );
});
afterAll(() => meeting[Symbol.asyncDispose]());

async function clientOf({ client }: Person): Promise<FileClient> {
  return new FileClient(meeting.origin, (await askAccess(client)).token);
}

/** Two in a meeting of their own, with access to its files. */
async function twoPeople(): Promise<Disposable> {
  const room = await meeting.makeMeeting();
  ada = await enter(meeting.origin, room, 'Ada');
  ben = await enter(meeting.origin, room, 'Ben');
  sender = await clientOf(ada);
  receiver = await clientOf(ben);
  return {
    [Symbol.dispose]() {
      for (const { client } of [ada, ben]) void client.ask({ type: 'leave' }).catch(() => {});
    },
  };
}

const kept = () => {
  const folder = join(meeting.dataFolder, 'files');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const until = async (what: string, is: () => boolean) =>
  await expect.poll(is, { message: what, interval: 10, timeout: 5_000 }).toBe(true);

test('access says who may send and how large a file may be', async () => {
  using _ = await twoPeople();
  expect(await askAccess(ada.client)).toMatchObject({
    expiresInMs: LIMITS.fileAccessMs,
    maySend: true,
    largestBytes: 2 * megabyte,
  });
});

test('a file goes up in parts and comes down the same', async () => {
  using _ = await twoPeople();
  const { id, parts } = await sender.upload(2 * part + 77);
  for (const [number, bytes] of parts.entries()) {
    const answer = await receiver.get(id, number);
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
  expect((await receiver.get(id, 3)).code).toBe('request.not_found');
});

test('it is resumed where it was, parts in any order, parts and words twice', async () => {
  using _ = await twoPeople();
  const id = newFileId();
  const size = 3 * part + 5;
  expect(JSON.parse((await sender.start(id, size)).bytes.toString())).toEqual({
    bytes: size,
    complete: false,
    missing: [{ first: 0, last: 3 }],
  });
  const bytes = randomBytes(part);
  for (const number of [2, 0, 2]) expect((await sender.put(id, number, bytes)).status).toBe(204);
  expect(await sender.status(id)).toMatchObject({
    missing: [
      { first: 1, last: 1 },
      { first: 3, last: 3 },
    ],
  });
  expect((await sender.finish(id)).code).toBe('file.incomplete');
  expect((await receiver.get(id, 0)).code).toBe('file.not_found');
  expect((await sender.start(id, size)).status).toBe(200);
  await sender.put(id, 1, bytes);
  await sender.put(id, 3, bytes.subarray(0, 5));
  for (let twice = 0; twice < 2; twice++) expect((await sender.finish(id)).status).toBe(204);
  expect(await sender.status(id)).toMatchObject({ complete: true, missing: [] });
  // What is there stays as it is.
  expect((await sender.put(id, 0, randomBytes(part))).status).toBe(204);
  expect((await receiver.get(id, 0)).bytes.equals(bytes)).toBe(true);
});

describe('nobody else', () => {
  test.each(Object.entries(FILE_ROUTES) as [FileRouteName, (typeof FILE_ROUTES)[FileRouteName]][])(
    'does %s without access',
    async (_name, { method, path, body }) => {
      using _ = await twoPeople();
      const { id } = await sender.upload(100);
      const address = path.replace('/files/', '').replace(':id', id).replace(':part', '0');
      const content = body === 'bytes' ? randomBytes(100) : body === null ? null : { bytes: 100 };
      const stranger = new FileClient(meeting.origin, null);
      const cookie = { cookie: meeting.ownerCookie };
      for (const headers of [
        {},
        cookie,
        { authorization: 'Bearer x' },
        { authorization: `Bearer ${'A'.repeat(43)}` },
      ])
        expect((await stranger.send(method, address, content, headers)).code).toBe('file.access');
      if (method === 'GET') return;
      const others = { origin: 'https://evil.example' };
      expect((await sender.send(method, address, content, others)).code).toBe('request.origin');
      expect((await sender.send(method, address, content, { [CSRF_HEADER]: undefined })).code).toBe(
        'request.origin',
      );
    },
  );

  test('in another meeting finds it', async () => {
    using _ = await twoPeople();
    const { id } = await sender.upload(100);
    const there = await enter(meeting.origin, await meeting.makeMeeting(), 'Eve');
    using _eve = there.client;
    const eve = await clientOf(there);
    expect((await eve.get(id, 0)).code).toBe('file.not_found');
    expect((await eve.send('GET', id)).code).toBe('file.not_found');
    expect((await eve.put(id, 0, randomBytes(100))).code).toBe('file.not_found');
    expect((await eve.remove(id)).code).toBe('file.not_found');
    expect((await eve.start(id, 100)).code).toBe('file.id_taken');
    expect((await receiver.get(id, 0)).status).toBe(200);
    await there.client.ask({ type: 'leave' });
  });

  test('in the meeting changes it or takes it away', async () => {
    using _ = await twoPeople();
    const id = newFileId();
    await sender.start(id, 100);
    expect((await receiver.put(id, 0, randomBytes(100))).code).toBe('auth.forbidden');
    expect((await receiver.start(id, 100)).code).toBe('file.id_taken');
    expect((await receiver.finish(id)).code).toBe('auth.forbidden');
    expect((await receiver.remove(id)).code).toBe('auth.forbidden');
    expect((await receiver.send('GET', id)).code).toBe('auth.forbidden');
  });

  test('who has left, or has another token by now, comes in', async () => {
    using _ = await twoPeople();
    const { id } = await sender.upload(100);
    const former = new FileClient(meeting.origin, receiver.token);
    receiver = await clientOf(ben);
    expect((await former.get(id, 0)).code).toBe('file.access');
    expect((await receiver.get(id, 0)).status).toBe(200);
    await ben.client.ask({ type: 'leave' });
    expect((await receiver.get(id, 0)).code).toBe('file.access');
  });
});

describe('what cannot be', () => {
  test.each([
    '..%2f..%2fsecrets.json',
    '%2e%2e/parts/0',
    '....//secrets.json',
    'AAAAAAAAAAAAAAAAAAAAAB',
    'AAAAAAAAAAAAAAAAAAAAA%00',
    '%2fetc%2fpasswd/parts/0',
    `${'A'.repeat(21)}Q/parts/..%2f0`,
    `${'A'.repeat(21)}Q/parts/-1`,
    `${'A'.repeat(21)}Q/parts/01`,
    `${'A'.repeat(21)}Q/parts/1e3`,
    `${'A'.repeat(21)}Q/parts/9999999`,
  ])('the address %s leads nowhere', async (path) => {
    using _ = await twoPeople();
    for (const method of ['GET', 'DELETE']) {
      const answer = await sender.send(method, path);
      expect(answer.status).toBeGreaterThanOrEqual(404);
      expect(answer.status).toBeLessThan(406);
    }
  });

  test('a part of another length, beyond the end, of another kind, or of no file', async () => {
    using _ = await twoPeople();
    const id = newFileId();
    await sender.start(id, part + 10);
    for (const [number, size] of [
      [0, part - 1],
      [0, 10],
      [1, 11],
      [1, part],
      [1, 0],
    ] as const)
      expect((await sender.put(id, number, randomBytes(size))).code).toBe('request.invalid');
    expect((await sender.put(id, 2, randomBytes(10))).code).toBe('request.not_found');
    expect((await sender.put(newFileId(), 0, randomBytes(10))).code).toBe('file.not_found');
    const json = { 'content-type': 'application/json' };
    expect((await sender.send('PUT', `${id}/parts/0`, randomBytes(part), json)).code).toBe(
      'request.media_type',
    );
    expect((await sender.send('GET', `${id}?x=1`)).code).toBe('request.invalid');
    expect(await sender.status(id)).toMatchObject({ missing: [{ first: 0, last: 1 }] });
  });

  test.each([
    { bytes: 0 },
    { bytes: -1 },
    { bytes: 1.5 },
    { bytes: '1' },
    {},
    { bytes: 1, name: 'plan.pdf' },
  ])('a file that begins with %j', async (body) => {
    using _ = await twoPeople();
    expect((await sender.send('PUT', newFileId(), body)).code).toBe('request.invalid');
  });

  test('the same id with another size', async () => {
    using _ = await twoPeople();
    const id = newFileId();
    await sender.start(id, 100);
    expect((await sender.start(id, 101)).code).toBe('file.id_taken');
  });
});

describe('there is a limit', () => {
  test('to one file, to one person, to a meeting and to the service', async () => {
    using _ = await twoPeople();
    expect((await sender.start(newFileId(), 2 * megabyte + 32 * 16 + 1)).code).toBe('file.too_large');
    const ids = [newFileId(), newFileId()];
    const sizes = [2 * megabyte + 32 * 16, megabyte];
    for (const [index, id] of ids.entries())
      expect((await sender.start(id, sizes[index] ?? 0)).status).toBe(200);
    expect((await sender.start(newFileId(), megabyte / 2)).code).toBe('file.quota');
    expect((await receiver.start(newFileId(), megabyte)).status).toBe(200);
    expect((await receiver.start(newFileId(), megabyte / 2)).code).toBe('file.quota');
    // Others still have room, until the service has none.
    const other = await enter(meeting.origin, await meeting.makeMeeting(), 'Eve');
    using _eve = other.client;
    const eve = await clientOf(other);
    expect((await eve.start(newFileId(), 2 * megabyte)).status).toBe(200);
    expect((await eve.start(newFileId(), megabyte / 2)).code).toBe('file.storage_full');
    // What is taken back makes room.
    expect((await sender.remove(ids[0] ?? '')).status).toBe(204);
    expect((await sender.start(newFileId(), megabyte)).status).toBe(200);
    await other.client.ask({ type: 'leave' });
  });

  test('to how many files somebody begins, and to requests that go on at the same time', async () => {
    using _ = await twoPeople();
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 80 }, () => sender.start(newFileId(), 1)));
    const passed = Math.ceil((performance.now() - began) / 1_000);
    expect(answers.some(({ code }) => code === 'request.rate')).toBe(true);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(30 + passed);
    expect((await receiver.start(newFileId(), 1)).status).toBe(200);
  });

  test('to guests, where the operator says so', async () => {
    await using strict = await bootMeeting({ files: { guestsMaySend: false } });
    const guest = await enter(strict.origin, strict, 'Gil');
    using _ = guest.client;
    const access = await askAccess(guest.client);
    expect(access.maySend).toBe(false);
    const client = new FileClient(strict.origin, access.token);
    expect((await client.start(newFileId(), 10)).code).toBe('file.not_allowed');
  });
});

describe('it is gone', () => {
  test('when its sender takes it back', async () => {
    using _ = await twoPeople();
    const { id } = await sender.upload(part + 1);
    const name = Buffer.from(id, 'base64url').toString('hex');
    expect(kept()).toContain(name);
    expect((await sender.remove(id)).status).toBe(204);
    expect((await receiver.get(id, 0)).code).toBe('file.not_found');
    await until('the bytes to go', () => !kept().includes(name));
  });

  test('when its sender leaves before it is whole, and not when it is', async () => {
    using _ = await twoPeople();
    const { id } = await sender.upload(100);
    const unfinished = newFileId();
    await sender.start(unfinished, part);
    await ada.client.ask({ type: 'leave' });
    expect((await receiver.get(id, 0)).status).toBe(200);
    await until(
      'the rest to go',
      () => !kept().includes(Buffer.from(unfinished, 'base64url').toString('hex')),
    );
  });

  test('when the last one has left, and when the meeting is deleted', async () => {
    const room = await meeting.makeMeeting();
    const people = [await enter(meeting.origin, room, 'Ada'), await enter(meeting.origin, room, 'Ben')];
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('Nobody is there.');
    await (await clientOf(first)).upload(part + 1);
    const before = kept().length;
    await first.client.ask({ type: 'leave' });
    expect(kept().length).toBe(before);
    await second.client.ask({ type: 'leave' });
    await until('all to go', () => kept().length < before);
    const again = await enter(meeting.origin, room, 'Ada');
    const { id } = await (await clientOf(again)).upload(10);
    await meeting.deleteMeeting(room.id);
    await until('the file to go', () => !kept().includes(Buffer.from(id, 'base64url').toString('hex')));
  });

  test('when a crash has left it', async () => {
    const dataFolder = await makeServerFolder();
    const left = join(dataFolder, 'files', '00'.repeat(16));
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, '0'), 'left over');
    await using _server = await bootServer({ dataFolder, keepData: false, parts: [] });
    expect(existsSync(left)).toBe(false);
  });
});

test('the log says ids and sizes, and no token', async () => {
  using _ = await twoPeople();
  log.splice(0);
  const { id } = await sender.upload(1_234);
  await receiver.get(id, 0);
  await sender.remove(id);
  const text = log.join('');
  for (const event of ['file.started', 'file.finished', 'file.removed'])
    expect(text).toContain(`"event":"${event}"`);
  expect(text).toContain('"bytes":1234');
  expect(text).not.toContain(sender.token);
  expect(text).not.toContain(receiver.token);
});
