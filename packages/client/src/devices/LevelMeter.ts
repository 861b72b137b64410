import { State } from '../observable.ts';

const everyMs = 50;

/** The loudness of one track, 0 to 1, for a bar that moves while one speaks. */
export class LevelMeter implements Disposable {
  readonly level = new State(0);
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Null stops measuring and lets the audio hardware go. */
  measure(track: MediaStreamTrack | null): void {
    this.#stop();
    if (track === null || typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#context = context;
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.level.set(loudness(samples));
    }, everyMs);
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    void this.#context?.close();
    this.#context = undefined;
    this.level.set(0);
  }
}

/** −60 dBFS and below is 0, full scale is 1, linear in decibels as the ear is. */
export function loudness(samples: Float32Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  const decibels = 10 * Math.log10(power / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}
