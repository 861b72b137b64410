import { ConclaveError, MEETING_SETTING_IDS, type MeetingChoices, mayChoose } from '@conclave/protocol';
import type { MeetingsPorts } from './ports.ts';

/** What was chosen while it could be may stay as it is. @throws ConclaveError meeting.enforced */
export function refuseEnforced(
  { policy }: MeetingsPorts,
  before: MeetingChoices,
  choices: MeetingChoices,
): void {
  const enforced = MEETING_SETTING_IDS.find(
    (id) => choices[id] !== undefined && choices[id] !== before[id] && !mayChoose(policy.current(), id),
  );
  if (enforced !== undefined) throw new ConclaveError('meeting.enforced', { field: enforced });
}
