import { asChromium } from './chromium.ts';
import type { Page } from './page.ts';

export interface Traffic {
  /** Addresses that were asked for, in order. */
  readonly urls: readonly string[];
  /** Compressed bytes of the scripts that came over the network. */
  readonly scriptBytes: number;
}

/** Records what a page asks the network for, from now on. */
export async function recordTraffic(page: Page): Promise<() => Traffic> {
  const { playwright } = asChromium(page);
  const session = await playwright.context().newCDPSession(playwright);
  const urls: string[] = [];
  const scripts = new Set<string>();
  let scriptBytes = 0;
  session.on('Network.requestWillBeSent', ({ request }) => urls.push(request.url));
  session.on('Network.webSocketCreated', ({ url }) => urls.push(url));
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return () => ({ urls, scriptBytes });
}
