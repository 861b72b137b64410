import { type MeetingGroup, nameIn } from '../mls/index.ts';
import type { Doorkeeper } from './door/Doorkeeper.ts';
import type { GroupPerson } from './messages.ts';

/** Who is in the group, as its tree and introductions say and as far as we have seen how they came. */
export function peopleOf(group: MeetingGroup, door: Pick<Doorkeeper, 'howIn'>): GroupPerson[] {
  return group.members().map((member) => ({
    participantId: member.participantId,
    name: nameIn(member),
    accountId: member.kind === 'member' ? member.accountId : null,
    self: member.leafIndex === group.ownLeaf,
    ...door.howIn(member.participantId),
  }));
}
