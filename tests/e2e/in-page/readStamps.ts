import type { StampLayout } from './stampedDevices.ts';

/** What arrived by one call. Times in ms. */
export interface Arrivals {
  /** By the time code of a picture: how long after it the picture was presented. */
  readonly pictures: readonly (readonly [code: number, delay: number])[];
  /** By the second at which a beep began: how long after it the beep was played. */
  readonly beeps: readonly (readonly [second: number, delay: number])[];
}

declare global {
  interface Window {
    __readers: Record<string, () => Arrivals>;
    __direct: RTCPeerConnection;
  }
}

/**
 * Reads the stamps of the pictures that a <video> presents and of the sound that tracks play, from now on. Runs in the
 * page.
 * @param ask which: `direct` for the call without the server
 */
export function readStamps(ask: StampLayout & { readonly call: 'direct' | 'served' }): void {
  const { bits } = ask;
  const wallClock = (): number => performance.timeOrigin + performance.now();
  const direct = ask.call === 'direct';
  const video = document.querySelector<HTMLVideoElement>(
    direct
      ? '#direct'
      : 'video[data-source="camera"][data-self="false"], video[data-participant-id]:not([data-self="true"])',
  );
  if (video === null) throw new Error(`no video of the ${ask.call} call`);

  const pictures: [number, number][] = [];
  const canvas = document.createElement('canvas');
  canvas.width = bits * 4;
  canvas.height = 8;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  const readCode = (): number | null => {
    context.drawImage(
      video,
      ...([0, 0, video.videoWidth, video.videoHeight / 2] as const),
      ...([0, 0, canvas.width, canvas.height] as const),
    );
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const brightness = (x: number, y: number): number => data[(y * canvas.width + x) * 4] ?? 0;
    let code = 0;
    for (let bit = 0; bit < bits; bit++) {
      const upper = brightness(bit * 4 + 2, 2);
      const lower = brightness(bit * 4 + 2, 6);
      if (Math.abs(upper - lower) < 64) return null;
      if (upper > lower) code += 2 ** bit;
    }
    return code;
  };
  const presented = (): void => {
    const now = wallClock();
    const code = readCode();
    if (code !== null) {
      const delay = (Math.floor(now) - code) % 2 ** bits;
      pictures.push([code, delay < 0 ? delay + 2 ** bits : delay]);
    }
    video.requestVideoFrameCallback(presented);
  };
  video.requestVideoFrameCallback(presented);

  const peer = direct
    ? window.__direct
    : window.__peers.findLast((one) => one !== window.__direct && one.connectionState === 'connected');
  const beeps: [number, number][] = [];
  const sound = new AudioContext({ latencyHint: 'interactive' });
  const analyser = sound.createAnalyser();
  analyser.fftSize = 4_096;
  for (const { track } of peer?.getReceivers() ?? [])
    if (track.kind === 'audio') sound.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let last = 0;
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const now = wallClock();
    const first = samples.findIndex((sample) => Math.abs(sample) > 0.05);
    // A beep that had begun before this piece of sound was read with an earlier one.
    if (first < 48) return;
    const onset = now - ((samples.length - first) * 1_000) / sound.sampleRate;
    if (onset - last < 500) return;
    last = onset;
    const second = Math.floor(onset / 1_000);
    beeps.push([second, onset - second * 1_000]);
  }, 20);

  window.__readers ??= {};
  window.__readers[ask.call] = () => ({ pictures, beeps });
}
