import type { SignOnStart } from '@conclave/protocol';

/** Leaves this page for the provider's. The promise never ends, so that what waits for it stays as it is. */
export async function goToProvider(begin: () => Promise<SignOnStart>): Promise<never> {
  const { url } = await begin();
  location.assign(url);
  return new Promise(() => {});
}
