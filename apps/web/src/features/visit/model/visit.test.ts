import { type Devices, type Meeting, type MeetingOptions, type MeetingPhase, State } from '@conclave/client';
import { describe, expect, it, vi } from 'vitest';
import { MemoryStorage } from '../../../storage/memoryStorage.ts';
import { TabMemory } from './tabMemory.ts';
import { Visit } from './visit.ts';

const meetingId = 'abcde-fghjk-mnpqr-stuvw';
const passcode = 'abcdefghjkmnpqrs';
const off = { on: false, starting: false, track: null, deviceId: null, choices: [], problem: null };

class FakeMeeting {
  readonly state = new State<{ phase: MeetingPhase }>({ phase: { name: 'idle' } });
  readonly options: MeetingOptions;
  readonly introduce = vi.fn();
  readonly join = vi.fn(async () => this.go({ name: 'joining' }));
  readonly leave = vi.fn(async () => this.go({ name: 'left', reason: 'left', by: null }));
  readonly [Symbol.asyncDispose] = vi.fn(async () => {});

  constructor(options: MeetingOptions) {
    this.options = options;
  }

  go(phase: MeetingPhase): void {
    this.state.set({ phase });
  }
}

class FakeDevices {
  readonly state = new State({ camera: off, microphone: off, speakers: [], speakerId: null });
  readonly turnOnCamera = vi.fn(async () => this.state.update({ camera: { ...off, on: true } }));
  readonly turnOnMicrophone = vi.fn(async () => this.state.update({ microphone: { ...off, on: true } }));
  readonly stopAll = vi.fn(() => this.state.update({ camera: off, microphone: off }));
  readonly [Symbol.dispose] = vi.fn(() => this.stopAll());
}

function open(storage = new MemoryStorage(), now = 0) {
  const memory = new TabMemory(meetingId, storage);
  const meetings: FakeMeeting[] = [];
  const devices = new FakeDevices();
  const visit = new Visit({
    meetingId,
    videoSlots: 16,
    memory,
    now: () => now,
    createDevices: () => devices as unknown as Devices,
    createMeeting: (options) => {
      const meeting = new FakeMeeting(options);
      meetings.push(meeting);
      return meeting as unknown as Meeting;
    },
  });
  return { visit, memory, meetings, devices, storage };
}

function openWithLink() {
  const storage = new MemoryStorage();
  new TabMemory(meetingId, storage).update({ passcode });
  return open(storage);
}

