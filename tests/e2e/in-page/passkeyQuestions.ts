declare global {
  interface Window {
    /** How often this page has asked the browser for a passkey. */
    __passkeyQuestions: number;
  }
}

/** Runs in the page before its own scripts. */
export function countPasskeyQuestions(): void {
  window.__passkeyQuestions = 0;
  const { credentials } = navigator;
  const get = credentials.get.bind(credentials);
  credentials.get = (options) => {
    window.__passkeyQuestions += 1;
    return get(options);
  };
}
