import { DEVICE_OFF, type Devices, type DevicesState } from '../devices/types.ts';
import { State } from '../observable.ts';

/** For whoever is there to hear and see alone. */
export function noDevices(): Devices {
  const nothing = async () => {};
  return {
    state: new State<DevicesState>({
      camera: DEVICE_OFF,
      microphone: DEVICE_OFF,
      speakers: [],
      speakerId: null,
    }),
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
