declare global {
  interface Window {
    /** ms from the click on "Join" to the first presented frame of somebody else's camera; unset until then. */
    __joinMs?: number;
  }
}

/** Starts the clock at the next click on "Join". Runs in the page. */
export function armJoinClock(): void {
  let start: number | null = null;
  const watched = new WeakSet<HTMLVideoElement>();
  const watch = (): void => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('video[data-source="camera"]')) {
      if (watched.has(video) || (video.dataset['self'] ?? 'false') !== 'false') continue;
      watched.add(video);
      video.requestVideoFrameCallback((now) => {
        if (start !== null) window.__joinMs ??= now - start;
      });
    }
  };
  // pointerdown comes first: the time the page needs to react to a press counts.
  document.addEventListener(
    'pointerdown',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.textContent?.trim() === 'Join') start ??= performance.now();
    },
    { capture: true },
  );
  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true, attributes: true });
}
