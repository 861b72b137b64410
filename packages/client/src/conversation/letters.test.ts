import type { TalkAsk, TalkAuthor, TalkEvent } from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MeetingConversation } from './MeetingConversation.ts';
import type { ChatRules } from './mayWrite.ts';
import type { ChatMessageEntry, ConversationNotice } from './types.ts';

const author = (participantId: string, accountId: string | null = null): TalkAuthor => ({
  participantId,
  name: participantId,
  accountId,
  device: `device of ${participantId}`,
});
const host = author('host', 'account');
const ada = author('ada');
const said = (who: TalkAuthor, id: string, privately = false): TalkEvent => ({
  type: 'said',
  author: who,
  id,
  text: id,
  sentAt: 1_000_000,
  replyTo: null,
  privately,
});
const remove = (by: TalkAuthor, participantId: string, id: string): TalkEvent => ({
  type: 'commanded',
  author: by,
  command: { type: 'delete-message', participantId, id },
});

let asked: TalkAsk[];
let names: Record<string, string>;
let rules: ChatRules;
let self: { participantId: string; name: string; accountId: string | null };
let notices: ConversationNotice[];
let conversation: MeetingConversation;

beforeEach(() => {
  asked = [];
  notices = [];
  rules = { form: 'meeting', chat: 'everybody', privateChat: 'allowed' };
  self = { participantId: 'self', name: 'Me', accountId: null };
  names = { self: 'Me', ada: 'Ada', host: 'Host' };
  const participants = ['self', 'ada', 'host', 'member'].map(
    (id) => ({ id, role: id === 'host' ? 'host' : 'guest' }) as unknown as Participant,
  );
  conversation = new MeetingConversation({
    ask: (ask) => asked.push(ask),
    participants: () => participants,
    nameOf: (id) => names[id] ?? null,
    self: () => self,
    rules: () => rules,
    now: () => 1_000_000,
  });
  conversation.onNotice((notice) => notices.push(notice));
  conversation.setMembers(Object.keys(names));
});
afterEach(() => conversation[Symbol.dispose]());

const entries = () => conversation.chat.get().entries as readonly ChatMessageEntry[];
const texts = () => entries().map(({ text }) => text);

/** Says something and has it delivered. @returns its key and id */
function sendOne(text: string, to: string | null = null): { key: string; id: string } {
  expect(conversation.send(text, null, to)).toBe(true);
  const ask = asked.at(-1);
  if (ask?.type !== 'say') throw new Error('nothing was said');
  conversation.receive([{ type: 'delivered', id: ask.id }]);
  return { key: `self/${ask.id}${to === null ? '' : '/private'}`, id: ask.id };
}

describe('a change', () => {
  it('is shown at once, and taken back when it does not come to the others', () => {
    const { key, id } = sendOne('one');
    expect(conversation.edit(key, ' two ')).toBe(true);
    expect(asked.at(-1)).toEqual({ type: 'edit', id, text: 'two', privately: false });
    expect(entries()).toMatchObject([{ text: 'two', edited: true }]);
    conversation.receive([{ type: 'edit-settled', id, delivered: false }]);
    expect(entries()).toMatchObject([{ text: 'one', edited: false }]);
    expect(notices).toEqual(['edit-failed']);
  });

  it('is of one’s own alone, and of what is not deleted', () => {
    conversation.receive([said(ada, 'theirs')]);
    expect(conversation.edit('ada/theirs', 'mine')).toBe(false);
    const { key } = sendOne('one');
    expect(conversation.edit(key, ' ')).toBe(false);
    conversation.delete(key);
    expect(conversation.edit(key, 'two')).toBe(false);
    // As somebody who came in anew under another id: nobody would take it.
    const other = sendOne('other');
    self = { ...self, participantId: 'again' };
    expect(conversation.edit(other.key, 'two')).toBe(false);
    expect(asked.some(({ type }) => type === 'edit')).toBe(false);
  });

  it('by somebody else than the author does nothing', () => {
    conversation.receive([said(ada, '1')]);
    const edited = (who: TalkAuthor): TalkEvent => ({
      type: 'edited',
      author: who,
      id: '1',
      text: 'changed',
      privately: false,
    });
    conversation.receive([edited(author('mallory')), edited({ ...ada, device: 'another' }), edited(host)]);
    expect(texts()).toEqual(['1']);
    conversation.receive([edited(ada)]);
    expect(entries()).toMatchObject([{ text: 'changed', edited: true }]);
  });
});

describe('what a host deletes', () => {
  it('is gone with the host’s name, also when it comes after the command', () => {
    conversation.receive([
      said(ada, '1'),
      remove(host, 'ada', '1'),
      remove(host, 'ada', '2'),
      said(ada, '2'),
    ]);
    expect(entries()).toMatchObject([
      { text: null, deletedBy: 'host' },
      { text: null, deletedBy: 'host' },
    ]);
    conversation.receive([{ type: 'edited', author: ada, id: '1', text: 'back again', privately: false }]);
    expect(texts()).toEqual([null, null]);
  });

  it('is deleted by nobody else: no guest, no member, nobody whom the server alone calls a host', () => {
    conversation.receive([said(ada, '1')]);
    for (const by of [author('mallory'), author('member', 'account'), author('host'), ada])
      conversation.receive([remove(by, 'ada', '1'), remove(by, 'ada', '2')]);
    conversation.receive([said(ada, '2')]);
    expect(texts()).toEqual(['1', '2']);
  });

  it('is asked of everybody', () => {
    conversation.remove('ada/1');
    expect(asked).toEqual([
      { type: 'command', command: { type: 'delete-message', participantId: 'ada', id: '1' } },
    ]);
  });
});

