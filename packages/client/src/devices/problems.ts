import type { DeviceProblem } from './types.ts';

/** The exceptions of `getUserMedia` and `getDisplayMedia` (W3C mediacapture-main section 10.2) by their meaning. */
export function problemOf(error: unknown): DeviceProblem {
  if (!(error instanceof Error)) return 'failed';
  switch (error.name) {
    case 'NotAllowedError':
      // Chromium says which of the two it was only in its text.
      return /dismissed/i.test(error.message) ? 'dismissed' : 'denied';
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'not-found';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    case 'TypeError':
    case 'NotSupportedError':
      return 'unsupported';
    default:
      return 'failed';
  }
}
