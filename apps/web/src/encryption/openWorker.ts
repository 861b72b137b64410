import url from '@conclave/client/worker?worker&url';

/** Trusted Types (W3C), as far as we use them; not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(text: string): string },
  ): { createScriptURL(text: string): string };
}

const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
// The one policy that the server allows. It knows one script, our own.
const policy = trusted?.createPolicy('conclave-worker', {
  createScriptURL: (text) => {
    if (text !== url) throw new TypeError('There is only one worker.');
    return text;
  },
});

/** The worker that holds every key of one stay. */
export function openWorker(): Worker {
  return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module', name: 'conclave-encryption' });
}
