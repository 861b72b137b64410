import { chooseSink } from '../devices/chooseSink.ts';
import { loudness } from '../devices/LevelMeter.ts';

const everyMs = 100;
/** A knock is no speech: what is as loud counts when it was so for three tenths of a second. */
const counts = 3;

/**
 * Plays what comes later than it came: first one speaks, then one hears oneself. Its gate is closed before the loudspeaker
 * begins, so that nothing goes round twice.
 */
export class Echo implements Disposable {
  readonly #context: AudioContext;
  readonly #gate: GainNode;
  readonly #analyser: AnalyserNode;
  readonly #elements = new Map<MediaStreamTrack, HTMLAudioElement>();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** The loudest moments, the loudest first. */
  #loudest: readonly number[] = [];

  /** To be made while a click is handled: browsers let no sound begin otherwise. @param delayMs how much later */
  constructor(delayMs: number, speakerId: string | null) {
    this.#context = new AudioContext();
    const seconds = delayMs / 1000;
    this.#gate = new GainNode(this.#context, { gain: 0 });
    this.#analyser = new AnalyserNode(this.#context, { fftSize: 4096 });
    const delay = new DelayNode(this.#context, { maxDelayTime: seconds + 1, delayTime: seconds });
    this.#gate.connect(this.#analyser).connect(delay).connect(this.#context.destination);
    void chooseSink(this.#context, speakerId);
  }

  /** Whatever is new of it is heard too. */
  hear(tracks: readonly MediaStreamTrack[]): void {
    for (const track of tracks) {
      if (this.#elements.has(track)) continue;
      const stream = new MediaStream([track]);
      // Chromium fetches the sound of a remote track only for an element that plays it.
      const element = new Audio();
      element.muted = true;
      element.srcObject = stream;
      element.play().catch(() => {});
      this.#elements.set(track, element);
      this.#context.createMediaStreamSource(stream).connect(this.#gate);
    }
  }

  /** From now on what comes is played, later, and measured. */
  open(): void {
    this.#gate.gain.value = 1;
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#timer = setInterval(() => {
      this.#analyser.getFloatTimeDomainData(samples);
      this.#loudest = [...this.#loudest, loudness(samples)].sort((a, b) => b - a).slice(0, counts);
    }, everyMs);
  }

  /**
   * @returns how loud it was that came, 0 to 1 as the levels of devices; null where the browser has begun to play nothing:
   * Firefox does not without a loudspeaker
   */
  close(): number | null {
    clearInterval(this.#timer);
    this.#gate.gain.value = 0;
    return this.#context.state === 'running' ? (this.#loudest[counts - 1] ?? 0) : null;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const element of this.#elements.values()) element.srcObject = null;
    this.#elements.clear();
    void this.#context.close();
  }
}
