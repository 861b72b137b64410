/** Keys that this browser keeps, none of which anybody can read. */
export interface KeyDatabase<T> extends Disposable {
  get(name: string): Promise<T | undefined>;
  /** What is there already stays. */
  add(name: string, kept: T): Promise<void>;
  remove(name: string): Promise<void>;
  all(): Promise<readonly (readonly [string, T])[]>;
}

const storeName = 'keys';

/** @throws Error where the browser keeps nothing */
export async function openKeyDatabase<T>(databaseName: string): Promise<KeyDatabase<T>> {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
  const database = await done(opening);
  // Whoever clears what this browser keeps is not held up.
  database.onversionchange = () => database.close();
  const store = (mode: IDBTransactionMode) => database.transaction(storeName, mode).objectStore(storeName);
  return {
    get: (name) => done(store('readonly').get(name) as IDBRequest<T | undefined>),
    add: async (name, kept) => {
      await done(store('readwrite').add(kept, name)).catch((error: unknown) => {
        if (!(error instanceof DOMException) || error.name !== 'ConstraintError') throw error;
      });
    },
    remove: async (name) => {
      await done(store('readwrite').delete(name));
    },
    all: async () => {
      const kept = store('readonly');
      const [names, values] = await Promise.all([
        done(kept.getAllKeys()),
        done(kept.getAll() as IDBRequest<T[]>),
      ]);
      return values.map((value, index) => [String(names[index]), value] as const);
    },
    [Symbol.dispose]: () => database.close(),
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The storage gave no answer.'));
  });
}
