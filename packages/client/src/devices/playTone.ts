import { chooseSink } from './chooseSink.ts';

const seconds = 0.9;

/** Two soft notes through a loudspeaker (null: the default one). Resolves when they have ended. */
export async function playTone(speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  try {
    await chooseSink(context, speakerId);
    const gain = new GainNode(context, { gain: 0 });
    const note = new OscillatorNode(context, { frequency: 523.25 });
    note.connect(gain).connect(context.destination);
    const start = context.currentTime;
    note.frequency.setValueAtTime(659.25, start + seconds / 2);
    // Ramps: a wave that is cut off clicks.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.2, start + 0.05);
    gain.gain.linearRampToValueAtTime(0, start + seconds);
    const ended = new Promise((resolve) => note.addEventListener('ended', resolve, { once: true }));
    note.start(start);
    note.stop(start + seconds);
    await ended;
  } finally {
    await context.close();
  }
}
