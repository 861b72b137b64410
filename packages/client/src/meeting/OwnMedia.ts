import type { ModeratedSource, RulesForClients, SourceSet } from '@conclave/protocol';
import type { Devices } from '../devices/types.ts';
import type { ScreenShare } from './ScreenShare.ts';

/** What is captured here, and what ends it that is not the person's own doing. */
export class OwnMedia {
  readonly #devices: Devices;
  readonly #screen: ScreenShare;
  #lent = false;

  constructor(devices: Devices, screen: ScreenShare) {
    this.#devices = devices;
    this.#screen = screen;
  }

  /** To a stay in a breakout room, which follows its own orders: until they are back, nothing here touches the devices. */
  lend(lent: boolean): void {
    if (lent && !this.#lent) this.#screen.stop();
    this.#lent = lent;
  }

  turnOff(sources: readonly ModeratedSource[]): void {
    if (this.#lent) return;
    if (sources.includes('microphone')) this.#devices.turnOffMicrophone();
    if (sources.includes('camera')) this.#devices.turnOffCamera();
    if (sources.includes('screen')) this.#screen.stop();
  }

  /** What may not be sent is not captured either. */
  keepWithin(allowed: SourceSet): void {
    this.turnOff((['microphone', 'camera', 'screen'] as const).filter((source) => !allowed[source]));
  }

  /**
   * Before anything of what is on is told: the server takes a device for on only after it was told that it is off.
   * @returns whether something was on
   */
  beginOff({ microphoneAtStart, cameraAtStart }: RulesForClients): boolean {
    const { microphone, camera } = this.#devices.state.get();
    const off: ModeratedSource[] = [];
    if (this.#lent) return false;
    if (microphoneAtStart === 'off' && (microphone.on || microphone.starting)) off.push('microphone');
    if (cameraAtStart === 'off' && (camera.on || camera.starting)) off.push('camera');
    this.turnOff(off);
    return off.length > 0;
  }

  /**
   * What a host has stopped while the socket was lost: the server had been told that it is on, and has it as off now. It would
   * take it for on again only after hearing that it is off, and nobody may be shown as heard who is not.
   */
  stopWhatWasStopped(told: SourceSet, now: SourceSet): void {
    this.turnOff(
      (['microphone', 'camera', 'screen'] as const).filter((source) => told[source] && !now[source]),
    );
  }

  stopAll(): void {
    this.#devices.stopAll();
    this.#screen[Symbol.dispose]();
  }
}
