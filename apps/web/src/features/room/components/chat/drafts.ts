import type { Conversation } from '@conclave/client';

/** What was begun stays while the panel is closed, and is gone with the meeting. */
const drafts = new WeakMap<Conversation, string>();

export function draftOf(conversation: Conversation): string {
  return drafts.get(conversation) ?? '';
}

export function keepDraft(conversation: Conversation, text: string): void {
  drafts.set(conversation, text);
}
