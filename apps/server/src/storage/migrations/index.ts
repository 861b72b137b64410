import type { Migration } from 'kysely/migration';
import * as foundation from './0001-foundation.ts';
import * as people from './0002-people.ts';
import * as factors from './0003-factors.ts';
import * as signOn from './0004-sign-on.ts';
import * as policy from './0005-policy.ts';
import * as deviceKeys from './0006-device-keys.ts';
import * as proofOfAddresses from './0007-proof-of-addresses.ts';
import * as removals from './0008-removals.ts';
import * as invitations from './0009-invitations.ts';
import * as calls from './0012-calls.ts';
import * as mailLanguage from './0013-mail-language.ts';

/** Forward only: a migration that was released is never changed, and there is no way down. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-people': people,
  '0003-factors': factors,
  '0004-sign-on': signOn,
  '0005-policy': policy,
  '0006-device-keys': deviceKeys,
  '0007-proof-of-addresses': proofOfAddresses,
  '0008-removals': removals,
  '0009-invitations': invitations,
  '0012-calls': calls,
  '0013-mail-language': mailLanguage,
};
