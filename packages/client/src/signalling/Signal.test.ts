import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Signal } from './Signal.ts';

/** A socket whose other end answers every ping, until it is gone. */
class Socket {
  static last: Socket;
  gone = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    Socket.last = this;
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    const { request } = JSON.parse(text);
    if (!this.gone) setTimeout(() => this.onmessage?.({ data: JSON.stringify({ type: 'ok', request }) }), 50);
  }

  close(): void {}
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Socket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a socket in doubt that answers stays', async () => {
  using signal = await Signal.open('wss://example.org');
  await vi.advanceTimersByTimeAsync(1_000);
  signal.doubt();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(signal.isOpen).toBe(true);
});

test('a socket in doubt that does not answer is dead within two seconds, not after twelve', async () => {
  using signal = await Signal.open('wss://example.org');
  const closed = vi.fn();
  signal.closed.add(closed);
  await vi.advanceTimersByTimeAsync(1_000);
  Socket.last.gone = true;
  signal.doubt();
  await vi.advanceTimersByTimeAsync(1_400);
  expect(signal.isOpen).toBe(true);
  await vi.advanceTimersByTimeAsync(200);
  expect(signal.isOpen).toBe(false);
  expect(closed).toHaveBeenCalledOnce();
});
