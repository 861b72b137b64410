import type { ChatState, Conversation, Poll, RaisedHand, Reaction, ShownReaction } from '@conclave/client';

/** What there was to hear at one moment. */
export interface Talked {
  readonly chat: ChatState;
  readonly hands: readonly RaisedHand[];
  readonly polls: readonly Poll[];
  readonly reactions: readonly ShownReaction[];
}

export type TalkNews =
  | { readonly says: 'message' | 'private'; readonly name: string; readonly text: string }
  | { readonly says: 'poll'; readonly name: string; readonly question: string }
  | { readonly says: 'pollEnded'; readonly question: string }
  | { readonly says: 'handUp'; readonly participantId: string }
  | { readonly says: 'reaction'; readonly name: string; readonly reaction: Reaction }
  | { readonly says: 'messages' | 'handsUp' | 'reactions'; readonly count: number };

/** More than so many at once are counted, and no message is read out longer than this. */
const most = 2;
const longest = 140;

export function talked(conversation: Conversation): Talked {
  return {
    chat: conversation.chat.get(),
    hands: conversation.hands.get(),
    polls: conversation.polls.get(),
    reactions: conversation.reactions.get(),
  };
}

/**
 * What is read out of what has happened between two moments. One's own hand and reactions are not news.
 * @param chatOpen the list of messages reads out what comes into it by itself
 */
export function conversationNews(
  before: Talked,
  after: Talked,
  selfId: string | null,
  chatOpen: boolean,
): readonly TalkNews[] {
  return [
    ...(chatOpen ? [] : messageNews(before.chat, after.chat)),
    ...pollNews(before.polls, after.polls),
    ...handNews(before.hands, after.hands, selfId),
    ...reactionNews(before.reactions, after.reactions, selfId),
  ];
}

function messageNews(before: ChatState, after: ChatState): readonly TalkNews[] {
  const count = after.received - before.received;
  if (count <= 0) return [];
  if (count > most) return [{ says: 'messages', count }];
  return after.entries
    .flatMap((entry) => (entry.kind === 'message' && !entry.author.self ? [entry] : []))
    .slice(-count)
    .flatMap(({ author, text, privateWith }) => {
      if (text === null) return [];
      const says = privateWith === null ? ('message' as const) : ('private' as const);
      return [{ says, name: author.name, text: text.slice(0, longest) }];
    });
}

/** Also while the list is open, which does not read out polls: their counts change all the time. */
function pollNews(before: readonly Poll[], after: readonly Poll[]): readonly TalkNews[] {
  const known = new Map(before.map((poll) => [poll.key, poll.state]));
  return after.flatMap(({ key, state, author, question }): readonly TalkNews[] => {
    const former = known.get(key);
    if (former === undefined)
      return state === 'open' && !author.self ? [{ says: 'poll', name: author.name, question }] : [];
    return former === 'open' && state === 'closed' ? [{ says: 'pollEnded', question }] : [];
  });
}

function handNews(
  before: readonly RaisedHand[],
  after: readonly RaisedHand[],
  selfId: string | null,
): readonly TalkNews[] {
  const known = new Set([selfId, ...before.map(({ participantId }) => participantId)]);
  const raised = after.filter(({ participantId }) => !known.has(participantId));
  if (raised.length > most) return [{ says: 'handsUp', count: raised.length }];
  return raised.map(({ participantId }) => ({ says: 'handUp', participantId }));
}

function reactionNews(
  before: readonly ShownReaction[],
  after: readonly ShownReaction[],
  selfId: string | null,
): readonly TalkNews[] {
  const known = new Set(before.map(({ key }) => key));
  const fresh = after.filter(({ key, participantId }) => !known.has(key) && participantId !== selfId);
  if (fresh.length > most) return [{ says: 'reactions', count: fresh.length }];
  return fresh.map(({ name, reaction }) => ({ says: 'reaction', name, reaction }));
}
