/** Frames of one person's camera since the counting began. Times in ms. */
export interface FrameGap {
  readonly count: number;
  /** The longest time without a frame, the time since the last one included. */
  readonly longest: number;
  readonly sinceLast: number;
}

declare global {
  interface Window {
    /** By participant. */
    __frameGaps: () => Record<string, FrameGap>;
  }
}

/** Watches each other person's camera by itself, anew with each call. Runs in the page. */
export function watchFrameGaps(): void {
  const began = performance.now();
  const known = new Map<string, { count: number; longest: number; last: number }>();
  const watched = new WeakSet<HTMLVideoElement>();
  const watch = (video: HTMLVideoElement): void => {
    const id = video.dataset['participantId'];
    if (id === undefined || watched.has(video) || (video.dataset['self'] ?? 'false') !== 'false') return;
    watched.add(video);
    const gap = known.get(id) ?? { count: 0, longest: 0, last: began };
    known.set(id, gap);
    const presented = (): void => {
      const now = performance.now();
      gap.count += 1;
      gap.longest = Math.max(gap.longest, now - gap.last);
      gap.last = now;
      video.requestVideoFrameCallback(presented);
    };
    video.requestVideoFrameCallback(presented);
  };
  const watchAll = (): void => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-source="camera"]'))
      watch(video);
  };
  watchAll();
  new MutationObserver(watchAll).observe(document.body, { childList: true, subtree: true, attributes: true });
  window.__frameGaps = () => {
    const now = performance.now();
    return Object.fromEntries(
      [...known].map(([id, { count, longest, last }]) => [
        id,
        { count, longest: Math.max(longest, now - last), sinceLast: now - last },
      ]),
    );
  };
}
