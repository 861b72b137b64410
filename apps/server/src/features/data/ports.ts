import type { AccountsPorts } from '../accounts/ports.ts';
import type { MeetingsPorts } from '../meetings/ports.ts';

/** What data protection is given: it reaches into whatever is kept about people. */
export interface DataPorts {
  readonly accounts: AccountsPorts;
  readonly meetings: MeetingsPorts;
}
