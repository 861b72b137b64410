/** How often the tones are repeated, ms. */
const everyMs = 3_000;
const tones = [
  { frequency: 523, at: 0 },
  { frequency: 659, at: 0.18 },
  { frequency: 784, at: 0.36 },
  { frequency: 659, at: 0.9 },
] as const;
const loudness = { incoming: 0.1, outgoing: 0.035 } as const;

/** Rings softly, through this machine's loudspeaker, until it is disposed of. Where sound is not allowed, nothing. */
export class Ringer implements Disposable {
  readonly #context: AudioContext | null;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(which: keyof typeof loudness) {
    this.#context = openContext();
    const play = () => this.#play(loudness[which], which === 'incoming' ? tones : tones.slice(0, 2));
    this.#timer = setInterval(play, everyMs);
    play();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    void this.#context?.close();
  }

  #play(volume: number, chosen: readonly { readonly frequency: number; readonly at: number }[]): void {
    const context = this.#context;
    if (context === null || context.state !== 'running') return;
    for (const { frequency, at } of chosen) {
      const begin = context.currentTime + at;
      const tone = new OscillatorNode(context, { frequency });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, begin);
      gain.gain.linearRampToValueAtTime(volume, begin + 0.03);
      gain.gain.exponentialRampToValueAtTime(0.0005, begin + 0.6);
      tone.connect(gain).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + 0.65);
    }
  }
}

function openContext(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}
