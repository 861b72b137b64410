import { type FileNews, PART_BYTES } from '@conclave/e2ee';
import { ConclaveError, type FileStatus, filePartBytes, filePartsOf, LIMITS } from '@conclave/protocol';
import { describe, expect, it, vi } from 'vitest';
import type { GroupMember } from '../../../e2ee/src/mls/index.ts';
import { Files } from '../../../e2ee/src/worker/Files.ts';
import { EncryptionFailed } from '../encryption/WorkerLink.ts';
import { State } from '../observable.ts';
import type { Signal } from '../signalling/Signal.ts';
import type { FileServer } from './FileServer.ts';
import { MeetingFiles } from './MeetingFiles.ts';
import { NetworkLost } from './NetworkLost.ts';
import { Persistence } from './Persistence.ts';
import type { TransferParts } from './transfers.ts';
import type { FileState, SharedFile } from './types.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const someSignal = {} as Signal;

/** A server's side that fails when a test says so. */
class FakeServer {
  readonly files = new Map<string, { bytes: number; parts: Map<number, Bytes>; finished: boolean }>();
  readonly puts: number[] = [];
  fault: () => Error | null = () => null;
  largestBytes = 10_000_000;
  maySend = true;

  setSignal(): void {}
  async access() {
    return { token: '', expiresInMs: 0, maySend: this.maySend, largestBytes: this.largestBytes };
  }
  async start(id: string, bytes: number): Promise<FileStatus> {
    this.#fail();
    const file = this.files.get(id) ?? { bytes, parts: new Map<number, Bytes>(), finished: false };
    this.files.set(id, file);
    const all = Array.from({ length: filePartsOf(bytes) }, (_, part) => part);
    const missing = all.filter((part) => !file.parts.has(part)).map((part) => ({ first: part, last: part }));
    return { bytes, complete: file.finished, missing };
  }
  async putPart(id: string, part: number, sealed: Bytes): Promise<void> {
    await Promise.resolve();
    this.#fail();
    const file = this.#find(id);
    expect(sealed.length).toBe(filePartBytes(file.bytes, part));
    this.puts.push(part);
    file.parts.set(part, sealed);
  }
  async getPart(id: string, part: number, abort: AbortSignal): Promise<Bytes> {
    await Promise.resolve();
    abort.throwIfAborted();
    this.#fail();
    return this.#find(id).parts.get(part) ?? new Uint8Array();
  }
  async finish(id: string): Promise<void> {
    this.#find(id).finished = true;
  }
  async remove(id: string): Promise<void> {
    this.#find(id);
    this.files.delete(id);
  }
  #find(id: string) {
    const file = this.files.get(id);
    if (file === undefined) throw new ConclaveError('file.not_found');
    return file;
  }
  #fail(): void {
    const fault = this.fault();
    if (fault !== null) throw fault;
  }
}

const ada: GroupMember = {
  ...{
    kind: 'guest',
    participantId: 'ada',
    name: 'Ada',
    deviceKey: new Uint8Array(32),
    notAfter: 0,
    leafIndex: 1,
  },
};

/** Two people with the worker's real half, and one server. */
function twoPeople() {
  const server = new FakeServer();
  const person = (
    send: (news: FileNews) => void,
    deliver: (message: Parameters<Files['receive']>[0]) => void,
  ) => {
    let refusals = 0;
    const worker = new Files({
      send: async (message) => {
        if (refusals-- > 0) throw Object.assign(new Error(), { code: 'closed' });
        deliver({ ...message, sender: ada, epoch: 1 });
      },
      tell: send,
      now: () => 0,
      members: () => new Set(),
      random: () => 0,
      after: () => {},
    });
    const call = async (name: keyof Files['handlers'], ask: never) => {
      try {
        return await worker.handlers[name](ask);
      } catch (error) {
        throw new EncryptionFailed((error as { code?: string }).code ?? 'failed');
      }
    };
    const files = new MeetingFiles(
      {
        server: server as unknown as FileServer,
        persistence: new Persistence(async () => {}),
        call: call as TransferParts['call'],
      },
      new State<readonly SharedFile[]>([]),
    );
    const refuse = (times: number) => {
      refusals = times;
    };
    return { worker, files, refuse };
  };
  const bob = person(
    (news) => bob.files.hear(news),
    () => {},
  );
  const sender = person(
    () => {},
    (message) => bob.worker.receive(message),
  );
  for (const { files } of [sender, bob]) files.setSignal(someSignal);
  return { server, ada: sender, bob };
}

type Two = ReturnType<typeof twoPeople>;
const stateOf = ({ files }: Two['ada']): FileState | undefined => files.files.get().at(-1)?.state;
const until = (one: Two['ada'], name: FileState['name']) =>
  vi.waitFor(() => expect(stateOf(one)?.name).toBe(name), { interval: 1 });
const bytes = (size: number) => Uint8Array.from({ length: size }, (_, index) => index % 251);
const fileOf = (size: number, name = 'a.dat') => new File([bytes(size)], name);

it('parts are the same at both ends', () => {
  expect(PART_BYTES).toBe(LIMITS.filePartBytes);
});

