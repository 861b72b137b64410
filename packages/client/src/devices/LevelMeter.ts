import { type Observable, State } from '../observable.ts';

const everyMs = 50;

/**
 * The loudness of one track, 0 to 1, for a bar that moves while one speaks. It is measured for as long as somebody listens
 * to it: that takes a thread of the browser's and a part of a processor.
 */
export class LevelMeter implements Disposable {
  readonly level: Observable<number>;
  readonly #state = new State(0);
  #track: MediaStreamTrack | null = null;
  #listeners = 0;
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.level = { get: this.#state.get, subscribe: (listener) => this.#subscribe(listener) };
  }

  /** Null stops measuring and lets the audio hardware go. */
  measure(track: MediaStreamTrack | null): void {
    this.#track = track;
    this.#stop();
    this.#start();
  }

  [Symbol.dispose](): void {
    this.measure(null);
  }

  #subscribe(listener: () => void): () => void {
    // A listener of its own each time, so that two that are the same function count as two.
    const stop = this.#state.subscribe(() => listener());
    let listening = true;
    this.#listeners += 1;
    this.#start();
    return () => {
      if (!listening) return;
      listening = false;
      stop();
      this.#listeners -= 1;
      if (this.#listeners === 0) this.#stop();
    };
  }

  #start(): void {
    if (this.#track === null || this.#listeners === 0 || this.#context !== undefined) return;
    if (typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(new MediaStream([this.#track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#context = context;
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.#state.set(loudness(samples));
    }, everyMs);
  }

  #stop(): void {
    clearInterval(this.#timer);
    void this.#context?.close();
    this.#context = undefined;
    this.#state.set(0);
  }
}

/** −60 dBFS and below is 0, full scale is 1, linear in decibels as the ear is. */
export function loudness(samples: Float32Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  const decibels = 10 * Math.log10(power / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}