describe('a private message', () => {
  it('goes to one person who is here, by the name that the group has', () => {
    const { key, id } = sendOne('for Ada', 'ada');
    expect(asked[0]).toMatchObject({ type: 'say', to: 'ada' });
    expect(entries()).toMatchObject([{ privateWith: { participantId: 'ada', name: 'Ada' } }]);
    conversation.edit(key, 'for Ada alone');
    conversation.delete(key);
    expect(asked.slice(1)).toEqual([
      { type: 'edit', id, text: 'for Ada alone', privately: true },
      { type: 'delete', id, privately: true },
    ]);
  });

  it('goes to nobody who has left, nor to oneself', () => {
    expect(conversation.send('hello?', null, 'left')).toBe(false);
    expect(conversation.send('me?', null, 'self')).toBe(false);
    conversation.send('just now', null, 'ada');
    const ask = asked[0];
    if (ask?.type !== 'say') throw new Error('nothing was said');
    conversation.receive([{ type: 'undelivered', id: ask.id, gone: true }]);
    expect(entries()).toMatchObject([{ delivery: 'gone' }]);
    conversation.retry(`self/${ask.id}/private`);
    expect(asked).toHaveLength(1);
  });

  it('is neither sent nor shown where the rules have none', () => {
    rules = { ...rules, privateChat: 'off' };
    expect(conversation.send('psst', null, 'ada')).toBe(false);
    conversation.receive([said(ada, '1', true), said(ada, '2')]);
    expect(texts()).toEqual(['2']);
  });

  it('comes from its author, and is marked', () => {
    conversation.receive([said(ada, '1', true)]);
    expect(entries()).toMatchObject([{ privateWith: { participantId: 'ada', name: 'ada' } }]);
    // A word to all does not change what one has alone.
    conversation.receive([{ type: 'edited', author: ada, id: '1', text: 'x', privately: false }]);
    expect(texts()).toEqual(['1']);
    conversation.receive([{ type: 'edited', author: ada, id: '1', text: 'x', privately: true }]);
    expect(texts()).toEqual(['x']);
  });
});

describe('one id for a private text and a public one', () => {
  const answer = (id: string, answers: string, privately: boolean): TalkEvent => ({
    ...(said(ada, id, privately) as Extract<TalkEvent, { type: 'said' }>),
    replyTo: { participantId: 'ada', id: answers },
  });

  it('makes two messages, and an answer is under the one that it answers', () => {
    conversation.receive([said(ada, '1', true), { ...said(ada, '1'), text: 'for all' } as TalkEvent]);
    expect(texts()).toEqual(['1', 'for all']);
    conversation.receive([answer('2', '1', true), answer('3', '1', false)]);
    expect(entries().map(({ replyTo }) => replyTo)).toEqual([null, null, 'ada/1/private', 'ada/1']);
  });

  it('lets a host delete the public one alone', () => {
    conversation.receive([said(ada, '1', true), said(ada, '1'), remove(host, 'ada', '1')]);
    expect(texts()).toEqual(['1', null]);
    asked = [];
    conversation.remove('ada/1/private');
    expect(asked).toEqual([]);
  });

  it('shows a private answer under what all have read', () => {
    conversation.receive([said(ada, '1'), answer('2', '1', true)]);
    expect(entries().at(-1)?.replyTo).toBe('ada/1');
  });

  it('tells nobody else of a private one that is answered to all', () => {
    conversation.receive([said(ada, '1', true)]);
    conversation.send('I think so too', 'ada/1/private');
    expect(asked.at(-1)).toMatchObject({ type: 'say', replyTo: null, to: null });
  });
});

describe('where only hosts write', () => {
  beforeEach(() => {
    rules = { ...rules, chat: 'hosts' };
  });

  it('what others write is not shown, whatever the server calls them', () => {
    conversation.receive([
      said(ada, '1'),
      said(author('host'), '2'),
      said(author('member', 'account'), '3'),
      said(ada, '4', true),
      said(host, '5'),
    ]);
    expect(texts()).toEqual(['5']);
  });

  it('oneself writes as a host alone; one may still take back what one wrote before', () => {
    rules = { ...rules, chat: 'everybody' };
    const { key, id } = sendOne('before');
    rules = { ...rules, chat: 'hosts' };
    expect(conversation.send('after')).toBe(false);
    expect(conversation.edit(key, 'after')).toBe(false);
    conversation.delete(key);
    expect(asked.at(-1)).toEqual({ type: 'delete', id, privately: false });
    self = { participantId: 'host', name: 'Host', accountId: 'account' };
    expect(conversation.send('as a host')).toBe(true);
  });
});
