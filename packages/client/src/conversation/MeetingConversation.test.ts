import type { TalkAsk, TalkAuthor, TalkEvent } from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MeetingConversation } from './MeetingConversation.ts';

const self = { participantId: 'self', name: 'Me', accountId: null };
const author = (participantId: string, accountId: string | null = null): TalkAuthor => ({
  participantId,
  name: participantId,
  accountId,
  device: `device of ${participantId}`,
});
const said = (who: TalkAuthor, id: string, over: Partial<Extract<TalkEvent, { type: 'said' }>> = {}) =>
  ({
    type: 'said',
    author: who,
    id,
    text: id,
    sentAt: 1_000_000,
    replyTo: null,
    privately: false,
    ...over,
  }) as const;

let now: number;
let asked: TalkAsk[];
let participants: Participant[];
let rules: {
  form: 'meeting' | 'webinar';
  chat: 'everybody' | 'hosts' | 'off';
  privateChat: 'allowed' | 'off';
};
let conversation: MeetingConversation;

beforeEach(() => {
  vi.useFakeTimers();
  now = 1_000_000;
  asked = [];
  rules = { form: 'meeting', chat: 'everybody', privateChat: 'allowed' };
  participants = ['self', 'ada', 'host'].map(
    (id) => ({ id, role: id === 'host' ? 'host' : 'guest' }) as unknown as Participant,
  );
  conversation = new MeetingConversation({
    ask: (ask) => asked.push(ask),
    participants: () => participants,
    self: () => self,
    nameOf: (id) => (participants.some((one) => one.id === id) ? `${id} of the tree` : null),
    rules: () => rules,
    now: () => now,
  });
  conversation.setMembers(['self', 'ada', 'host']);
});
afterEach(() => {
  conversation[Symbol.dispose]();
  vi.useRealTimers();
});

const entries = () => conversation.chat.get().entries;
const hands = () => conversation.hands.get().map(({ participantId }) => participantId);

describe('chat', () => {
  it('a message is pending, then sent, or it fails and is tried again under its id', () => {
    expect(conversation.send('  hello \r\nyou ')).toBe(true);
    const [ask] = asked;
    if (ask?.type !== 'say') throw new Error('nothing was said');
    expect(ask.text).toBe('hello \nyou');
    expect(entries()).toMatchObject([{ delivery: 'pending', author: { self: true } }]);
    conversation.receive([{ type: 'undelivered', id: ask.id, gone: false }]);
    expect(entries()).toMatchObject([{ delivery: 'failed' }]);
    conversation.retry(entries()[0]?.key ?? '');
    expect(asked[1]).toEqual(ask);
    conversation.receive([{ type: 'delivered', id: ask.id }]);
    expect(entries()).toMatchObject([{ delivery: 'sent' }]);
  });

  it('where there is no chat, nothing is sent and nothing of what others send is shown', () => {
    conversation.send('before');
    const [ask] = asked;
    if (ask?.type === 'say') conversation.receive([{ type: 'undelivered', id: ask.id, gone: false }]);
    rules = { ...rules, chat: 'off' };
    expect(conversation.send('after')).toBe(false);
    conversation.retry(entries()[0]?.key ?? '');
    conversation.receive([said(author('ada'), 'one')]);
    expect(asked).toHaveLength(1);
    expect(entries()).toHaveLength(1);
    conversation.receive([{ type: 'hand', author: author('ada'), up: true, changedAt: now }]);
    expect(hands()).toEqual(['ada']);
  });

  it('sends nothing that is empty or too long', () => {
    expect(conversation.send(' \n')).toBe(false);
    expect(conversation.send('a'.repeat(4_001))).toBe(false);
    expect(asked).toEqual([]);
  });

  it('takes back one’s own messages and those of nobody else', () => {
    conversation.send('mine');
    conversation.receive([said(author('ada'), 'theirs')]);
    const [mine, theirs] = entries();
    conversation.delete(theirs?.key ?? '');
    expect(asked.filter(({ type }) => type === 'delete')).toEqual([]);
    conversation.delete(mine?.key ?? '');
    expect(asked.filter(({ type }) => type === 'delete')).toHaveLength(1);
    // It had not been sent: it is gone as if it had never been.
    expect(entries().map(({ key }) => key)).toEqual(['ada/theirs']);
    conversation.receive([{ type: 'deleted', author: author('host'), id: 'theirs', privately: false }]);
    expect(entries()).toMatchObject([{ text: 'theirs' }]);
    conversation.receive([{ type: 'deleted', author: author('ada'), id: 'theirs', privately: false }]);
    expect(entries()).toMatchObject([{ text: null }]);
  });

  it('names what is answered with its author', () => {
    conversation.receive([said(author('ada'), 'AAAA')]);
    conversation.send('yes', 'ada/AAAA');
    expect(asked[0]).toMatchObject({ replyTo: { participantId: 'ada', id: 'AAAA' } });
  });

  it('does not believe a clock that cannot be right', () => {
    conversation.receive([
      said(author('ada'), '1', { sentAt: now - 60_000 }),
      said(author('ada'), '2', { sentAt: now + 60_000 }),
      said(author('ada'), '3', { sentAt: 5 }),
    ]);
    expect(entries().map((entry) => (entry.kind === 'message' ? entry.at : null))).toEqual([
      now - 60_000,
      now,
      now,
    ]);
  });
});

