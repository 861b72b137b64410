/** Where the time code of a stamped picture is: `bits` columns over its whole width, each twice, the second inverted. */
export interface StampLayout {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
}

declare global {
  interface Window {
    /** What the stamped devices give. */
    __stamped: MediaStream;
  }
}

/**
 * Puts a camera and a microphone in the place of this browser's whose output tells when it was made: each picture
 * carries the milliseconds of the wall clock, and a beep begins with each of its seconds. Runs in the page before its
 * own scripts.
 */
export function stampDevices({ width, height, bits }: StampLayout): void {
  const wallClock = (): number => performance.timeOrigin + performance.now();

  const camera = (): MediaStreamTrack => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    const [track] = canvas.captureStream(0).getVideoTracks() as CanvasCaptureMediaStreamTrack[];
    if (context === null || track === undefined) throw new Error('no canvas');
    const column = width / bits;
    let frame = 0;
    setInterval(() => {
      frame += 1;
      // Something that moves, as a face does: an empty picture has no size.
      context.fillStyle = `hsl(${frame % 360} 40% 40%)`;
      context.fillRect(0, height / 2, width, height / 2);
      context.fillStyle = '#ddd';
      context.fillRect((frame * 7) % width, height * 0.6, 60, 60);
      const time = Math.floor(wallClock()) % 2 ** bits;
      for (let bit = 0; bit < bits; bit++) {
        const on = Math.floor(time / 2 ** bit) % 2 === 1;
        context.fillStyle = on ? '#fff' : '#000';
        context.fillRect(bit * column, 0, column, height / 4);
        context.fillStyle = on ? '#000' : '#fff';
        context.fillRect(bit * column, height / 4, column, height / 4);
      }
      track.requestFrame();
    }, 33);
    return track;
  };

  const microphone = (): MediaStreamTrack => {
    const context = new AudioContext({ latencyHint: 'interactive' });
    const tone = context.createOscillator();
    tone.frequency.value = 1_000;
    const gate = context.createGain();
    gate.gain.value = 0;
    const destination = context.createMediaStreamDestination();
    tone.connect(gate).connect(destination);
    tone.start();
    let scheduled = 0;
    setInterval(() => {
      const now = wallClock();
      const next = Math.ceil((now + 100) / 1_000) * 1_000;
      if (next === scheduled) return;
      scheduled = next;
      const at = context.currentTime + (next - now) / 1_000;
      gate.gain.setValueAtTime(0.5, at);
      gate.gain.setValueAtTime(0, at + 0.15);
    }, 200);
    const [track] = destination.stream.getAudioTracks();
    if (track === undefined) throw new Error('no sound');
    return track;
  };

  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    // Without a real permission the browser hides its addresses.
    const real = await getUserMedia(constraints);
    for (const track of real.getTracks()) track.stop();
    window.__stamped ??= new MediaStream([camera(), microphone()]);
    const wanted = constraints?.video ? window.__stamped.getVideoTracks() : window.__stamped.getAudioTracks();
    return new MediaStream(wanted);
  };
}
