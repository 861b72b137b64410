import { State } from '../observable.ts';
import { problemOf } from './problems.ts';
import { DEVICE_OFF, type DeviceState } from './types.ts';

/**
 * One capturing device, camera or microphone: OFF → STARTING → ON → OFF. Turning off stops the track, so the
 * light goes out and nothing can be sent; a result that comes after one has turned off is stopped at once.
 */
export class Capture implements Disposable {
  readonly state: State<DeviceState>;
  readonly #kind: 'audio' | 'video';
  readonly #constraints: MediaTrackConstraints;
  #attempt = 0;

  constructor(kind: 'audio' | 'video', constraints: MediaTrackConstraints, deviceId: string | null) {
    this.#kind = kind;
    this.#constraints = constraints;
    this.state = new State<DeviceState>({ ...DEVICE_OFF, deviceId });
  }

  async turnOn(): Promise<void> {
    if (this.state.get().on || this.state.get().starting) return;
    await this.#start(this.state.get().deviceId);
  }

  turnOff(): void {
    this.#attempt++;
    this.#stopTrack();
    const { on, starting, track } = this.state.get();
    if (!on && !starting && track === null) return;
    this.state.update({ on: false, starting: false, track: null });
  }

  /** While on, the new device replaces the old one; the old one is let go first: many cameras serve only one. */
  async choose(deviceId: string): Promise<void> {
    const active = this.state.get().on || this.state.get().starting;
    this.state.update({ deviceId });
    if (!active) return;
    this.#stopTrack();
    await this.#start(deviceId);
  }

  setChoices(devices: readonly MediaDeviceInfo[]): void {
    const kind = this.#kind === 'audio' ? 'audioinput' : 'videoinput';
    const choices = devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }));
    this.state.update({ choices });
  }

  [Symbol.dispose](): void {
    this.turnOff();
  }

  async #start(deviceId: string | null): Promise<void> {
    const attempt = ++this.#attempt;
    this.state.update({ starting: true, problem: null });
    try {
      const track = await this.#open(deviceId);
      if (attempt !== this.#attempt) {
        track.stop();
        return;
      }
      track.onended = () => this.#unplugged(track);
      const actual = track.getSettings().deviceId ?? deviceId;
      this.state.update({ on: true, starting: false, track, deviceId: actual, problem: null });
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.state.update({ on: false, starting: false, track: null, problem: problemOf(error) });
    }
  }

  async #open(deviceId: string | null): Promise<MediaStreamTrack> {
    if (navigator.mediaDevices?.getUserMedia === undefined)
      throw new TypeError('This browser has no camera access.');
    // A remembered device that is gone must not keep anybody out: ideal, not exact.
    const constraints = {
      ...this.#constraints,
      ...(deviceId === null ? {} : { deviceId: { ideal: deviceId } }),
    };
    const stream = await navigator.mediaDevices.getUserMedia({ [this.#kind]: constraints });
    const [track] = stream.getTracks();
    if (track === undefined) throw new DOMException('No track.', 'NotFoundError');
    return track;
  }

  #unplugged(track: MediaStreamTrack): void {
    if (this.state.get().track !== track) return;
    this.#attempt++;
    this.state.update({ on: false, starting: false, track: null, deviceId: null, problem: 'unplugged' });
  }

  #stopTrack(): void {
    const { track } = this.state.get();
    if (track === null) return;
    track.onended = null;
    track.stop();
  }
}
