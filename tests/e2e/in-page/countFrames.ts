/** Frames of others' cameras that this page presented since the counting began. Times in ms. */
export interface Frames {
  readonly count: number;
  /** The longest time between two frames, the time until the first and since the last among them. */
  readonly longestGapMs: number;
  readonly sinceLastMs: number;
}

declare global {
  interface Window {
    __frames: () => Frames;
  }
}

/** Starts anew. Elements that React puts in later are counted too. Runs in the page. */
export function startCountingFrames(): void {
  let count = 0;
  let longest = 0;
  let last = performance.now();
  const watched = new WeakSet<HTMLVideoElement>();
  let stopped = false;
  const watch = (video: HTMLVideoElement): void => {
    if (watched.has(video) || (video.dataset['self'] ?? 'false') !== 'false') return;
    watched.add(video);
    const presented = (): void => {
      if (stopped) return;
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      count++;
      video.requestVideoFrameCallback(presented);
    };
    video.requestVideoFrameCallback(presented);
  };
  const watchAll = (): void => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-source="camera"]'))
      watch(video);
  };
  watchAll();
  const observer = new MutationObserver(watchAll);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  const previous = window.__frames as (() => Frames) & { stop?: () => void };
  previous?.stop?.();
  const read = (): Frames => {
    const since = performance.now() - last;
    return { count, longestGapMs: Math.max(longest, since), sinceLastMs: since };
  };
  window.__frames = Object.assign(read, {
    stop: () => {
      stopped = true;
      observer.disconnect();
    },
  });
}
