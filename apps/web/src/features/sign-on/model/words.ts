/** What the address says after its `?`: how the server tells the page to which it sends a browser what came of a sign-on. */
export function wordInAddress(name: string): string | null {
  return new URLSearchParams(location.search).get(name);
}

/** Once it was said, so that it is not said again after a reload. */
export function forgetWords(): void {
  history.replaceState(history.state, '', location.pathname);
}
