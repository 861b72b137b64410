import type { Devices } from './types.ts';

/** The same devices for another stay beside the one that has them: they go on when that is over. */
export function borrowDevices(devices: Devices): Devices {
  return {
    state: devices.state,
    level: devices.level,
    turnOnCamera: () => devices.turnOnCamera(),
    turnOffCamera: () => devices.turnOffCamera(),
    chooseCamera: (id) => devices.chooseCamera(id),
    turnOnMicrophone: () => devices.turnOnMicrophone(),
    turnOffMicrophone: () => devices.turnOffMicrophone(),
    chooseMicrophone: (id) => devices.chooseMicrophone(id),
    chooseSpeaker: (id) => devices.chooseSpeaker(id),
    testSpeaker: () => devices.testSpeaker(),
    stopAll: () => {},
    [Symbol.dispose]: () => {},
  };
}
