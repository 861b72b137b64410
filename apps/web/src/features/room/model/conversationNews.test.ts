import type { ChatEntry, ShownReaction } from '@conclave/client';
import { describe, expect, it } from 'vitest';
import { conversationNews, type Talked } from './conversationNews.ts';

const quiet: Talked = { chat: { entries: [], received: 0 }, hands: [], reactions: [] };
const message = (key: string, text: string, self = false): ChatEntry => ({
  kind: 'message',
  key,
  author: { participantId: 'ada', name: 'Ada', guest: false, self },
  text,
  at: 0,
  replyTo: null,
  delivery: 'sent',
});
const reaction = (key: number, participantId = 'ada'): ShownReaction => ({
  key,
  participantId,
  name: 'Ada',
  reaction: '🎉',
});
const news = (after: Partial<Talked>, chatOpen = false) =>
  conversationNews(quiet, { ...quiet, ...after }, 'self', chatOpen);

describe('what is read out', () => {
  it('messages of others while the chat is closed, a crowd of them counted, long ones cut', () => {
    const entries = [message('1', 'hello'), message('2', 'mine', true), message('3', 'x'.repeat(500))];
    expect(news({ chat: { entries, received: 2 } })).toEqual([
      { says: 'message', name: 'Ada', text: 'hello' },
      { says: 'message', name: 'Ada', text: 'x'.repeat(140) },
    ]);
    expect(news({ chat: { entries, received: 7 } })).toEqual([{ says: 'messages', count: 7 }]);
    expect(news({ chat: { entries, received: 2 } }, true)).toEqual([]);
  });

  it('hands and reactions of others', () => {
    const hands = ['self', 'ada'].map((participantId) => ({ participantId, since: 0 }));
    expect(news({ hands })).toEqual([{ says: 'handUp', participantId: 'ada' }]);
    expect(news({ reactions: [reaction(1), reaction(2, 'self')] })).toEqual([
      { says: 'reaction', name: 'Ada', reaction: '🎉' },
    ]);
    expect(news({ reactions: [1, 2, 3].map((key) => reaction(key)) })).toEqual([
      { says: 'reactions', count: 3 },
    ]);
  });

  it('nothing when a hand goes down or a reaction ends', () => {
    const before: Talked = {
      ...quiet,
      hands: [{ participantId: 'ada', since: 0 }],
      reactions: [reaction(1)],
    };
    expect(conversationNews(before, quiet, 'self', false)).toEqual([]);
  });
});
