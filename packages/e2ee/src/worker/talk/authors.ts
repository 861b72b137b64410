import { toBase64Url } from '../../base64url.ts';
import { type GroupMember, nameIn } from '../../mls/index.ts';
import type { TalkAuthor } from './talkMessages.ts';

export function authorOf(member: GroupMember): TalkAuthor {
  return {
    participantId: member.participantId,
    name: nameIn(member),
    accountId: member.kind === 'member' ? member.accountId : null,
    device: toBase64Url(member.deviceKey),
  };
}

/** One device of one participant. */
export function authorKey({ participantId, device }: Pick<TalkAuthor, 'participantId' | 'device'>): string {
  return `${participantId}/${device}`;
}
