import type { DeviceState, Devices, DevicesState } from '../devices/types.ts';
import { State } from '../observable.ts';

const none: DeviceState = {
  on: false,
  starting: false,
  track: null,
  deviceId: null,
  choices: [],
  problem: null,
};

/** For whoever is there to hear and see alone. */
export function noDevices(): Devices {
  const nothing = async () => {};
  return {
    state: new State<DevicesState>({ camera: none, microphone: none, speakers: [], speakerId: null }),
    level: new State(0),
    turnOnCamera: nothing,
    turnOffCamera: () => {},
    chooseCamera: nothing,
    turnOnMicrophone: nothing,
    turnOffMicrophone: () => {},
    chooseMicrophone: nothing,
    chooseSpeaker: () => {},
    testSpeaker: nothing,
    stopAll: () => {},
    [Symbol.dispose]: () => {},
  };
}
