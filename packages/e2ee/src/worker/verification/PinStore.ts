import { type AccountPins, parsePins } from './pins.ts';

/** Which devices accounts were seen with, as long as this browser keeps it. */
export interface PinStore {
  /**
   * Reads, changes and writes at once, so that two tabs do not lose what the other one wrote. Never rejects.
   * @returns what the change gave
   */
  update(accountId: string, change: (pins: AccountPins) => AccountPins): Promise<AccountPins>;
}

/** For the stay alone: for browsers that keep nothing, and for tests. */
export class MemoryPins implements PinStore {
  readonly #all = new Map<string, AccountPins>();

  async update(accountId: string, change: (pins: AccountPins) => AccountPins): Promise<AccountPins> {
    const pins = change(this.#all.get(accountId) ?? []);
    this.#all.set(accountId, pins);
    return pins;
  }
}

const databaseName = 'conclave-people';
const storeName = 'devices';
/** Whoever has the link can come under many invented accounts; more than this fills no disk with them. */
const mostAccounts = 5_000;

/** In IndexedDB of this origin, and in memory where that is refused: then everybody is new in each stay. */
export class BrowserPins implements PinStore {
  readonly #memory = new MemoryPins();
  #database: Promise<IDBDatabase> | null = null;

  async update(accountId: string, change: (pins: AccountPins) => AccountPins): Promise<AccountPins> {
    try {
      return await updateIn(await this.#open(), accountId, change);
    } catch {
      return await this.#memory.update(accountId, change);
    }
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= open();
    return this.#database;
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onsuccess = () => {
      // Whoever clears what this browser keeps is not held up.
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = () => reject(opening.error ?? new Error('The storage gave no answer.'));
  });
}

function updateIn(
  database: IDBDatabase,
  accountId: string,
  change: (pins: AccountPins) => AccountPins,
): Promise<AccountPins> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(storeName, 'readwrite');
    const store = transaction.objectStore(storeName);
    let after: AccountPins = [];
    const fail = () => reject(transaction.error ?? new Error('The storage took nothing.'));
    transaction.oncomplete = () => resolve(after);
    transaction.onabort = fail;
    transaction.onerror = fail;
    const reading = store.get(accountId);
    reading.onsuccess = () => {
      const before = parsePins(reading.result);
      after = change(before);
      if (after === before) return;
      if (reading.result !== undefined) {
        store.put(after, accountId);
        return;
      }
      const counting = store.count();
      counting.onsuccess = () => {
        if (counting.result < mostAccounts) store.put(after, accountId);
      };
    };
  });
}
