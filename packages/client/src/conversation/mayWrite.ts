import type { TalkAuthor } from '@conclave/e2ee';
import type { Participant, RulesForClients } from '@conclave/protocol';
import { isModerator } from './mayCommand.ts';

/** The rules of a meeting for what is written. The server cannot hold to them: it does not know chat from a raised hand. */
export type ChatRules = Pick<RulesForClients, 'form' | 'chat' | 'privateChat'>;

/** Whether this member may write, and ask polls: what somebody writes who may not is not shown. */
export function mayWrite(
  author: Pick<TalkAuthor, 'participantId' | 'accountId'>,
  { form, chat }: ChatRules,
  participants: readonly Participant[],
): boolean {
  // An audience asks, which is not chat; others do not even know who is in it.
  if (form === 'webinar' && !isOnStage(author, participants)) return false;
  return chat === 'everybody' || (chat === 'hosts' && isModerator(author, participants));
}

function isOnStage(
  { participantId }: Pick<TalkAuthor, 'participantId'>,
  participants: readonly Participant[],
): boolean {
  return participants.find(({ id }) => id === participantId)?.stage === 'on';
}

/** Whether they may write this. Whoever may not write at all writes to nobody. @param privately to one person alone */
export function mayWriteTo(
  author: Pick<TalkAuthor, 'participantId' | 'accountId'>,
  privately: boolean,
  room: { rules(): ChatRules; participants(): readonly Participant[] },
): boolean {
  const rules = room.rules();
  if (privately && rules.privateChat === 'off') return false;
  return mayWrite(author, rules, room.participants());
}
