/**
 * `after` with whatever is the same as in `before` taken from there, so that identity tells what has changed: a page draws
 * again only that. Arrays and plain objects are compared by what is in them, everything else by identity.
 *
 * @returns `before` itself if nothing has changed
 */
export function keepUnchanged<T>(before: T, after: T): T {
  if (Object.is(before, after)) return before;
  if (Array.isArray(before) && Array.isArray(after)) return keepItems(before, after) as T;
  if (isPlain(before) && isPlain(after)) return keepFields(before, after) as T;
  return after;
}

function keepItems(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const kept = after.map((item, index) =>
    index < before.length ? keepUnchanged(before[index], item) : item,
  );
  const isSame = kept.length === before.length && kept.every((item, index) => Object.is(item, before[index]));
  return isSame ? before : kept;
}

function keepFields(before: Fields, after: Fields): Fields {
  const names = Object.keys(after);
  const kept = Object.fromEntries(names.map((name) => [name, keepUnchanged(before[name], after[name])]));
  const isSame =
    names.length === Object.keys(before).length &&
    names.every((name) => name in before && Object.is(kept[name], before[name]));
  return isSame ? before : kept;
}

type Fields = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
