import type { Meeting } from '@conclave/protocol';
import { createContext, use } from 'react';

interface Organised {
  readonly meeting: Meeting;
  /** As a change has answered. */
  readonly set: (meeting: Meeting) => void;
}

export const OrganisedContext = createContext<Organised | null>(null);

/** The meeting that the page is about. */
export function useOrganised(): Organised {
  const organised = use(OrganisedContext);
  if (organised === null) throw new Error('outside of the pages of a meeting');
  return organised;
}
