/** How a page has seen and heard one other person since the watch began. */
export interface Gaps {
  /** The longest time between two frames of their camera, ms. */
  readonly pictureMs: number;
  readonly frames: number;
  /** The longest time of sound without their tone, ms. Their microphone hears beeps: 250 ms are of the tone itself. */
  readonly silenceMs: number;
  /** Moments (20 ms each) in which their tone was heard, and in which it was heard twice. */
  readonly heard: number;
  readonly heardTwice: number;
  /** The longest time that a moment was late by, ms: what the machine itself adds to the above. */
  readonly stallMs: number;
  /** The longest time between two frames of one's own camera, ms, which no network carries: the same for pictures. */
  readonly ownPictureMs: number;
}

declare global {
  interface Window {
    __person: () => Gaps;
  }
}

/** Looks at every element that shows the camera, and listens to every element that plays a sound. Runs in the page. */
export function startWatchingPerson(ask: {
  readonly participantId: string;
  readonly frequency: number;
}): void {
  const everyMs = 20;
  // A beep that was encoded and decoded is at about 0.3; fading in and out is not counted.
  const audible = 0.05;
  const start = performance.now();
  const last = { frame: start, ownFrame: start, look: start };
  const result = {
    pictureMs: 0,
    frames: 0,
    silenceMs: 0,
    heard: 0,
    heardTwice: 0,
    stallMs: 0,
    ownPictureMs: 0,
  };

  const watched = new WeakSet<HTMLVideoElement>();
  const watch = (selector: string, onFrame: (now: number) => void): void => {
    for (const video of document.querySelectorAll<HTMLVideoElement>(
      `video[data-source="camera"]${selector}`,
    )) {
      if (watched.has(video)) continue;
      watched.add(video);
      const presented = (): void => {
        onFrame(performance.now());
        video.requestVideoFrameCallback(presented);
      };
      video.requestVideoFrameCallback(presented);
    }
  };
  const onFrame = (now: number): void => {
    result.pictureMs = Math.max(result.pictureMs, now - last.frame);
    last.frame = now;
    result.frames++;
  };
  const onOwnFrame = (now: number): void => {
    result.ownPictureMs = Math.max(result.ownPictureMs, now - last.ownFrame);
    last.ownFrame = now;
  };

  const context = new AudioContext({ sampleRate: 48_000 });
  const analysers = new Map<MediaStreamTrack, AnalyserNode>();
  // So much sound is kept that a page that is late by half a second misses none of it.
  const samples = new Float32Array(32_768);
  const hop = (everyMs * context.sampleRate) / 1_000;
  const windowSize = 2_048;
  const coefficient = 2 * Math.cos((2 * Math.PI * ask.frequency) / context.sampleRate);
  const level = (end: number): number => {
    let [before, newest] = [0, 0];
    for (let index = end - windowSize; index < end; index++)
      [before, newest] = [newest, (samples[index] ?? 0) + coefficient * newest - before];
    const power = newest * newest + before * before - coefficient * newest * before;
    return (Math.sqrt(Math.max(0, power)) * Math.SQRT2) / windowSize;
  };
  const played = (): number => Math.round(context.currentTime * context.sampleRate);
  const toMs = (sampleCount: number): number => (sampleCount * 1_000) / context.sampleRate;
  let looked = played();
  let sound = looked;
  /** In how many sounds the tone is, for each moment since the last look, the latest last. */
  const listen = (moments: number): number[] => {
    const loud = Array<number>(moments).fill(0);
    for (const [track, analyser] of analysers) {
      if (track.readyState !== 'live') continue;
      analyser.getFloatTimeDomainData(samples);
      for (let ago = 0; ago < moments; ago++)
        if (level(samples.length - ago * hop) > audible)
          loud[moments - 1 - ago] = (loud[moments - 1 - ago] ?? 0) + 1;
    }
    return loud;
  };
  const look = (): void => {
    const now = performance.now();
    result.stallMs = Math.max(result.stallMs, now - last.look - everyMs);
    last.look = now;
    watch(`[data-participant-id="${ask.participantId}"]`, onFrame);
    watch('[data-self="true"]', onOwnFrame);
    for (const audio of document.querySelectorAll<HTMLAudioElement>('audio')) {
      const stream = audio.srcObject instanceof MediaStream ? audio.srcObject : null;
      for (const track of stream?.getAudioTracks() ?? []) {
        if (analysers.has(track)) continue;
        const analyser = new AnalyserNode(context, { fftSize: samples.length });
        context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        analysers.set(track, analyser);
      }
    }
    const passed = Math.floor((played() - looked) / hop);
    const kept = Math.min(passed, Math.floor((samples.length - windowSize) / hop));
    looked += (passed - kept) * hop;
    for (const count of listen(kept)) {
      looked += hop;
      if (count > 1) result.heardTwice++;
      if (count === 0) continue;
      result.heard++;
      result.silenceMs = Math.max(result.silenceMs, toMs(looked - sound));
      sound = looked;
    }
  };
  const timer = setInterval(look, everyMs);
  look();
  const previous = window.__person as (() => Gaps) & { stop?: () => void };
  previous?.stop?.();
  const read = (): Gaps => {
    const now = performance.now();
    return {
      ...result,
      pictureMs: Math.max(result.pictureMs, now - last.frame),
      silenceMs: Math.max(result.silenceMs, toMs(played() - sound)),
    };
  };
  window.__person = Object.assign(read, {
    stop: () => {
      clearInterval(timer);
      void context.close();
    },
  });
}
