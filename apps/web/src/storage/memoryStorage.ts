import type { KeyValues } from './storage.ts';

/** For tests, and wherever nothing may outlive the page. */
export class MemoryStorage implements KeyValues {
  readonly #values = new Map<string, string>();

  get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.#values.set(key, value);
  }

  remove(key: string): void {
    this.#values.delete(key);
  }
}
