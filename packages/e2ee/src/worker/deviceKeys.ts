import { makeDeviceKey } from '../mls/index.ts';

const databaseName = 'conclave-devices';
const storeName = 'keys';

/**
 * This browser's key pair for an account (Ed25519). It can be used and never read: not by the page, and not by us. Without
 * storage there is another one each time, which those who know the former one are told of.
 */
export async function deviceKeyOf(accountId: string): Promise<CryptoKeyPair> {
  try {
    using database = await openDatabase();
    const kept = await database.get(accountId);
    if (kept !== undefined) return kept;
    await database.add(accountId, await makeDeviceKey());
    // Another tab may have been first.
    return (await database.get(accountId)) ?? (await makeDeviceKey());
  } catch {
    return await makeDeviceKey();
  }
}

interface DeviceDatabase extends Disposable {
  get(accountId: string): Promise<CryptoKeyPair | undefined>;
  add(accountId: string, pair: CryptoKeyPair): Promise<void>;
}

async function openDatabase(): Promise<DeviceDatabase> {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
  const database = await done(opening);
  const store = (mode: IDBTransactionMode) => database.transaction(storeName, mode).objectStore(storeName);
  return {
    get: (accountId) => done(store('readonly').get(accountId) as IDBRequest<CryptoKeyPair | undefined>),
    add: async (accountId, pair) => {
      await done(store('readwrite').add(pair, accountId)).catch((error: unknown) => {
        if (!(error instanceof DOMException) || error.name !== 'ConstraintError') throw error;
      });
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
