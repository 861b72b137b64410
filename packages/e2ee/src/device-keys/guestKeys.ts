import { makeDeviceKey } from '../mls/credential/deviceKey.ts';
import { type KeyDatabase, openKeyDatabase } from './keyDatabase.ts';

const databaseName = 'conclave-guests';
/** A stay whose end nobody noticed leaves its key behind for so long, ms: as long as a credential may be valid. */
const keptFor = 72 * 60 * 60 * 1_000;

interface GuestKey {
  readonly pair: CryptoKeyPair;
  /** ms since 1970. */
  readonly madeAt: number;
}

/**
 * A guest's key pair for one stay (Ed25519). It outlives a reload of the page, so that whoever comes back to the place is
 * the one whom a host has let in; another stay has another one. It can be used and never read. Where the browser keeps
 * nothing there is another one after each reload.
 */
export async function guestKeyOf(participantId: string): Promise<CryptoKeyPair> {
  try {
    using database = await openKeyDatabase<GuestKey>(databaseName);
    await sweep(database);
    const kept = await database.get(participantId);
    if (kept !== undefined) return kept.pair;
    const pair = await makeDeviceKey();
    await database.add(participantId, { pair, madeAt: Date.now() });
    // Another tab may have been first.
    return (await database.get(participantId))?.pair ?? pair;
  } catch {
    return await makeDeviceKey();
  }
}

/** The stay is over. */
export async function forgetGuestKey(participantId: string): Promise<void> {
  using database = await openKeyDatabase<GuestKey>(databaseName);
  await database.remove(participantId);
  await sweep(database);
}

async function sweep(database: KeyDatabase<GuestKey>): Promise<void> {
  const now = Date.now();
  // One from a clock that was wrong is not kept for ever either.
  for (const [participantId, { madeAt }] of await database.all())
    if (Math.abs(now - madeAt) > keptFor) await database.remove(participantId);
}
