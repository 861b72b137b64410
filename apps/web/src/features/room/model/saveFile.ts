/** How long a browser may take to begin, ms. */
const keptMs = 60_000;

/**
 * Hands a file to the browser's downloads. It has no type that anything would open by itself, and no page of ours ever
 * leads to it.
 */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.rel = 'noopener noreferrer';
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
