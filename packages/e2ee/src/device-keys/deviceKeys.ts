import { devicePublicKey, makeDeviceKey } from '../mls/credential/deviceKey.ts';
import { openKeyDatabase } from './keyDatabase.ts';

const databaseName = 'conclave-devices';

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

/** The public half of the key that this browser has for an account, raw, 32 bytes; null while there is none. */
export async function keptDevicePublicKey(accountId: string): Promise<Uint8Array<ArrayBuffer> | null> {
  using database = await openDatabase();
  const kept = await database.get(accountId);
  return kept === undefined ? null : devicePublicKey(kept);
}

/** The key is gone from this browser: the next meeting makes another one, which those who knew this one are told of. */
export async function forgetDeviceKey(accountId: string): Promise<void> {
  using database = await openDatabase();
  await database.remove(accountId);
}

function openDatabase() {
  return openKeyDatabase<CryptoKeyPair>(databaseName);
}
