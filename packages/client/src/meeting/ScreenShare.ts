import type { DeviceProblem } from '../devices/types.ts';
import { captureScreen, type ScreenCapture } from '../media/captureScreen.ts';
import { State } from '../observable.ts';

export interface ScreenShareState {
  readonly capture: ScreenCapture | null;
  readonly problem: DeviceProblem | null;
}

/** The shared screen: OFF → picking → ON → OFF. Ended by us, by the browser's own bar, or by the window closing. */
export class ScreenShare implements Disposable {
  readonly state = new State<ScreenShareState>({ capture: null, problem: null });
  #picking = false;
  #disposed = false;

  async start(): Promise<void> {
    if (this.#picking || this.state.get().capture !== null) return;
    this.#picking = true;
    const capture = await captureScreen();
    this.#picking = false;
    if (typeof capture === 'string') {
      // Closing the picker is a decision, not a fault.
      const cancelled = capture === 'dismissed' || capture === 'denied';
      this.state.set({ capture: null, problem: cancelled ? null : capture });
      return;
    }
    if (this.#disposed) {
      stopTracks(capture);
      return;
    }
    capture.video.onended = () => this.stop();
    this.state.set({ capture, problem: null });
  }

  stop(): void {
    const { capture } = this.state.get();
    if (capture === null) return;
    stopTracks(capture);
    this.state.set({ capture: null, problem: null });
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.stop();
  }
}

function stopTracks({ video, audio }: ScreenCapture): void {
  video.onended = null;
  video.stop();
  audio?.stop();
}
