/** A browser's cookies at the provider, by name. */
export type Jar = Map<string, string>;

/**
 * Goes from our authorization request through the provider's pages, which ask nothing, until it sends the browser back to us.
 * @returns the address that it sends the browser to
 */
export async function walkThrough(start: string, ours: string, jar: Jar = new Map()): Promise<string> {
  let url = start;
  for (let step = 0; step < 10; step++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const header of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (header.split(';', 1)[0] ?? '').split(/=(.*)/s);
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
    if (url.startsWith(ours)) return url;
  }
  throw new Error('the provider leads in circles');
}
