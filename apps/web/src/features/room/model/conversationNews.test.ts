import type { ChatEntry, Poll, ShownReaction } from '@conclave/client';
import { describe, expect, it } from 'vitest';
import { conversationNews, type Talked } from './conversationNews.ts';

const quiet: Talked = { chat: { entries: [], received: 0 }, hands: [], polls: [], reactions: [] };
const message = (key: string, text: string, self = false): ChatEntry => ({
  kind: 'message',
  key,
  author: { participantId: 'ada', name: 'Ada', guest: false, self },
  text,
  at: 0,
  replyTo: null,
  deletedBy: null,
  edited: false,
  privateWith: null,
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

it('a poll of somebody else is read out once, also while the chat is open, and so is its end', () => {
  const poll = (state: Poll['state'], self = false) =>
    ({ kind: 'poll', key: 'p', state, question: 'When?', author: { name: 'Ada', self } }) as Poll;
  const of = (before: Poll[], after: Poll[]) =>
    conversationNews({ ...quiet, polls: before }, { ...quiet, polls: after }, 'me', true);
  expect(of([], [poll('open')])).toEqual([{ says: 'poll', name: 'Ada', question: 'When?' }]);
  expect(of([poll('open')], [poll('open')])).toEqual([]);
  expect(of([poll('open')], [poll('closed')])).toEqual([{ says: 'pollEnded', question: 'When?' }]);
  expect(of([], [poll('open', true)])).toEqual([]);
  expect(of([], [poll('deleted')])).toEqual([]);
  expect(of([poll('open')], [poll('deleted')])).toEqual([]);
});

it('what is private is read out as such, and what is deleted is not read out', () => {
  const entry = (key: string, over: object) =>
    ({
      kind: 'message',
      key,
      text: key,
      author: { name: 'Ada', self: false },
      privateWith: null,
      ...over,
    }) as ChatEntry;
  const entries = [
    entry('one', { privateWith: { participantId: 'a', name: 'Ada' } }),
    entry('two', { text: null }),
  ];
  expect(conversationNews(quiet, { ...quiet, chat: { entries, received: 2 } }, 'me', false)).toEqual([
    { says: 'private', name: 'Ada', text: 'one' },
  ]);
});
