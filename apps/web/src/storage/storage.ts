/** The part of `Storage` that we use. It may be refused by the browser; then it is remembered for as long as the page lives. */
export interface KeyValues {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

class GuardedStorage implements KeyValues {
  readonly #find: () => Storage;
  /** What the browser would not keep. */
  readonly #refused = new Map<string, string>();

  constructor(find: () => Storage) {
    this.#find = find;
  }

  get(key: string): string | null {
    return this.#guard((storage) => storage.getItem(key)) ?? this.#refused.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.#refused.delete(key);
    const isKept = this.#guard((storage) => {
      storage.setItem(key, value);
      return true;
    });
    if (isKept !== true) this.#refused.set(key, value);
  }

  remove(key: string): void {
    this.#refused.delete(key);
    this.#guard((storage) => storage.removeItem(key));
  }

  // Even reading the property throws where the person has forbidden storage.
  #guard<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(this.#find());
    } catch {
      return undefined;
    }
  }
}

/** Of this tab: it survives a reload and ends with the tab. */
export const tabStorage: KeyValues = new GuardedStorage(() => window.sessionStorage);
/** Of this browser. */
export const browserStorage: KeyValues = new GuardedStorage(() => window.localStorage);

/** JSON of a value of ours; undefined when it is absent or damaged. The caller checks its shape. */
export function readJson(storage: KeyValues, key: string): unknown {
  try {
    return JSON.parse(storage.get(key) ?? '') as unknown;
  } catch {
    return undefined;
  }
}