describe('hands', () => {
  const up = (who: string, changedAt: number): TalkEvent => ({
    type: 'hand',
    author: author(who),
    up: true,
    changedAt,
  });

  it('are in the order of time, and go down with their people', () => {
    conversation.receive([up('host', now), up('ada', now - 5_000)]);
    expect(hands()).toEqual(['ada', 'host']);
    conversation.setMembers(['self', 'host']);
    expect(hands()).toEqual(['host']);
    conversation.receive([{ ...up('host', now + 1), up: false } as TalkEvent]);
    expect(hands()).toEqual([]);
  });

  it('of people who are not in the group are none', () => {
    conversation.receive([up('stranger', now)]);
    expect(hands()).toEqual([]);
  });

  it('nobody gets to the front by a wrong clock', () => {
    now += 60_000;
    conversation.receive([up('host', now)]);
    now += 30_000;
    conversation.receive([up('ada', 0)]);
    expect(hands()).toEqual(['host', 'ada']);
  });

  it('are lowered by a host and by nobody else', () => {
    const notices: string[] = [];
    conversation.onNotice((notice) => notices.push(notice));
    conversation.raiseHand(true);
    conversation.receive([up('ada', now)]);
    const all = { type: 'lower-all-hands' } as const;
    // Neither a guest, nor a guest whom the server calls a host, nor a member whom it does not.
    for (const who of [author('ada'), author('host'), author('ada', 'account')])
      conversation.receive([{ type: 'commanded', author: who, command: all }]);
    expect(hands()).toHaveLength(2);
    const host = author('host', 'account');
    conversation.receive([
      { type: 'commanded', author: host, command: { type: 'lower-hand', participantId: 'ada' } },
    ]);
    expect(hands()).toEqual(['self']);
    expect(notices).toEqual([]);
    conversation.receive([{ type: 'commanded', author: host, command: all }]);
    expect(hands()).toEqual([]);
    expect(notices).toEqual(['hand-lowered']);
    expect(asked.at(-1)).toEqual({ type: 'hand', up: false });
  });

  it('one’s own stays up while one joins the group anew', () => {
    conversation.raiseHand(true);
    conversation.setMembers([]);
    expect(hands()).toEqual(['self']);
    conversation.setMembers(['ada']);
    conversation.setMembers(['self', 'ada']);
    expect(hands()).toEqual(['self']);
  });
});

it('a reaction is shown for four seconds, and not too many at once', () => {
  conversation.receive([{ type: 'reacted', author: author('ada'), reaction: '🎉' }]);
  expect(conversation.reactions.get()).toMatchObject([{ participantId: 'ada', reaction: '🎉' }]);
  vi.advanceTimersByTime(4_000);
  expect(conversation.reactions.get()).toEqual([]);
  for (let index = 0; index < 500; index++)
    conversation.receive([{ type: 'reacted', author: author('ada'), reaction: '👍' }]);
  expect(conversation.reactions.get()).toHaveLength(60);
});
