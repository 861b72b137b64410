import type { ToWorker } from '@conclave/e2ee';
import { expect, test, vi } from 'vitest';
import { EncryptionFailed, WorkerLink } from './WorkerLink.ts';

class FakeWorker {
  readonly posted: ToWorker[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  postMessage(message: ToWorker) {
    this.posted.push(message);
  }
  readonly terminate = vi.fn();
}

function make() {
  const worker = new FakeWorker();
  const link = new WorkerLink(worker as unknown as Worker, async () => ({ ok: true, seat: null }));
  const open = () => link.call('open', { meetingId: 'm', passcode: 'p', breakout: null });
  return { worker, link, open };
}

test('each call gets its own answer, in whatever order they come', async () => {
  const { worker, open } = make();
  const [one, other] = [open(), open()];
  worker.onmessage?.({ data: { type: 'reply', id: 2, reply: Uint8Array.of(2) } });
  worker.onmessage?.({ data: { type: 'failed', id: 1, code: 'malformed' } });
  await expect(other).resolves.toEqual(Uint8Array.of(2));
  await expect(one).rejects.toMatchObject({ code: 'malformed' });
});

test('an error in a worker that works ends it: what waits and what comes later fails, and the stay is told once', async () => {
  const { worker, link, open } = make();
  const broken = vi.fn();
  link.broken.add(broken);
  const [first, waiting] = [open(), open()];
  worker.onmessage?.({ data: { type: 'reply', id: 1, reply: Uint8Array.of(1) } });
  await first;
  worker.onerror?.();
  worker.onerror?.();
  expect(worker.terminate).toHaveBeenCalled();
  expect(broken.mock.calls).toEqual([[new EncryptionFailed('worker.broken')]]);
  await expect(waiting).rejects.toMatchObject({ code: 'worker.broken' });
  await expect(open()).rejects.toMatchObject({ code: 'worker.broken' });
});

test('a worker that was never there is not called broken', async () => {
  const { worker, open } = make();
  const waiting = open();
  worker.onerror?.();
  await expect(waiting).rejects.toMatchObject({ code: 'worker.unreachable' });
});

test('whoever closes the worker themselves is told of no error', async () => {
  const { worker, link, open } = make();
  const broken = vi.fn();
  link.broken.add(broken);
  const waiting = open();
  link[Symbol.dispose]();
  worker.onerror?.();
  expect(broken).not.toHaveBeenCalled();
  await expect(waiting).rejects.toMatchObject({ code: 'worker.closed' });
});

test('what the worker asks of the server is answered under its number', async () => {
  const { worker } = make();
  worker.onmessage?.({
    data: { type: 'request', id: 7, request: { type: 'ack', groupId: 'g', epoch: 1 } },
  });
  await expect
    .poll(() => worker.posted)
    .toEqual([{ type: 'answer', id: 7, answer: { ok: true, seat: null } }]);
});
