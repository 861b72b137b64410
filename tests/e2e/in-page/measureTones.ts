/** One received sound, as it was heard for a moment. Levels are RMS of a full-scale 1.0. */
export interface Heard {
  /** RMS of everything. */
  readonly level: number;
  /** RMS at each frequency that was asked for, in the same order: the loudest tenth of a second of it. */
  readonly tones: readonly number[];
}

/**
 * Records every live received audio track of the page for `ms` and measures the tones in it (Goertzel's
 * algorithm). By recording and not by an AnalyserNode, because Firefox runs no AudioContext on a machine
 * without a loudspeaker.
 */
export async function measureTones(ask: {
  readonly frequencies: readonly number[];
  readonly ms: number;
}): Promise<Heard[]> {
  const tracks = window.__peers
    .filter((peer) => peer.connectionState === 'connected')
    .flatMap((peer) => peer.getReceivers())
    .map((receiver) => receiver.track)
    .filter((track) => track.kind === 'audio' && track.readyState === 'live' && !track.muted);

  const record = (track: MediaStreamTrack): Promise<Blob> =>
    new Promise((resolve, reject) => {
      const recorder = new MediaRecorder(new MediaStream([track]), { audioBitsPerSecond: 64_000 });
      const chunks: Blob[] = [];
      recorder.ondataavailable = (event) => chunks.push(event.data);
      recorder.onstop = () => resolve(new Blob(chunks));
      recorder.onerror = () => reject(new Error('the recorder failed'));
      recorder.start();
      setTimeout(() => recorder.stop(), ask.ms);
    });

  const goertzel = (samples: Float32Array, rate: number, frequency: number): number => {
    const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / rate);
    let [before, last] = [0, 0];
    for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
    const power = last * last + before * before - coefficient * last * before;
    return (Math.sqrt(Math.max(0, power)) * Math.SQRT2) / samples.length;
  };

  const measure = async (track: MediaStreamTrack): Promise<Heard> => {
    const blob = await record(track);
    const none: Heard = { level: 0, tones: ask.frequencies.map(() => 0) };
    if (blob.size === 0) return none;
    const decoder = new OfflineAudioContext(1, 48_000, 48_000);
    const sound = await decoder.decodeAudioData(await blob.arrayBuffer()).catch(() => null);
    if (sound === null) return none;
    const samples = sound.getChannelData(0);
    const window = Math.floor(sound.sampleRate / 10);
    const tones = ask.frequencies.map((frequency) => {
      let loudest = 0;
      for (let start = 0; start + window <= samples.length; start += window) {
        const part = samples.subarray(start, start + window);
        loudest = Math.max(loudest, goertzel(part, sound.sampleRate, frequency));
      }
      return loudest;
    });
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    return { level: Math.sqrt(sum / Math.max(1, samples.length)), tones };
  };
  return Promise.all(tracks.map(measure));
}
