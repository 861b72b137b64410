import type { Observable } from '../observable.ts';

export interface DeviceChoice {
  readonly deviceId: string;
  readonly label: string;
}

/** Why a camera, microphone or screen is not on although it was asked for. */
export type DeviceProblem =
  | 'denied'
  | 'dismissed'
  | 'not-found'
  | 'in-use'
  | 'unsupported'
  | 'unplugged'
  | 'failed';

export interface DeviceState {
  readonly on: boolean;
  /** Between asking the browser and its answer. */
  readonly starting: boolean;
  /** The live track; null while off. Off means that there is no track: nothing can leave the machine (D16). */
  readonly track: MediaStreamTrack | null;
  /** The device that is chosen, or null for the browser's default. */
  readonly deviceId: string | null;
  readonly choices: readonly DeviceChoice[];
  readonly problem: DeviceProblem | null;
}

/** Before anything of it is known. */
export const DEVICE_OFF: DeviceState = {
  on: false,
  starting: false,
  track: null,
  deviceId: null,
  choices: [],
  problem: null,
};

export interface DevicesState {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  /** Loudspeakers; empty where the browser cannot choose them. */
  readonly speakers: readonly DeviceChoice[];
  readonly speakerId: string | null;
}

/** The devices of this browser. The same object serves the page before joining and the room. */
export interface Devices extends Disposable {
  readonly state: Observable<DevicesState>;
  /** The microphone's level, 0 to 1, about 20 times a second while it is on and somebody subscribes; 0 otherwise. */
  readonly level: Observable<number>;
  turnOnCamera(): Promise<void>;
  turnOffCamera(): void;
  chooseCamera(deviceId: string): Promise<void>;
  turnOnMicrophone(): Promise<void>;
  turnOffMicrophone(): void;
  chooseMicrophone(deviceId: string): Promise<void>;
  chooseSpeaker(deviceId: string): void;
  /** Plays a short tone through the chosen loudspeaker; resolves when it has ended. */
  testSpeaker(): Promise<void>;
  /** Stops every track, for certain (D7). */
  stopAll(): void;
}
