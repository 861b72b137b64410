import type { Meeting } from '@conclave/client';
import { useEffect, useMemo, useState } from 'react';
import { useObservable } from '../../../ui/useObservable.ts';
import { type Shield, shieldOf } from '../model/shield.ts';

/** @param looking somebody has the panel open: what it lists has been seen when it closes */
export function useShield({ state }: Meeting, looking: boolean): Shield {
  const [refusedSeen, setRefusedSeen] = useState(0);
  const encryption = useObservable(state, (now) => now.encryption);
  const verification = useObservable(state, (now) => now.verification);
  const doubts = useObservable(state, (now) => now.doubts);
  const count = encryption.refused.length;
  useEffect(() => {
    if (!looking) return;
    return () => setRefusedSeen(count);
  }, [looking, count]);
  return useMemo(
    () => shieldOf({ encryption, verification, doubts }, refusedSeen),
    [encryption, verification, doubts, refusedSeen],
  );
}
