import { State } from '../observable.ts';
import { Capture } from './Capture.ts';
import { LevelMeter } from './LevelMeter.ts';
import { playTone } from './playTone.ts';
import type { Devices, DevicesState } from './types.ts';

export interface DevicesOptions {
  readonly cameraId?: string | null;
  readonly microphoneId?: string | null;
  readonly speakerId?: string | null;
}

const cameraConstraints: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

/** The cameras, microphones and loudspeakers of this browser. Nothing is asked for before it is turned on. */
export class BrowserDevices implements Devices {
  readonly state: State<DevicesState>;
  readonly #camera: Capture;
  readonly #microphone: Capture;
  readonly #meter = new LevelMeter();
  readonly #stops: (() => void)[] = [];

  constructor(options: DevicesOptions = {}) {
    this.#camera = new Capture('video', cameraConstraints, options.cameraId ?? null);
    this.#microphone = new Capture('audio', microphoneConstraints, options.microphoneId ?? null);
    this.state = new State<DevicesState>({
      camera: this.#camera.state.get(),
      microphone: this.#microphone.state.get(),
      speakers: [],
      speakerId: options.speakerId ?? null,
    });
    this.#stops.push(
      this.#camera.state.subscribe(() => this.state.update({ camera: this.#camera.state.get() })),
      this.#microphone.state.subscribe(() => this.#microphoneChanged()),
    );
    this.#watchForDevices();
  }

  get level() {
    return this.#meter.level;
  }

  async turnOnCamera(): Promise<void> {
    await this.#camera.turnOn();
    await this.#refresh(); // Labels are told only after consent.
  }

  turnOffCamera(): void {
    this.#camera.turnOff();
  }

  chooseCamera(deviceId: string): Promise<void> {
    return this.#camera.choose(deviceId);
  }

  async turnOnMicrophone(): Promise<void> {
    await this.#microphone.turnOn();
    await this.#refresh();
  }

  turnOffMicrophone(): void {
    this.#microphone.turnOff();
  }

  chooseMicrophone(deviceId: string): Promise<void> {
    return this.#microphone.choose(deviceId);
  }

  chooseSpeaker(deviceId: string): void {
    this.state.update({ speakerId: deviceId });
  }

  testSpeaker(): Promise<void> {
    return playTone(this.state.get().speakerId);
  }

  stopAll(): void {
    this.#camera.turnOff();
    this.#microphone.turnOff();
  }

  [Symbol.dispose](): void {
    this.stopAll();
    this.#meter[Symbol.dispose]();
    for (const stop of this.#stops) stop();
  }

  #microphoneChanged(): void {
    const before = this.state.get().microphone.track;
    const microphone = this.#microphone.state.get();
    this.state.update({ microphone });
    if (microphone.track !== before) this.#meter.measure(microphone.track);
  }

  #watchForDevices(): void {
    const media = navigator.mediaDevices;
    if (media?.enumerateDevices === undefined) return;
    const refresh = () => void this.#refresh();
    media.addEventListener('devicechange', refresh);
    this.#stops.push(() => media.removeEventListener('devicechange', refresh));
    refresh();
  }

  async #refresh(): Promise<void> {
    if (navigator.mediaDevices?.enumerateDevices === undefined) return;
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    this.#camera.setChoices(devices);
    this.#microphone.setChoices(devices);
    const speakers = devices
      .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }));
    const chosen = this.state.get().speakerId;
    const speakerId = speakers.some(({ deviceId }) => deviceId === chosen) ? chosen : null;
    this.state.update({ speakers, speakerId });
  }
}
