import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEVICE_OFF, type Devices, type DevicesState } from '../devices/types.ts';
import { unknownConnection } from '../media/connectionQuality.ts';
import type { Meeting, MeetingOptions, MeetingState } from '../meeting/types.ts';
import { State } from '../observable.ts';
import { EchoCall, type EchoCallPorts, type EchoPort, SPEAKS_MS } from './EchoCall.ts';

/** As far as a test call asks. */
class FakeMeeting {
  readonly state: State<MeetingState>;
  readonly options: MeetingOptions;
  readonly id: string;
  left = false;
  view: unknown = null;
  constructor(options: MeetingOptions, id: string) {
    this.options = options;
    this.id = id;
    this.state = new State({
      phase: { name: 'idle' },
      selfId: null,
      participants: [],
      audioTracks: [`line of ${id}`],
      encryption: { people: [] },
      connection: unknownConnection,
    } as unknown as MeetingState);
  }
  join = async () => {
    this.state.update({ phase: { name: 'joined' }, selfId: this.id });
  };
  setView = (view: unknown) => {
    this.view = view;
  };
  [Symbol.asyncDispose] = async () => {
    this.left = true;
  };
}

let meetings: FakeMeeting[];
let devices: State<DevicesState>;
let echo: Omit<EchoPort, typeof Symbol.dispose>;
let loudest: number | null;
let opened: string[];

beforeEach(() => {
  vi.useFakeTimers();
  meetings = [];
  opened = [];
  loudest = 0.5;
  devices = new State<DevicesState>({
    camera: DEVICE_OFF,
    microphone: DEVICE_OFF,
    speakers: [],
    speakerId: null,
  });
  echo = {
    hear: vi.fn<EchoPort['hear']>(),
    open: () => opened.push('open'),
    close: () => {
      opened.push('close');
      return loudest;
    },
  };
});
afterEach(() => vi.useRealTimers());

function start(changes: Partial<EchoCallPorts> = {}): EchoCall {
  const microphone = (on: boolean) => devices.update({ microphone: { ...DEVICE_OFF, on } });
  return new EchoCall({
    devices: {
      state: devices,
      turnOnMicrophone: async () => microphone(true),
      turnOffMicrophone: () => microphone(false),
    } as unknown as Devices,
    identity: { name: 'Ada', accountId: null },
    openWorker: () => ({}) as Worker,
    makeMeeting: async () => ({ id: 'id', passcode: 'passcode', verifier: 'verifier' }),
    begin: async () => null,
    createMeeting: (options) => {
      const meeting = new FakeMeeting(options, `end ${meetings.length}`);
      meetings.push(meeting);
      return meeting as unknown as Meeting;
    },
    echo: { ...echo, [Symbol.dispose]: () => opened.push('disposed') },
    ...changes,
  });
}

/** The two ends, once they have been made. */
async function ends(): Promise<readonly [FakeMeeting, FakeMeeting]> {
  await vi.advanceTimersByTimeAsync(0);
  const [speaker, listener] = meetings;
  if (speaker === undefined || listener === undefined) throw new Error('Nobody has come.');
  return [speaker, listener];
}

async function meet(camera: MediaStreamTrack | null = null) {
  const [speaker, listener] = await ends();
  listener.state.update({
    participants: [
      { id: listener.id, self: true, camera: null },
      { id: speaker.id, self: false, camera },
    ] as never,
    encryption: { people: [{}, {}] } as never,
  });
  await vi.advanceTimersByTimeAsync(0);
  return [speaker, listener] as const;
}

test('one speaks, and then hears oneself; afterwards everything is off that was off', async () => {
  using call = start();
  const [speaker, listener] = await meet();
  expect(call.state.get()).toMatchObject({ name: 'speaking', picture: null });
  expect(echo.hear).toHaveBeenCalledWith(['line of end 1']);
  expect(devices.get().microphone.on).toBe(true);
  // The end that hears captures nothing, and neither takes the other's place.
  expect(listener.options.devices.state.get().microphone.on).toBe(false);
  speaker.options.resumeTokens?.set('id', {} as never);
  expect(listener.options.resumeTokens?.get('id')).toBeNull();
  speaker.state.update({ connection: { ...unknownConnection, path: 'server-udp', quality: 'good' } });
  listener.state.update({ connection: { ...unknownConnection, quality: 'fair', loss: 0.1 } });
  await vi.advanceTimersByTimeAsync(SPEAKS_MS);
  expect(call.state.get().name).toBe('listening');
  expect(opened).toEqual(['open', 'close']);
  await vi.advanceTimersByTimeAsync(SPEAKS_MS);
  expect(call.state.get()).toEqual({
    name: 'over',
    result: {
      path: 'server-udp',
      quality: 'fair',
      roundTripMs: null,
      loss: 0.1,
      sound: 'heard',
      picture: 'off',
    },
  });
  expect([speaker.left, listener.left]).toEqual([true, true]);
  expect(devices.get().microphone.on).toBe(false);
  expect(opened).toContain('disposed');
});

