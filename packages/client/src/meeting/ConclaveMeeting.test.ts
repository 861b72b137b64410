import type { ToWorker } from '@conclave/e2ee';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Devices, DevicesState } from '../devices/types.ts';
import { State } from '../observable.ts';
import { ConclaveMeeting } from './ConclaveMeeting.ts';

vi.mock('../media/MediaTransport.ts', () => ({
  MediaTransport: class {
    async offer() {}
    [Symbol.dispose]() {}
  },
}));

/** Answers every call with some bytes. */
class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly terminate = vi.fn();
  /** Resolves when a call was answered. */
  readonly answered: Promise<void>;
  #answered: () => void = () => {};
  constructor() {
    this.answered = new Promise((resolve) => {
      this.#answered = resolve;
    });
  }
  postMessage(message: ToWorker) {
    if (message.type !== 'call') return;
    queueMicrotask(() => {
      const bytes = new Uint8Array(32);
      const reply = message.name === 'introduce' ? { keyPackage: bytes, introduction: null } : bytes;
      this.onmessage?.({ data: { type: 'reply', id: message.id, reply } });
      this.#answered();
    });
  }
}

/** A server that lets everybody wait at the door. */
class FakeSocket {
  static latest: FakeSocket;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly close = vi.fn();
  constructor() {
    FakeSocket.latest = this;
    queueMicrotask(() => this.onopen?.());
  }
  send(text: string) {
    const { request, type } = JSON.parse(text);
    const waiting = { type: 'waiting', request, hostPresent: true, waitsFor: 'host' };
    if (type === 'join') queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(waiting) }));
  }
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('RTCPeerConnection', class {});
  vi.stubGlobal('RTCRtpScriptTransform', class {});
});
afterEach(() => vi.unstubAllGlobals());

function open() {
  const worker = new FakeWorker();
  const off = { on: false, starting: false, track: null, deviceId: null, choices: [], problem: null };
  const state = new State<DevicesState>({ camera: off, microphone: off, speakers: [], speakerId: null });
  const stopAll = vi.fn();
  const meeting = new ConclaveMeeting('ws://conclave.test/signal', {
    meetingId: 'abcde-fghjk-mnpqr-stuvw',
    passcode: 'abcdefghjkmnpqrs',
    identity: { name: 'Ada', accountId: null },
    invitation: null,
    openWorker: () => worker as unknown as Worker,
    devices: { state, level: new State(0), stopAll } as unknown as Devices,
    videoSlots: 1,
  });
  return { meeting, worker, stopAll };
}

test('when the worker with the keys fails, the stay ends: nothing is captured or sent any more, and that is said', async () => {
  const { meeting, worker, stopAll } = open();
  const joining = meeting.join();
  await expect.poll(() => meeting.state.get().phase.name).toBe('waiting');
  worker.onerror?.();
  expect(meeting.state.get().phase).toEqual({ name: 'failed', code: 'encryption.broken' });
  expect(stopAll).toHaveBeenCalled();
  expect(worker.terminate).toHaveBeenCalled();
  expect(FakeSocket.latest.close).toHaveBeenCalled();
  await joining;
  expect(meeting.state.get().phase).toEqual({ name: 'failed', code: 'encryption.broken' });
  await meeting[Symbol.asyncDispose]();
});

test('when it fails before, whoever joins then is told', async () => {
  const { meeting, worker } = open();
  await worker.answered;
  worker.onerror?.();
  expect(meeting.state.get().phase.name).toBe('idle');
  await meeting.join();
  expect(meeting.state.get().phase).toEqual({ name: 'failed', code: 'encryption.broken' });
  await meeting[Symbol.asyncDispose]();
});