describe('a file', () => {
  it('is sent, offered, fetched and whole', async () => {
    const { ada: sender, bob } = twoPeople();
    sender.files.send(fileOf(900_000));
    await until(sender, 'sent');
    const [offered] = bob.files.files.get();
    expect(offered).toMatchObject({ name: 'a.dat', size: 900_000, from: { name: 'Ada', isGuest: true } });
    const content = await bob.files.download(offered?.id ?? '');
    expect(new Uint8Array((await content?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes(900_000));
    expect(stateOf(bob)).toEqual({ name: 'received' });
  });

  it('goes on where it was when the network was away, at both ends', async () => {
    const { server, ada: sender, bob } = twoPeople();
    const paused: boolean[] = [];
    let faults = 3;
    server.fault = () => (server.puts.length === 2 && faults-- > 0 ? new NetworkLost() : null);
    sender.files.files.subscribe(() => {
      const state = stateOf(sender);
      if (state?.name === 'sending') paused.push(state.paused);
    });
    sender.files.send(fileOf(1_200_000));
    await until(sender, 'sent');
    expect(paused).toContain(true);
    expect(server.puts.toSorted()).toEqual([0, 1, 2, 3, 4]);
    faults = 2;
    server.fault = () => (faults-- > 0 ? new NetworkLost() : null);
    const content = await bob.files.download(bob.files.files.get()[0]?.id ?? '');
    expect(content?.size).toBe(1_200_000);
  });

  it('waits while there is no socket', async () => {
    const { ada: sender, server } = twoPeople();
    sender.files.setSignal(null);
    sender.files.send(fileOf(10));
    await Promise.resolve();
    expect(stateOf(sender)?.name).toBe('preparing');
    expect(server.files.size).toBe(0);
    sender.files.setSignal(someSignal);
    await until(sender, 'sent');
  });

  it('is told once the group can be told', async () => {
    const { ada: sender, bob } = twoPeople();
    sender.refuse(3);
    sender.files.send(fileOf(10));
    await until(sender, 'sent');
    expect(bob.files.files.get()).toHaveLength(1);
  });
});

describe('it does not go up', () => {
  it.each([
    ['a file that is too large', fileOf(2_000), 'too-large', { largestBytes: 1_999 }],
    ['a file of somebody who may not', fileOf(10), 'not-allowed', { maySend: false }],
    ['a program', new File([Uint8Array.of(0x4d, 0x5a)], 'a.pdf'), 'program', {}],
    ['a web page', new File(['<html>'], 'a.txt'), 'active', {}],
  ] as const)('%s', async (_, file, problem, settings) => {
    const { server, ada: sender, bob } = twoPeople();
    Object.assign(server, settings);
    sender.files.send(file);
    await until(sender, 'failed');
    expect(stateOf(sender)).toEqual({ name: 'failed', problem });
    expect(server.files.size).toBe(0);
    expect(bob.files.files.get()).toEqual([]);
    sender.files.cancel(sender.files.files.get()[0]?.id ?? '');
    expect(sender.files.files.get()).toEqual([]);
  });

  it('where the server has no room', async () => {
    const { server, ada: sender } = twoPeople();
    server.fault = () => new ConclaveError('file.quota');
    sender.files.send(fileOf(10));
    await until(sender, 'failed');
    expect(stateOf(sender)).toEqual({ name: 'failed', problem: 'quota' });
  });
});

describe('cancelled', () => {
  it('while it goes up, nothing is left of it', async () => {
    const { server, ada: sender, bob } = twoPeople();
    sender.files.files.subscribe(() => {
      if (server.puts.length === 1) sender.files.cancel(sender.files.files.get()[0]?.id ?? '');
    });
    sender.files.send(fileOf(1_200_000));
    await vi.waitFor(() => expect(server.puts.length).toBeGreaterThan(0), { interval: 1 });
    await vi.waitFor(() => expect(server.files.size).toBe(0), { interval: 1 });
    expect(sender.files.files.get()).toEqual([]);
    expect(bob.files.files.get()).toEqual([]);
  });

  it('while it comes down, it can be fetched again', async () => {
    const { ada: sender, bob } = twoPeople();
    sender.files.send(fileOf(1_200_000));
    await until(sender, 'sent');
    const id = bob.files.files.get()[0]?.id ?? '';
    const coming = bob.files.download(id);
    bob.files.cancel(id);
    expect(await coming).toBeNull();
    expect(stateOf(bob)).toEqual({ name: 'offered' });
    expect((await bob.files.download(id))?.size).toBe(1_200_000);
  });
});

it('what is withdrawn is gone at the server and at the others', async () => {
  const { server, ada: sender, bob } = twoPeople();
  sender.files.send(fileOf(10));
  await until(sender, 'sent');
  const id = bob.files.files.get()[0]?.id ?? '';
  sender.files.withdraw(sender.files.files.get()[0]?.id ?? '');
  await until(bob, 'withdrawn');
  expect(server.files.size).toBe(0);
  expect(stateOf(sender)).toEqual({ name: 'withdrawn' });
  expect(await bob.files.download(id)).toBeNull();
});

it('what the server has changed or lost is not handed out', async () => {
  const { server, ada: sender, bob } = twoPeople();
  sender.files.send(fileOf(600_000));
  await until(sender, 'sent');
  const id = bob.files.files.get()[0]?.id ?? '';
  const fileId = sender.files.files.get()[0]?.id ?? '';
  const [first, second] = [server.files.get(fileId)?.parts.get(0), server.files.get(fileId)?.parts.get(1)];
  if (first === undefined || second === undefined) throw new Error('There are no parts.');
  server.files.get(fileId)?.parts.set(0, second).set(1, first);
  expect(await bob.files.download(id)).toBeNull();
  expect(stateOf(bob)).toEqual({ name: 'failed', problem: 'damaged' });
  server.files.delete(fileId);
  expect(await bob.files.download(id)).toBeNull();
  expect(stateOf(bob)).toEqual({ name: 'failed', problem: 'gone' });
});
