import { LIMITS } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { Visit } from '../model/visit.ts';

const phoneVideoSlots = 6;

/** The visit lives as long as the page of its meeting. */
export function useVisit(meetingId: string): Visit | null {
  const [visit, setVisit] = useState<Visit | null>(null);
  useEffect(() => {
    const large = window.matchMedia('(min-width: 900px)').matches;
    const made = new Visit({ meetingId, videoSlots: large ? LIMITS.videoSlots : phoneVideoSlots });
    setVisit(made);
    const goes = () => made.pageGoes();
    window.addEventListener('pagehide', goes);
    return () => {
      window.removeEventListener('pagehide', goes);
      setVisit(null);
      made[Symbol.dispose]();
    };
  }, [meetingId]);
  return visit;
}
