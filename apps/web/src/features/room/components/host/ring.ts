/** However many come, it does not go on ringing: browsers have sound for a few at a time only, and so have people. ms. */
const pause = 5_000;
let rungAt = Number.NEGATIVE_INFINITY;

/** Two soft tones, through this machine's loudspeaker and to nobody else. Where sound is not allowed, nothing. */
export function ring(now = performance.now()): void {
  if (now - rungAt < pause) return;
  rungAt = now;
  try {
    const context = new AudioContext();
    const end = context.currentTime + 0.9;
    for (const [index, frequency] of [659, 523].entries()) {
      const begin = context.currentTime + index * 0.22;
      const tone = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(0.08, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0005, begin + 0.5);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(end);
    }
    setTimeout(() => void context.close(), 1_200);
  } catch {
    // No sound here.
  }
}
