import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { MediaTransport } from './MediaTransport.ts';

vi.mock('./codecPreferences.ts', () => ({
  offerForwardedCodecs: (transceiver: unknown) => transceiver,
  videoCodecOf: () => null,
}));
vi.mock('./sendableCodecs.ts', () => ({ canChangeCodecs: () => false, sendableCodecs: async () => [] }));

/** Of a connection only what the watch on it looks at. */
class FakeConnection {
  static latest: FakeConnection;
  connectionState: RTCPeerConnectionState = 'connected';
  onconnectionstatechange: (() => void) | null = null;
  /** bytes that have come until now */
  received: () => number = () => 0;

  constructor() {
    FakeConnection.latest = this;
  }

  addTransceiver() {
    return { sender: {}, receiver: {}, mid: null };
  }

  async getStats() {
    return new Map([['pair', { type: 'candidate-pair', nominated: true, bytesReceived: this.received() }]]);
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {}
}

const cipher: ConnectionCipher = {
  protectSender: () => {},
  protectReceiver: () => 0,
  learn: () => {},
  [Symbol.dispose]: () => {},
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', FakeConnection);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open() {
  const transport = new MediaTransport(1, cipher);
  const lost = vi.fn();
  transport.lost.add(lost);
  return { transport, lost, connection: FakeConnection.latest };
}

test('lives on while it is called disconnected and something still comes, until consent has expired', async () => {
  const { transport, lost, connection } = open();
  using _ = transport;
  connection.received = () => performance.now();
  connection.become('disconnected');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(lost).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(lost).toHaveBeenCalledTimes(1);
});

test('is lost within seconds when nothing comes', async () => {
  const { transport, lost, connection } = open();
  using _ = transport;
  // As it is looked at once a second while it is connected.
  transport.observe((await connection.getStats()) as unknown as RTCStatsReport);
  await vi.advanceTimersByTimeAsync(500);
  connection.become('disconnected');
  await vi.advanceTimersByTimeAsync(2_500);
  expect(lost).toHaveBeenCalledTimes(1);
});

test('in doubt it is looked at more often, and lost sooner once the server has answered by another way', async () => {
  const { transport, lost, connection } = open();
  using _ = transport;
  const look = async () => transport.observe((await connection.getStats()) as unknown as RTCStatsReport);
  transport.silent.add(() => transport.serverAnswered());
  let bytes = 0;
  connection.received = () => bytes;
  await look();
  await vi.advanceTimersByTimeAsync(1_000);
  bytes = 50_000;
  await look();
  await vi.advanceTimersByTimeAsync(1_000);
  await look();
  await vi.advanceTimersByTimeAsync(850);
  expect(lost).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(150);
  expect(lost).toHaveBeenCalledTimes(1);
});

test('what comes after all ends the doubt', async () => {
  const { transport, lost, connection } = open();
  using _ = transport;
  const look = async () => transport.observe((await connection.getStats()) as unknown as RTCStatsReport);
  let bytes = 0;
  connection.received = () => bytes;
  await look();
  await vi.advanceTimersByTimeAsync(1_000);
  bytes = 50_000;
  await look();
  await vi.advanceTimersByTimeAsync(1_000);
  await look();
  bytes = 50_100;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(lost).not.toHaveBeenCalled();
});

test('is not lost once it is connected again, whatever was being waited for', async () => {
  const { transport, lost, connection } = open();
  using _ = transport;
  connection.become('disconnected');
  await vi.advanceTimersByTimeAsync(2_400);
  connection.become('connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lost).not.toHaveBeenCalled();
});