describe('Visit', () => {
  it('asks for the passcode when the link had none, and takes it however it is typed', () => {
    const { visit, meetings } = open();
    expect(visit.state.get()).toEqual({ name: 'asking-passcode', wrong: false });
    expect(visit.enterPasscode('no')).toBe(false);
    expect(visit.enterPasscode(' ABCD-efgh jkmn-PQRS')).toBe(true);
    expect(visit.state.get().name).toBe('before');
    expect(meetings[0]?.options.passcode).toBe(passcode);
  });

  it('turns nothing on by itself before joining', () => {
    const { visit, devices } = openWithLink();
    expect(visit.state.get().name).toBe('before');
    expect(devices.turnOnCamera).not.toHaveBeenCalled();
    expect(devices.turnOnMicrophone).not.toHaveBeenCalled();
  });

  it('joins with the name, and after a reload is back in the room with the devices that were on', async () => {
    const first = openWithLink();
    await first.devices.turnOnCamera();
    first.visit.join({ name: 'Ada', accountId: null });
    expect(first.meetings[0]?.introduce).toHaveBeenCalledWith({ name: 'Ada', accountId: null });
    first.meetings[0]?.go({ name: 'joined' });
    first.visit.pageGoes();

    const second = open(first.storage, 59_000);
    expect(second.visit.state.get()).toMatchObject({ name: 'inside', returning: true });
    expect(second.meetings[0]?.introduce).toHaveBeenCalledWith({ name: 'Ada', accountId: null });
    expect(second.meetings[0]?.join).toHaveBeenCalledOnce();
    expect(second.devices.turnOnCamera).toHaveBeenCalledOnce();
    expect(second.devices.turnOnMicrophone).not.toHaveBeenCalled();
  });

  it.each(['an hour later', 'after a crash'])(
    'is seen by nobody when its tab is found again %s',
    async (when) => {
      const first = openWithLink();
      await first.devices.turnOnCamera();
      first.visit.join({ name: 'Ada', accountId: null });
      first.meetings[0]?.go({ name: 'joined' });
      if (when === 'an hour later') first.visit.pageGoes();

      const second = open(first.storage, 3_600_000);
      expect(second.visit.state.get().name).toBe('before');
      expect(second.devices.turnOnCamera).not.toHaveBeenCalled();
      expect(open(first.storage, 3_600_001).visit.state.get().name).toBe('before');
    },
  );

  it('is not back in the room after a reload while it had not got in yet', () => {
    const first = openWithLink();
    first.visit.join({ name: 'Ada', accountId: null });
    expect(open(first.storage).visit.state.get().name).toBe('before');
  });

  it('leaves for certain: devices off, and a reload does not go back in', async () => {
    const first = openWithLink();
    first.visit.join({ name: 'Ada', accountId: null });
    first.meetings[0]?.go({ name: 'joined' });
    await first.visit.leave();
    expect(first.devices.stopAll).toHaveBeenCalled();
    expect(first.visit.state.get()).toEqual({ name: 'left', reason: 'left', by: null });
    expect(open(first.storage).visit.state.get().name).toBe('before');
    first.visit.again();
    expect(first.visit.state.get().name).toBe('before');
    expect(first.meetings).toHaveLength(2);
  });

  it('stops the devices even when leaving hangs', () => {
    const { visit, meetings, devices } = openWithLink();
    visit.join({ name: 'Ada', accountId: null });
    meetings[0]?.leave.mockImplementation(() => new Promise(() => {}));
    void visit.leave();
    expect(devices.stopAll).toHaveBeenCalled();
  });

  it('waits at the door, comes in when let in, and says who turned it away', () => {
    const { visit, meetings, devices, memory } = openWithLink();
    visit.join({ name: 'Ada', accountId: null });
    meetings[0]?.go({ name: 'waiting', hostPresent: false, waitsFor: 'host', interrupted: false });
    expect(visit.state.get().name).toBe('waiting');
    expect(memory.read().inRoom).toBe(false);
    meetings[0]?.go({ name: 'joining' });
    expect(visit.state.get()).toMatchObject({ name: 'inside', letIn: true });
    const other = openWithLink();
    other.visit.join({ name: 'Ada', accountId: null });
    other.meetings[0]?.go({ name: 'waiting', hostPresent: true, waitsFor: 'host', interrupted: false });
    other.meetings[0]?.go({ name: 'left', reason: 'turned-away', by: 'Olivia' });
    expect(other.visit.state.get()).toEqual({ name: 'left', reason: 'turned-away', by: 'Olivia' });
    expect(other.devices.stopAll).toHaveBeenCalled();
    expect(devices.stopAll).not.toHaveBeenCalled();
  });

  it('forgets a wrong passcode and asks again', () => {
    const { visit, meetings, memory } = openWithLink();
    visit.join({ name: 'Ada', accountId: null });
    meetings[0]?.go({ name: 'failed', code: 'meeting.wrong_passcode' });
    expect(visit.state.get()).toEqual({ name: 'asking-passcode', wrong: true });
    expect(memory.read().passcode).toBeNull();
    expect(meetings[0]?.[Symbol.asyncDispose]).toHaveBeenCalledOnce();
  });

  it('says why it failed, with everything off', () => {
    const { visit, meetings, devices } = openWithLink();
    visit.join({ name: 'Ada', accountId: null });
    meetings[0]?.go({ name: 'failed', code: 'meeting.full' });
    expect(visit.state.get()).toEqual({ name: 'failed', code: 'meeting.full' });
    expect(devices.stopAll).toHaveBeenCalled();
  });

  it('closes what it opened', () => {
    const { visit, meetings, devices, memory } = openWithLink();
    visit.join({ name: 'Ada', accountId: null });
    meetings[0]?.go({ name: 'joined' });
    visit[Symbol.dispose]();
    expect(meetings[0]?.[Symbol.asyncDispose]).toHaveBeenCalledOnce();
    expect(devices[Symbol.dispose]).toHaveBeenCalledOnce();
    expect(memory.read().inRoom).toBe(false);
  });

  it('shows the invitation of its link when joining, until it is good no more', () => {
    const storage = new MemoryStorage();
    new TabMemory(meetingId, storage).update({ passcode, invitation: 'secret' });
    const { visit, meetings } = open(storage);
    expect(meetings[0]?.options.invitation).toBe('secret');
    visit.dropInvitation();
    expect(visit.state.get().name).toBe('before');
    expect(meetings[1]?.options.invitation).toBeNull();
    expect(visit.invitation).toBeNull();
  });
});
