import * as z from 'zod/mini';
import { browserStorage, type KeyValues, readJson } from '../../../storage/storage.ts';

const Passcodes = z.record(z.string(), z.string());

/**
 * The passcodes of own meetings. The server never has them, so this browser keeps them for "Copy link", by
 * account, until sign-out.
 */
export class PasscodeStore {
  readonly #storage: KeyValues;
  readonly #key: string;

  constructor(accountId: string, storage: KeyValues = browserStorage) {
    this.#storage = storage;
    this.#key = `conclave.passcodes.${accountId}`;
  }

  get(meetingId: string): string | null {
    const all = this.#read();
    return Object.hasOwn(all, meetingId) ? (all[meetingId] ?? null) : null;
  }

  set(meetingId: string, passcode: string): void {
    this.#write({ ...this.#read(), [meetingId]: passcode });
  }

  delete(meetingId: string): void {
    const { [meetingId]: _, ...rest } = this.#read();
    this.#write(rest);
  }

  clear(): void {
    this.#storage.remove(this.#key);
  }

  #read(): Record<string, string> {
    const read = z.safeParse(Passcodes, readJson(this.#storage, this.#key));
    return read.success ? read.data : {};
  }

  #write(passcodes: Record<string, string>): void {
    this.#storage.set(this.#key, JSON.stringify(passcodes));
  }
}
