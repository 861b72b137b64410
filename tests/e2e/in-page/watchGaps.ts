/** How a page has seen and heard one other person since the watch began. */
export interface Gaps {
  /** The longest time between two frames of their camera, ms. */
  readonly pictureMs: number;
  readonly frames: number;
  /** The longest time without their tone, ms. Their microphone hears beeps, so 250 ms are of the tone itself. */
  readonly silenceMs: number;
  /** Moments (20 ms each) in which their tone was heard, and in which it was heard twice. */
  readonly heard: number;
  readonly heardTwice: number;
  /** The longest time that a moment was late by, ms: what the machine itself adds to the above. */
  readonly stallMs: number;
}

declare global {
  interface Window {
    __gaps: () => Gaps;
  }
}

/** Looks at every element that shows the camera, and listens to every element that plays a sound. Runs in the page. */
export function startWatchingGaps(ask: { readonly participantId: string; readonly frequency: number }): void {
  const everyMs = 20;
  // A beep that was encoded and decoded is at about 0.3; fading in and out is not counted.
  const audible = 0.05;
  const start = performance.now();
  const last = { frame: start, sound: start, look: start };
  const result = { pictureMs: 0, frames: 0, silenceMs: 0, heard: 0, heardTwice: 0, stallMs: 0 };

  const watched = new WeakSet<HTMLVideoElement>();
  const watch = (video: HTMLVideoElement): void => {
    if (watched.has(video)) return;
    watched.add(video);
    const presented = (): void => {
      const now = performance.now();
      result.pictureMs = Math.max(result.pictureMs, now - last.frame);
      last.frame = now;
      result.frames++;
      video.requestVideoFrameCallback(presented);
    };
    video.requestVideoFrameCallback(presented);
  };

  const context = new AudioContext({ sampleRate: 48_000 });
  const analysers = new Map<MediaStreamTrack, AnalyserNode>();
  const samples = new Float32Array(2_048);
  const coefficient = 2 * Math.cos((2 * Math.PI * ask.frequency) / 48_000);
  const level = (analyser: AnalyserNode): number => {
    analyser.getFloatTimeDomainData(samples);
    let [before, newest] = [0, 0];
    for (const sample of samples) [before, newest] = [newest, sample + coefficient * newest - before];
    const power = newest * newest + before * before - coefficient * newest * before;
    return (Math.sqrt(Math.max(0, power)) * Math.SQRT2) / samples.length;
  };
  const look = (): void => {
    const now = performance.now();
    result.stallMs = Math.max(result.stallMs, now - last.look - everyMs);
    last.look = now;
    for (const video of document.querySelectorAll<HTMLVideoElement>(
      `video[data-source="camera"][data-participant-id="${ask.participantId}"]`,
    ))
      watch(video);
    for (const audio of document.querySelectorAll<HTMLAudioElement>('audio')) {
      const stream = audio.srcObject instanceof MediaStream ? audio.srcObject : null;
      for (const track of stream?.getAudioTracks() ?? []) {
        if (analysers.has(track)) continue;
        const analyser = new AnalyserNode(context, { fftSize: samples.length });
        context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        analysers.set(track, analyser);
      }
    }
    let loud = 0;
    for (const [track, analyser] of analysers)
      if (track.readyState === 'live' && level(analyser) > audible) loud++;
    if (loud > 0) {
      result.heard++;
      result.silenceMs = Math.max(result.silenceMs, now - last.sound);
      last.sound = now;
    }
    if (loud > 1) result.heardTwice++;
  };
  const timer = setInterval(look, everyMs);
  look();
  const previous = window.__gaps as (() => Gaps) & { stop?: () => void };
  previous?.stop?.();
  const read = (): Gaps => {
    const now = performance.now();
    return {
      ...result,
      pictureMs: Math.max(result.pictureMs, now - last.frame),
      silenceMs: Math.max(result.silenceMs, now - last.sound),
    };
  };
  window.__gaps = Object.assign(read, {
    stop: () => {
      clearInterval(timer);
      void context.close();
    },
  });
}
