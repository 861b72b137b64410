import { expect, test } from 'vitest';
import {
  connectionBetween,
  qualityOf,
  type TransportCounters,
  unknownConnection,
} from './connectionQuality.ts';

const start: TransportCounters = {
  at: 0,
  bytesSent: 1000,
  bytesReceived: 1000,
  packetsReceived: 100,
  packetsLost: 0,
  remoteLoss: 0,
  roundTripMs: 20,
  path: 'server-udp',
};

test('bitrates and loss are those between two readings', () => {
  const now = {
    ...start,
    at: 2000,
    bytesSent: 251_000,
    bytesReceived: 1000,
    packetsReceived: 190,
    packetsLost: 10,
  };
  expect(connectionBetween(start, now)).toEqual({
    quality: 'fair',
    path: 'server-udp',
    roundTripMs: 20,
    loss: 0.1,
    sendBitrate: 1_000_000,
    receiveBitrate: 0,
  });
});

test('counters of another transport say nothing', () => {
  expect(connectionBetween(start, { ...start, at: 2000, packetsReceived: 0, path: 'relay' })).toEqual({
    ...unknownConnection,
    path: 'relay',
  });
});

test('the worse of loss and delay decides', () => {
  expect(qualityOf(0, null)).toBe('good');
  expect(qualityOf(0.05, 20)).toBe('fair');
  expect(qualityOf(0, 500)).toBe('fair');
  expect(qualityOf(0.2, 20)).toBe('poor');
  expect(qualityOf(0, 800)).toBe('poor');
});
