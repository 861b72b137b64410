import type { HostCommand, TalkAuthor } from '@conclave/e2ee';
import type { Control, Participant } from '@conclave/protocol';

/** What only those who lead a meeting may do to others by a message of the group. */
export type Command = HostCommand['type'] | 'close-poll';

type Person = Pick<TalkAuthor, 'participantId' | 'accountId'>;

const neededFor: Readonly<Record<Command, Extract<Control, 'hands' | 'chat' | 'breakout'>>> = {
  'lower-hand': 'hands',
  'lower-all-hands': 'hands',
  'delete-message': 'chat',
  'close-poll': 'chat',
  broadcast: 'breakout',
};

/**
 * Whether this member may command that: a host or co-host who has the control for it by the server's list, and signed in by
 * the credential that the group proves. The server alone gives nobody a control who has no account, and a member alone takes
 * none.
 */
export function mayCommand(author: Person, command: Command, participants: readonly Participant[]): boolean {
  const leader = leaderIn(author, participants);
  return leader?.role === 'host' || (leader?.controls.includes(neededFor[command]) ?? false);
}

/** Whether they lead the meeting, as its host or a co-host: by the server's list and by the credential, as above. */
export function isModerator(author: Person, participants: readonly Participant[]): boolean {
  return leaderIn(author, participants) !== undefined;
}

function leaderIn({ participantId, accountId }: Person, participants: readonly Participant[]) {
  if (accountId === null) return undefined;
  return participants.find(({ id, role }) => id === participantId && (role === 'host' || role === 'cohost'));
}
