import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { asChromium } from '../../harness/chromium.ts';
import type { Page } from '../../harness/page.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * From now on this page gets its files from a folder, whatever the server has; the API and the socket stay the server's.
 * @param document what stands at every address that is a page's
 */
export async function serveFolder(
  page: Page,
  origin: string,
  { folder, document }: { readonly folder: string; readonly document: string },
): Promise<void> {
  const { playwright } = asChromium(page);
  await playwright.unrouteAll();
  await playwright.route(`${origin}/**`, async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) return await route.fallback();
    const file = request.isNavigationRequest() ? document : pathname;
    const body = await readFile(join(folder, file)).catch(() => null);
    if (body === null) return await route.fulfill({ status: 404, body: '' });
    const contentType = types[extname(file)] ?? 'application/octet-stream';
    return await route.fulfill({ body, contentType });
  });
}
