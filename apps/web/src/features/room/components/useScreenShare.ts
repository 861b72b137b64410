import type { Meeting } from '@conclave/client';
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
  const state = useObservable(meeting.state);
  const picking = useObservable(screenPicking);
  const self = state.participants.find((participant) => participant.self);
  return {
    sharing: self !== undefined && self.screen !== null,
    picking,
    start: () => {
      screenPicking.set(true);
      void meeting.shareScreen().finally(() => screenPicking.set(false));
    },
    stop: () => meeting.stopSharing(),
  };
}