test('a microphone that was on stays on', async () => {
  devices.update({ microphone: { ...DEVICE_OFF, on: true } });
  const call = start();
  await meet();
  call[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(0);
  expect(devices.get().microphone.on).toBe(true);
});

test('silence is told from a browser that cannot play, and neither is waited for longer than it takes', async () => {
  loudest = 0.05;
  using quiet = start();
  await meet();
  await vi.advanceTimersByTimeAsync(2 * SPEAKS_MS);
  expect(quiet.state.get()).toMatchObject({ result: { sound: 'silent' } });
  meetings = [];
  loudest = null;
  using mute = start();
  await meet();
  await vi.advanceTimersByTimeAsync(SPEAKS_MS);
  expect(mute.state.get()).toMatchObject({ result: { sound: 'unplayable' } });
});

test('a camera that is on is waited for a moment; one that is never seen is missing', async () => {
  devices.update({ camera: { ...DEVICE_OFF, on: true } });
  using call = start();
  await meet();
  expect(call.state.get().name).toBe('connecting');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(call.state.get().name).toBe('speaking');
  await vi.advanceTimersByTimeAsync(2 * SPEAKS_MS);
  expect(call.state.get()).toMatchObject({ result: { picture: 'missing' } });
});

test('the picture that came back is shown as soon as it is there', async () => {
  devices.update({ camera: { ...DEVICE_OFF, on: true } });
  using call = start();
  await meet('picture' as never);
  expect(call.state.get()).toMatchObject({ name: 'speaking', picture: 'picture' });
});

test('whoever may not use the microphone still learns how the connection is', async () => {
  using call = start({
    devices: { state: devices, turnOnMicrophone: async () => {}, turnOffMicrophone: () => {} } as never,
  });
  await meet();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(call.state.get()).toMatchObject({ name: 'over', result: { sound: 'off' } });
});

test('a server that refuses, ends that never meet, and one that fails: each is said, and everything is off', async () => {
  using refused = start({ begin: async () => 'media.full' });
  await vi.advanceTimersByTimeAsync(0);
  expect(refused.state.get()).toEqual({ name: 'failed', code: 'media.full' });
  expect(meetings).toEqual([]);
  using alone = start();
  await ends();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(alone.state.get()).toEqual({ name: 'failed', code: 'network.unreachable' });
  meetings = [];
  using broken = start();
  const [speaker, listener] = await meet();
  listener.state.update({ phase: { name: 'failed', code: 'encryption.broken' } });
  expect(broken.state.get()).toEqual({ name: 'failed', code: 'encryption.broken' });
  await vi.advanceTimersByTimeAsync(0);
  expect([speaker.left, listener.left]).toEqual([true, true]);
  expect(devices.get().microphone.on).toBe(false);
});

test('whoever takes a place back, or gets another transport, is told that the test was interrupted', async () => {
  for (const [end, change] of [
    [0, { phase: { name: 'reconnecting' } }],
    [1, { audioTracks: ['another'] }],
    [0, { audioTracks: [] }],
  ] as const) {
    meetings = [];
    using call = start();
    const both = await meet();
    await vi.advanceTimersByTimeAsync(1_000);
    both[end].state.update(change as never);
    expect(call.state.get()).toEqual({ name: 'failed', code: 'interrupted' });
    await vi.advanceTimersByTimeAsync(0);
    expect(both.map(({ left }) => left)).toEqual([true, true]);
  }
});

test('nobody is asked for the microphone where the server lets nobody test', async () => {
  const turnOnMicrophone = vi.fn(async () => {});
  using call = start({
    devices: { state: devices, turnOnMicrophone, turnOffMicrophone: () => {} } as never,
    begin: async () => 'auth.required',
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(call.state.get()).toEqual({ name: 'failed', code: 'auth.required' });
  expect(turnOnMicrophone).not.toHaveBeenCalled();
});

test('closed while the microphone is being asked for: it goes off again, and nobody is called', async () => {
  const asked = Promise.withResolvers<void>();
  const call = start({
    devices: {
      state: devices,
      turnOnMicrophone: async () => {
        await asked.promise;
        devices.update({ microphone: { ...DEVICE_OFF, on: true } });
      },
      turnOffMicrophone: () => devices.update({ microphone: DEVICE_OFF }),
    } as never,
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(call.state.get().name).toBe('asking');
  call[Symbol.dispose]();
  asked.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(devices.get().microphone.on).toBe(false);
  expect(meetings).toEqual([]);
});
