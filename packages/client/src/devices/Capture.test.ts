import { afterEach, expect, test, vi } from 'vitest';
import { Capture } from './Capture.ts';

/** A track as `getUserMedia` gives it: it knows whether it was stopped. */
class FakeTrack {
  stopped = false;
  onended: (() => void) | null = null;
  readonly deviceId: string;

  constructor(deviceId: string) {
    this.deviceId = deviceId;
  }

  getSettings() {
    return { deviceId: this.deviceId };
  }

  stop() {
    this.stopped = true;
  }
}

/** A browser whose answers come when the test lets them. */
function browser() {
  const asked: {
    constraints: MediaStreamConstraints;
    answer: (track: FakeTrack) => void;
    refuse: (error: Error) => void;
  }[] = [];
  const getUserMedia = (constraints: MediaStreamConstraints) =>
    new Promise((resolve, reject) => {
      const answer = (track: FakeTrack) => resolve({ getTracks: () => [track] });
      asked.push({ constraints, answer, refuse: reject });
    });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test('off means that there is no track, and that the one there was is stopped', async () => {
  const asked = browser();
  using capture = new Capture('video', {}, null);
  expect(asked).toHaveLength(0);
  const turning = capture.turnOn();
  expect(capture.state.get()).toMatchObject({ on: false, starting: true });
  const track = new FakeTrack('camera-1');
  asked[0]?.answer(track);
  await turning;
  expect(capture.state.get()).toMatchObject({ on: true, starting: false, track, deviceId: 'camera-1' });
  capture.turnOff();
  expect(track.stopped).toBe(true);
  expect(capture.state.get()).toMatchObject({ on: false, track: null });
});

test('a device that comes after one has turned it off is let go at once', async () => {
  const asked = browser();
  using capture = new Capture('audio', {}, null);
  const turning = capture.turnOn();
  capture.turnOff();
  const late = new FakeTrack('microphone-1');
  asked[0]?.answer(late);
  await turning;
  expect(late.stopped).toBe(true);
  expect(capture.state.get()).toMatchObject({ on: false, starting: false, track: null });
});

test('another device replaces the one that is on, which is let go first', async () => {
  const asked = browser();
  using capture = new Capture('video', {}, null);
  const turning = capture.turnOn();
  const first = new FakeTrack('camera-1');
  asked[0]?.answer(first);
  await turning;
  const choosing = capture.choose('camera-2');
  expect(first.stopped).toBe(true);
  expect(asked[1]?.constraints).toEqual({ video: { deviceId: { ideal: 'camera-2' } } });
  const second = new FakeTrack('camera-2');
  asked[1]?.answer(second);
  await choosing;
  expect(capture.state.get()).toMatchObject({ on: true, track: second, deviceId: 'camera-2' });
});

test('choosing while off only remembers', async () => {
  const asked = browser();
  using capture = new Capture('video', {}, null);
  await capture.choose('camera-2');
  expect(asked).toHaveLength(0);
  expect(capture.state.get()).toMatchObject({ on: false, deviceId: 'camera-2' });
});

test('a device that is pulled out turns off, says so, and may be turned on again', async () => {
  const asked = browser();
  using capture = new Capture('audio', {}, 'microphone-1');
  const turning = capture.turnOn();
  const track = new FakeTrack('microphone-1');
  asked[0]?.answer(track);
  await turning;
  track.onended?.();
  expect(capture.state.get()).toMatchObject({ on: false, track: null, problem: 'unplugged', deviceId: null });
  const again = capture.turnOn();
  asked[1]?.answer(new FakeTrack('microphone-2'));
  await again;
  expect(capture.state.get()).toMatchObject({ on: true, problem: null, deviceId: 'microphone-2' });
});

test.each([
  ['NotAllowedError', 'Permission denied', 'denied'],
  ['NotAllowedError', 'Permission dismissed', 'dismissed'],
  ['NotFoundError', '', 'not-found'],
  ['NotReadableError', '', 'in-use'],
])('%s (%s) is told as %s', async (name, message, problem) => {
  const asked = browser();
  using capture = new Capture('video', {}, null);
  const turning = capture.turnOn();
  asked[0]?.refuse(new DOMException(message, name));
  await turning;
  expect(capture.state.get()).toMatchObject({ on: false, starting: false, problem });
});
