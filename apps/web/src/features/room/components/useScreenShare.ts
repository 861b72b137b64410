import type { Meeting, MeetingState } from '@conclave/client';
import { useObservable } from '../../../ui/useObservable.ts';
import { screenPicking } from './screenPicking.ts';

export interface ScreenShare {
  readonly sharing: boolean;
  /** The browser's own window is open; nothing is sent yet. */
  readonly picking: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

export function useScreenShare(meeting: Meeting): ScreenShare {
  const sharing = useObservable(meeting.state, isSharing);
  const picking = useObservable(screenPicking);
  return {
    sharing,
    picking,
    start: () => {
      screenPicking.set(true);
      void meeting.shareScreen().finally(() => screenPicking.set(false));
    },
    stop: () => meeting.stopSharing(),
  };
}

function isSharing({ participants }: MeetingState): boolean {
  return participants.some(({ self, screen }) => self && screen !== null);
}
