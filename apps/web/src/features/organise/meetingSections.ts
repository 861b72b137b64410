import type { Meeting } from '@conclave/protocol';
import { type ComponentType, lazy } from 'react';

export interface MeetingSection {
  readonly path: string;
  /** Below `organise.sections` in the texts. */
  readonly title: 'people' | 'time' | 'cohosts' | 'check';
  readonly isFor: (meeting: Meeting) => boolean;
  readonly Content: ComponentType;
}

const isHost = ({ role }: Meeting) => role === 'host';

/** The pages of one meeting. A co-host sees who is invited, where they may let people in, and what strangers get. */
export const MEETING_SECTIONS: readonly MeetingSection[] = [
  {
    path: 'people',
    title: 'people',
    isFor: ({ controls }) => controls.includes('admit'),
    Content: lazy(() => import('./components/PeopleSection.tsx')),
  },
  { path: 'time', title: 'time', isFor: isHost, Content: lazy(() => import('./components/TimeSection.tsx')) },
  {
    path: 'cohosts',
    title: 'cohosts',
    isFor: isHost,
    Content: lazy(() => import('./components/CohostsSection.tsx')),
  },
  {
    path: 'check',
    title: 'check',
    isFor: () => true,
    Content: lazy(() => import('./components/CheckSection.tsx')),
  },
];
