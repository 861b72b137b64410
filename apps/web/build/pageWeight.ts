/** The part of Vite's manifest that is needed to follow imports. */
export interface ManifestEntry {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
export type Manifest = Readonly<Record<string, ManifestEntry>>;

/**
 * The scripts that a page loads: the entry, the page's own chunk, and whatever these import.
 * @param roots keys of the manifest, which are paths of sources
 */
export function scriptsOf(manifest: Manifest, roots: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (key: string) => {
    const entry = manifest[key];
    if (entry === undefined) throw new Error(`The manifest has no ${key}.`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of entry.imports ?? []) visit(next);
  };
  for (const root of roots) visit(root);
  return [...seen].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'));
}

/** What somebody loads who opens a meeting's link and joins: the page before joining and the room itself. */
export const JOINING = [
  'index.html',
  'src/features/visit/components/MeetingPage.tsx',
  'src/features/room/components/Room.tsx',
];
/** The worker of the encryption; the manifest tells nothing of it. What it loads later, nobody waits for to join. */
const encryption = /^assets\/encryption-[^/]+\.js$/;

/** @param files of the whole build */
export function encryptionScripts(files: Iterable<string>): readonly string[] {
  const found = [...files].filter((file) => encryption.test(file));
  if (found.length !== 1) throw new Error(`The encryption is in other pieces now: ${found.join(', ')}.`);
  return found;
}

/** Compressed bytes of script that the page for joining may load, the room included. */
export const JOINING_BUDGET = 260_000;
