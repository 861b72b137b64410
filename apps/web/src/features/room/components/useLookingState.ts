import { useMemo, useState } from 'react';
import { type Picture, samePicture } from '../model/stage.ts';
import type { Looking } from './RoomContext.ts';

export function useLookingState(): Looking {
  const [pinned, setPinned] = useState<Picture | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set());
  return useMemo(
    () => ({
      pinned,
      hidden,
      togglePin: (picture) => setPinned((now) => (samePicture(now, picture) ? null : picture)),
      toggleHidden: (id) =>
        setHidden((now) => {
          const next = new Set(now);
          if (!next.delete(id)) next.add(id);
          return next;
        }),
    }),
    [pinned, hidden],
  );
}
