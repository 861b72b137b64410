import type { Relay } from '@conclave/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listeners } from '../listeners.ts';
import type { MediaTransport } from '../media/MediaTransport.ts';
import type { Signal } from '../signalling/Signal.ts';
import { MediaLink } from './MediaLink.ts';

const relay: Relay = { urls: ['turns:relay.example:443'], username: 'u', credential: 'c' };

/** A transport that connects only when a test says so. */
class FakeTransport {
  readonly lost = new Listeners<void>();
  readonly slow = new Listeners<void>();
  readonly silent = new Listeners<void>();
  readonly relays: readonly Relay[];
  usable = false;
  serverHasAnswered = false;
  serverAnswered = () => {
    this.serverHasAnswered = true;
  };
  disposed = false;
  constructor(relays: readonly Relay[]) {
    this.relays = relays;
  }
  offer = async () => ({ sdp: 'offer', lines: [], sends: [] });
  accept = async () => {};
  setWanted() {}
  [Symbol.dispose]() {
    this.disposed = true;
  }
}

let made: FakeTransport[];
let asked: string[];
let available: readonly Relay[];
let signal: Signal;
let link: MediaLink;

beforeEach(() => {
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  made = [];
  asked = [];
  available = [relay];
  signal = {
    isOpen: true,
    request: async (message: { type: string }) => {
      const { type } = message;
      asked.push(type);
      return type === 'relays' ? { type, relays: available } : { type: 'answer', sdp: 'answer' };
    },
  } as unknown as Signal;
  link = new MediaLink((relays) => {
    const transport = new FakeTransport(relays);
    made.push(transport);
    return transport as unknown as MediaTransport;
  });
});
afterEach(() => {
  link[Symbol.dispose]();
  vi.unstubAllGlobals();
});

const last = () => made.at(-1) as FakeTransport;
const count = (number: number) => vi.waitUntil(() => made.length === number && asked.at(-1) === 'offer');

test('a join takes the prepared transport and asks for no relay', async () => {
  link.prepare();
  await link.useSignal(signal, false);
  expect(asked).toEqual(['offer']);
  expect(made.map(({ relays }) => relays)).toEqual([[]]);
});

test('a slow transport gives way to one with relays, once', async () => {
  await link.useSignal(signal, false);
  last().slow.emit();
  await count(2);
  expect(asked).toEqual(['offer', 'relays', 'offer']);
  expect(made.map(({ relays, disposed }) => ({ relays, disposed }))).toEqual([
    { relays: [], disposed: true },
    { relays: [relay], disposed: false },
  ]);
  last().slow.emit();
  await Promise.resolve();
  expect(made.length).toBe(2);
});

test('where there is no relay, a slow transport is left alone', async () => {
  available = [];
  await link.useSignal(signal, false);
  last().slow.emit();
  await vi.waitUntil(() => asked.includes('relays'));
  await Promise.resolve();
  expect(made.length).toBe(1);
  expect(last().disposed).toBe(false);
});

test('a transport that connects while relays are asked for stays', async () => {
  await link.useSignal(signal, false);
  last().slow.emit();
  last().usable = true;
  await vi.waitUntil(() => asked.includes('relays'));
  await Promise.resolve();
  expect(made.length).toBe(1);
});

test('after that, a lost transport is replaced by one with fresh relays at once', async () => {
  await link.useSignal(signal, false);
  last().slow.emit();
  await count(2);
  available = [{ ...relay, username: 'later' }];
  last().lost.emit();
  await count(3);
  expect(last().relays).toEqual([{ ...relay, username: 'later' }]);
});

test.each([true, false])(
  'a silent transport learns whether the server answers on the socket: %s',
  async (answers) => {
    signal.doubt = async () => answers;
    await link.useSignal(signal, false);
    last().silent.emit();
    await Promise.resolve().then(() => {});
    expect(last().serverHasAnswered).toBe(answers);
  },
);
