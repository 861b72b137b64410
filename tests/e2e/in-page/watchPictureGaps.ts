declare global {
  interface Window {
    /** For each camera that was there at the start: the longest time without a frame, ms. */
    __pictureGaps: () => Readonly<Record<string, number>>;
  }
}

/** Starts anew. Pictures of one person count as one, in whatever element they are. Runs in the page. */
export function startWatchingPictureGaps(): void {
  const seen = new Map<string, { last: number; longest: number }>();
  const watched = new WeakSet<HTMLVideoElement>();
  const watch = (video: HTMLVideoElement, start: boolean): void => {
    const { participantId = '', self = 'false' } = video.dataset;
    if (self !== 'false' || watched.has(video)) return;
    if (start) seen.set(participantId, { last: performance.now(), longest: 0 });
    if (!seen.has(participantId)) return;
    watched.add(video);
    const presented = (): void => {
      const entry = seen.get(video.dataset['participantId'] ?? '');
      if (entry !== undefined) {
        const now = performance.now();
        entry.longest = Math.max(entry.longest, now - entry.last);
        entry.last = now;
      }
      video.requestVideoFrameCallback(presented);
    };
    video.requestVideoFrameCallback(presented);
  };
  const watchAll = (start: boolean): void => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-source="camera"]'))
      watch(video, start);
  };
  watchAll(true);
  new MutationObserver(() => watchAll(false)).observe(document.body, {
    ...{ childList: true, subtree: true },
    attributes: true,
    attributeFilter: ['data-participant-id'],
  });
  window.__pictureGaps = () => {
    const now = performance.now();
    return Object.fromEntries(
      [...seen].map(([id, { last, longest }]) => [id, Math.round(Math.max(longest, now - last))]),
    );
  };
}
