/** One <video> of the room, as its data- attributes name it and as it looks now. */
export interface SeenVideo {
  readonly participantId: string;
  readonly self: boolean;
  readonly source: 'camera' | 'screen';
  /** Size of the picture that is decoded, not of the element. */
  readonly width: number;
  readonly height: number;
  /** Size of the element, CSS pixels. */
  readonly shownWidth: number;
  readonly shownHeight: number;
  /** Sum of the colours of a small copy of the picture; null while there is none. */
  readonly pixels: number | null;
  /** Whether the picture is of more than one colour. */
  readonly textured: boolean;
  readonly live: boolean;
}

/** Looks at every tile's <video> once. Runs in the page. */
export function watchVideos(): SeenVideo[] {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 36;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return [...document.querySelectorAll<HTMLVideoElement>('video[data-participant-id]')].map((video) => {
    let pixels: number | null = null;
    let textured = false;
    if (context !== null && video.videoWidth > 0 && video.readyState >= 2) {
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      pixels = 0;
      // Weighed by place, so that a picture that only moves has another sum.
      for (let index = 0; index < data.length; index++) pixels += (data[index] ?? 0) * ((index % 251) + 1);
      textured = data.some((value, index) => index % 4 !== 3 && value !== data[index % 4]);
    }
    const { width, height } = video.getBoundingClientRect();
    const stream = video.srcObject instanceof MediaStream ? video.srcObject : null;
    return {
      participantId: video.dataset['participantId'] ?? '',
      self: video.dataset['self'] === 'true' || video.dataset['self'] === '',
      source: video.dataset['source'] === 'screen' ? 'screen' : 'camera',
      width: video.videoWidth,
      height: video.videoHeight,
      shownWidth: width,
      shownHeight: height,
      pixels,
      textured,
      live: stream?.getVideoTracks().some((track) => track.readyState === 'live') ?? false,
    };
  });
}
