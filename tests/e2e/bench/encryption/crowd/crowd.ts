import { createMeeting, type DeviceState, type Devices, type Meeting, State } from '@conclave/client';
import workerUrl from '@conclave/client/worker?worker&url';
import { movingPicture, tone } from './sources.ts';

export interface CrowdOptions {
  readonly meetingId: string;
  readonly passcode: string;
  /** From 0 on. */
  readonly index: number;
  readonly speaks: boolean;
  readonly framesPerSecond: number;
}

declare global {
  interface Window {
    /** Lets one more into a meeting, with keys, worker and connection of their own. Resolves when they are in. */
    __crowd(options: CrowdOptions): Promise<void>;
    __crowdLeaves(): Promise<void>;
  }
}

const nothing = { width: 0, height: 0 };
let meetings: Meeting[] = [];
let picture: MediaStreamTrack | null = null;

// A tab is one participant to our client, and remembers its place; here each is another.
Object.defineProperty(window, 'sessionStorage', {
  value: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
});

window.__crowd = async ({ meetingId, passcode, index, speaks, framesPerSecond }) => {
  picture ??= movingPicture(framesPerSecond);
  const meeting = createMeeting({
    meetingId,
    passcode,
    invitation: null,
    identity: { name: `Person ${index + 1}`, accountId: null },
    openWorker: () => new Worker(workerUrl, { type: 'module' }),
    devices: devicesOf(picture.clone(), speaks ? tone(300 + 100 * index) : null),
    videoSlots: 1,
  });
  meetings.push(meeting);
  meeting.setView({
    tiles: 0,
    tile: nothing,
    pinned: [],
    sizes: new Map(),
    screen: nothing,
  });
  await meeting.join();
  const { phase } = meeting.state.get();
  if (phase.name !== 'joined') throw new Error(`Person ${index + 1} is ${JSON.stringify(phase)}.`);
};

window.__crowdLeaves = async () => {
  await Promise.all(meetings.map((meeting) => meeting[Symbol.asyncDispose]()));
  meetings = [];
};

/** A camera and perhaps a microphone that are on, and cannot be turned. */
function devicesOf(camera: MediaStreamTrack, microphone: MediaStreamTrack | null): Devices {
  const state = (track: MediaStreamTrack | null): DeviceState => ({
    on: track !== null,
    starting: false,
    track,
    deviceId: null,
    choices: [],
    problem: null,
  });
  const stopAll = () => {
    camera.stop();
    microphone?.stop();
  };
  return {
    state: new State({
      camera: state(camera),
      microphone: state(microphone),
      speakers: [],
      speakerId: null,
    }),
    level: new State(0),
    turnOnCamera: async () => {},
    turnOffCamera: () => {},
    chooseCamera: async () => {},
    turnOnMicrophone: async () => {},
    turnOffMicrophone: () => {},
    chooseMicrophone: async () => {},
    chooseSpeaker: () => {},
    testSpeaker: async () => {},
    stopAll,
    [Symbol.dispose]: stopAll,
  };
}
