const sampleRate = 48_000;
const seconds = 2;
const beepsPerSecond = 2;

/**
 * A WAV file (RIFF, 16 bit, mono) that a fake microphone plays in a loop: beeps of `frequency` Hz, on and off
 * twice a second, because noise suppression takes away a tone that never stops.
 */
export function toneFile(frequency: number): Buffer {
  const samples = sampleRate * seconds;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // mono
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index++) {
    const time = index / sampleRate;
    const on = (time * beepsPerSecond) % 1 < 0.5;
    const value = on ? Math.sin(2 * Math.PI * frequency * time) * 0.5 : 0;
    file.writeInt16LE(Math.round(value * 32_767), 44 + index * 2);
  }
  return file;
}
