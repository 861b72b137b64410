import { type MeetingChoices, MeetingSettingIds, mayChoose, type Policy, rulesOf } from '@conclave/protocol';
import type { Holder } from './permissions.ts';

/** What the meeting of a call chooses, as far as the organisation leaves it to meetings. */
const wished = {
  // The two of them come straight in by what they are; whoever comes later knocks.
  straightIn: 'invited',
  guests: 'allowed',
  // Both have pressed a button that says so.
  microphoneAtStart: 'chosen',
  cameraAtStart: 'chosen',
} as const satisfies MeetingChoices;

export function choicesOfCall(policy: Policy): MeetingChoices {
  return Object.fromEntries(
    Object.entries(wished).filter(([id]) => mayChoose(policy, MeetingSettingIds.parse(id))),
  );
}

/** Whether contacts from outside may ring: calls are open to them, and a meeting would let them in. */
export function mayRingFromOutside(policy: Policy): boolean {
  const { guests, straightIn } = rulesOf(policy, choicesOfCall(policy));
  return policy.calls === 'contacts' && guests === 'allowed' && straightIn !== 'nobody';
}

/** Who finds people by a part of their name. */
export function maySearchDirectory({ permissions }: Holder, { directory, calls }: Policy): boolean {
  if (calls === 'off' || directory === 'nobody') return false;
  return directory === 'everybody' || permissions.has('meetings.create') || permissions.has('people.read');
}
