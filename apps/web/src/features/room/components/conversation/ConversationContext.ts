import type { Conversation, RaisedHand, ShownReaction } from '@conclave/client';
import { createContext, useContext } from 'react';
import { useObservable } from '../../../../ui/useObservable.ts';

export const ConversationContext = createContext<Conversation | null>(null);

export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (conversation === null) throw new Error('Only inside a room.');
  return conversation;
}

export function useHands(): readonly RaisedHand[] {
  return useObservable(useConversation().hands);
}

export function useHandUp(participantId: string | null): boolean {
  return useHands().some((hand) => hand.participantId === participantId);
}

export function useReactions(): readonly ShownReaction[] {
  return useObservable(useConversation().reactions);
}
