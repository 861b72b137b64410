/** A ZIP file with these names in it, each of them empty, for tests. */
export function zipOf(names: readonly string[], { comment = '' } = {}): Blob {
  const locals: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  for (const name of names) {
    const encoded = new TextEncoder().encode(name);
    const local = record(30 + encoded.length, 0x04034b50, [[26, encoded.length]]);
    local.set(encoded, 30);
    locals.push(local);
    const entry = record(46 + encoded.length, 0x02014b50, [[28, encoded.length]]);
    entry.set(encoded, 46);
    entries.push(entry);
  }
  const size = (parts: readonly Uint8Array[]) => parts.reduce((sum, part) => sum + part.length, 0);
  const end = record(22, 0x06054b50, [
    [8, names.length],
    [10, names.length],
    [12, size(entries)],
    [16, size(locals)],
    [20, comment.length],
  ]);
  return new Blob([...locals, ...entries, end, comment] as BlobPart[]);
}

function record(
  length: number,
  signature: number,
  fields: readonly (readonly [number, number])[],
): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, signature, true);
  for (const [at, value] of fields) view.setUint16(at, value, true);
  return new Uint8Array(view.buffer);
}
