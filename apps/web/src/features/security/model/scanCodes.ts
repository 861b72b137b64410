import decodeQR from 'qr/decode.js';

/** Between two looks at the picture, ms: hands move slowly, and a look takes some milliseconds. */
const pauseMs = 150;
/** Large enough for a code that fills half of the picture, small enough to be read at once. */
const longestSide = 640;

/** Reads QR codes from a playing picture until it is told to stop. @returns the way to stop */
export function scanCodes(video: HTMLVideoElement, found: (text: string) => void): () => void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const timer = setInterval(() => {
    const text = context === null ? null : read(video, canvas, context);
    if (text !== null) found(text);
  }, pauseMs);
  return () => clearInterval(timer);
}

function read(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): string | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return null; // There is none to be seen in this picture.
  }
}
