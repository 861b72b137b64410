import type { Conversation, Observable, SharedFile } from '@conclave/client';
import { useEffect, useState } from 'react';
import { useObservable } from '../../../../ui/useObservable.ts';

/** How many messages, files and polls of others have come since the chat was open. */
export function useUnread(
  conversation: Conversation,
  files: Observable<readonly SharedFile[]>,
  open: boolean,
): number {
  const offered = useObservable(files).filter(({ from }) => !from.self).length;
  const asked = useObservable(conversation.polls).filter(({ author }) => !author.self).length;
  const received = useObservable(conversation.chat).received + offered + asked;
  const [seen, setSeen] = useState(received);
  useEffect(() => {
    if (open) setSeen(received);
  }, [open, received]);
  return open ? 0 : Math.max(0, received - seen);
}
