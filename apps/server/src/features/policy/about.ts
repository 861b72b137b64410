import type { About } from '@conclave/protocol';
import type { TurnConfig } from '../../config/turn.ts';
import type { Database } from '../../storage/database.ts';
import type { PolicyPort } from './ports.ts';

export interface AboutPorts {
  readonly policy: PolicyPort;
  readonly database: Pick<Database, 'kind'>;
  readonly turn: TurnConfig | null;
}

/** What everybody may know: where data is stored and media goes, and how long what is kept. */
export function about({ policy, database, turn }: AboutPorts): About {
  const current = policy.current();
  const { directPath } = current;
  return {
    storageLocation: current.storageLocation,
    mediaLocation: current.mediaLocation,
    dataContact: current.dataContact,
    directPath:
      directPath.mode === 'default' || (directPath.mode === 'enforced' && directPath.value === 'allowed'),
    relays: turn === null ? [] : [...new Set(turn.urls.map(hostOf))],
    database: database.kind === 'pglite' ? 'own' : 'server',
    passwordLength: current.passwordLength,
    passwordComposition: current.passwordComposition,
    keepUnusedMeetingsDays: current.keepUnusedMeetingsDays,
    keepSuspendedAccountsDays: current.keepSuspendedAccountsDays,
    keepMailsDays: current.keepMailsDays,
    keepDevicesDays: current.keepDevicesDays,
    keepMissedCallsDays: current.keepMissedCallsDays,
    sessionAbsoluteDays: current.sessionAbsoluteDays,
  };
}

/** `turn.example.org` of `turns:turn.example.org:443?transport=tcp` (RFC 7065 section 3.1). */
function hostOf(url: string): string {
  return url
    .replace(/^turns?:/, '')
    .replace(/\?.*$/, '')
    .replace(/:\d+$/, '');
}
