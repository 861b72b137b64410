import { type HashList, sha256 } from '../../apps/web/build/hashList.ts';
import { ENCODINGS, fetchServed } from './servedFile.ts';

/** Addresses at which every server gives out `index.html`; a meeting's has any id. */
export const PAGES = ['', 'set-up', 'sign-in', 'account', 'admin', 'm/22222-22222-22222-22222'] as const;

export interface Difference {
  /** As a browser asks for it. */
  readonly path: string;
  readonly reason: string;
}

const atOnce = 8;

/** Every file and page of a server, in every encoding, that is not what the list says. */
export async function compareWithServer(origin: string, hashes: HashList): Promise<readonly Difference[]> {
  const page = hashes.get('index.html');
  if (page === undefined) throw new Error('The list has no index.html: it is not of a whole build.');
  const wanted = [...hashes, ...PAGES.map((path) => [path, page] as const)];
  const found: Difference[] = [];
  const work = wanted.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [path, hash] of work) {
        const reason = await differenceOf(new URL(`/${path}`, origin), hash);
        if (reason !== null) found.push({ path: `/${path}`, reason });
      }
    }),
  );
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function differenceOf(url: URL, hash: string): Promise<string | null> {
  for (const encoding of ENCODINGS) {
    try {
      if (sha256(await fetchServed(url, encoding)) !== hash) return `other content (asked for ${encoding})`;
    } catch (error) {
      return `${error instanceof Error ? error.message : 'no answer'} (asked for ${encoding})`;
    }
  }
  return null;
}
