import type { TalkAuthor } from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';

/**
 * Whether this member may command: a host by the server's list, and signed in by the credential that the group proves. The
 * server alone makes nobody a host who has no account, and a member alone makes themselves none.
 */
export function mayCommand(author: TalkAuthor, participants: readonly Participant[]): boolean {
  if (author.accountId === null) return false;
  return participants.some(({ id, role }) => id === author.participantId && role === 'host');
}
