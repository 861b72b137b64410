import { createContext, useContext } from 'react';
import type { Picture } from '../model/stage.ts';

/** What one person has chosen to look at. It is theirs alone: nobody else's room changes. */
export interface Looking {
  readonly pinned: Picture | null;
  /** Participants whose picture is hidden. */
  readonly hidden: ReadonlySet<string>;
  readonly togglePin: (picture: Picture) => void;
  readonly toggleHidden: (participantId: string) => void;
}

export const LookingContext = createContext<Looking | null>(null);

export function useLooking(): Looking {
  const looking = useContext(LookingContext);
  if (looking === null) throw new Error('Only inside a room.');
  return looking;
}
