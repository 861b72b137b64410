export interface SavedFile {
  /** What the browser is told to save it as. */
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

declare global {
  interface Window {
    /** Files that the page has handed to the browser's downloads. */
    __saved: { readonly name: string; readonly blob: Blob }[];
  }
}

/** From now on keeps what the page hands to the downloads. Runs in the page. */
export function watchSaving(): void {
  window.__saved = [];
  const blobs = new Map<string, Blob>();
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    const url = createObjectURL(blob);
    if (blob instanceof Blob) blobs.set(url, blob);
    return url;
  };
  addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof HTMLAnchorElement) || target.download === '') return;
      const blob = blobs.get(target.href);
      if (blob !== undefined) window.__saved.push({ name: target.download, blob });
    },
    { capture: true },
  );
}

/** Runs in the page. */
export async function savedFiles(): Promise<SavedFile[]> {
  return await Promise.all(
    (window.__saved ?? []).map(async ({ name, blob }) => {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
      const hex = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return { name, type: blob.type, size: blob.size, hash: hex };
    }),
  );
}
