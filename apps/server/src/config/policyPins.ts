import type { PolicyChanges } from '@conclave/protocol';
import type { Settings } from './schema.ts';

/** What the file says of settings that administrators otherwise make in the service: the file is the operator's, and wins. */
export function policyPins({ meetings, files }: Pick<Settings, 'meetings' | 'files'>): PolicyChanges {
  const { guestsMayShareScreen, directPath, straightIn, microphoneAtStart, cameraAtStart } = meetings;
  const { guestsMaySend, largestMegabytes } = files;
  return {
    ...(guestsMayShareScreen !== undefined && { screenSharing: openToGuests(guestsMayShareScreen) }),
    ...(directPath !== undefined && { directPath: { mode: 'enforced', value: directPath } }),
    ...(straightIn !== undefined && { straightIn: { mode: 'enforced', value: straightIn } }),
    ...(microphoneAtStart !== undefined && {
      microphoneAtStart: { mode: 'enforced', value: microphoneAtStart },
    }),
    ...(cameraAtStart !== undefined && { cameraAtStart: { mode: 'enforced', value: cameraAtStart } }),
    ...(guestsMaySend !== undefined && { fileSharing: openToGuests(guestsMaySend) }),
    ...(largestMegabytes === 0 && { fileSharing: { mode: 'off' } }),
  };
}

function openToGuests(guestsMay: boolean): NonNullable<PolicyChanges['screenSharing']> {
  return { mode: 'enforced', value: guestsMay ? 'everybody' : 'members' };
}
