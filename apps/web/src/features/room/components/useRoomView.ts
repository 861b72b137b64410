import type { Meeting } from '@conclave/client';
import { useEffect, useMemo } from 'react';
import { roomView, type Shown } from '../model/roomView.ts';
import { Throttle } from '../model/Throttle.ts';

const leastMs = 150;

/** Tells the server what is on the screen, so that it sends the layers that fit and nothing that nobody sees. */
export function useRoomView(meeting: Meeting, shown: Omit<Shown, 'pixelRatio'> | null): void {
  const throttle = useMemo(
    () => new Throttle<Shown>((latest) => meeting.setView(roomView(latest)), leastMs),
    [meeting],
  );
  useEffect(() => () => throttle[Symbol.dispose](), [throttle]);
  useEffect(() => {
    if (shown !== null) throttle.push({ ...shown, pixelRatio: window.devicePixelRatio });
  }, [throttle, shown]);
}
