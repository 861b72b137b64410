const width = 1_280;
const height = 720;

/** A camera's picture of its usual size, in which something moves in front of something that stands still. */
export function movingPicture(framesPerSecond: number): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  const background = backgroundOf();
  let step = 0;
  const draw = () => {
    step += 1;
    context.drawImage(background, 0, 0);
    for (let index = 0; index < 6; index++) {
      const angle = step / 12 + index;
      context.fillStyle = `hsl(${index * 60} 60% 50%)`;
      context.beginPath();
      const x = width / 2 + Math.cos(angle) * 350;
      const y = height / 2 + Math.sin(angle * 1.3) * 220;
      context.arc(x, y, 60 + 10 * index, 0, 2 * Math.PI);
      context.fill();
    }
  };
  draw();
  setInterval(draw, 1_000 / framesPerSecond);
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (track === undefined) throw new Error('no track');
  return track;
}

/** A pattern with edges, as a room has. */
function backgroundOf(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  for (let x = 0; x < width; x += 80) {
    for (let y = 0; y < height; y += 80) {
      if (context === null) break;
      context.fillStyle = `hsl(${(x * 7 + y * 3) % 360} 25% ${35 + ((x + y) % 40)}%)`;
      context.fillRect(x, y, 78, 78);
    }
  }
  return canvas;
}

/** A tone that goes up and down, so that it is sound all the time. */
export function tone(frequency: number): MediaStreamTrack {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency });
  const wobble = new OscillatorNode(context, { frequency: 3 });
  const depth = new GainNode(context, { gain: 40 });
  const volume = new GainNode(context, { gain: 0.2 });
  wobble.connect(depth).connect(oscillator.frequency);
  const destination = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(volume).connect(destination);
  oscillator.start();
  wobble.start();
  const [track] = destination.stream.getAudioTracks();
  if (track === undefined) throw new Error('no track');
  return track;
}
