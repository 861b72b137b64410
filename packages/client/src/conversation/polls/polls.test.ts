import type { PollMessage, PollTerms, TalkAsk, TalkAuthor } from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';
import fc from 'fast-check';
import { beforeEach, expect, it, test } from 'vitest';
import { State } from '../../observable.ts';
import type { ChatRules } from '../mayWrite.ts';
import { MeetingPolls } from './MeetingPolls.ts';
import { PollBook } from './PollBook.ts';
import type { Poll } from './types.ts';

const author = (participantId: string, accountId: string | null = null): TalkAuthor => ({
  participantId,
  name: `name of ${participantId}`,
  accountId,
  device: `device of ${participantId}`,
});
const [ada, ben, host] = [author('ada'), author('ben'), author('host', 'account')];
const terms: PollTerms = {
  id: 'poll',
  question: 'When?',
  options: ['now', 'later', 'never'],
  multiple: false,
  named: true,
};
const announce = (
  over: Partial<PollTerms> = {},
  votes: Extract<PollMessage, { type: 'announce' }>['votes'] = [],
) => ({ type: 'announce', terms: { ...terms, ...over }, votes }) as const;
const vote = (revision: number, choices: number, id = 'poll'): PollMessage => ({
  type: 'vote',
  votes: [{ poll: { participantId: 'ada', id }, revision, choices }],
});
const close: PollMessage = { type: 'close', poll: { participantId: 'ada', id: 'poll' } };

let asked: TalkAsk[];
let rules: ChatRules;
let removed: string | null;
let self: { participantId: string; name: string; accountId: string | null };
let shown: State<readonly Poll[]>;
let polls: MeetingPolls;

beforeEach(() => {
  asked = [];
  removed = null;
  rules = { form: 'meeting', chat: 'everybody', privateChat: 'allowed' };
  self = { participantId: 'self', name: 'Me', accountId: null };
  shown = new State<readonly Poll[]>([]);
  const participants = ['self', 'ada', 'ben', 'host'].map(
    (id) => ({ id, role: id === 'host' ? 'host' : 'guest' }) as unknown as Participant,
  );
  polls = new MeetingPolls(shown, {
    ask: (ask) => asked.push(ask),
    participants: () => participants,
    nameOf: (id) => (id === 'ben' ? 'Ben' : null),
    self: () => self,
    rules: () => rules,
    now: () => 5,
    removedBy: () => removed,
    failed: () => {},
  });
});

const hear = (who: TalkAuthor, message: PollMessage) => polls.hear({ type: 'poll', author: who, message });
const counts = () =>
  shown
    .get()
    .at(-1)
    ?.options.map(({ count }) => count);
const state = () => shown.get().at(-1)?.state;

it('counts one vote for each participant, the last one, whoever says it how often', () => {
  hear(ada, announce());
  hear(ben, vote(1, 1));
  hear(ben, vote(2, 2));
  hear(ben, vote(1, 1));
  hear(ben, vote(2, 4));
  hear(ada, vote(1, 2));
  expect(counts()).toEqual([0, 2, 0]);
  expect(shown.get()[0]?.options[1]?.names).toEqual(['name of ben', 'name of ada']);
  hear(ben, vote(3, 0));
  expect(counts()).toEqual([0, 1, 0]);
  expect(shown.get()[0]?.voters).toBe(1);
});

it('takes one choice where there is one, and none of what there is not', () => {
  hear(ada, announce());
  for (const choices of [3, 8, 2 ** 15]) hear(ben, vote(1, choices));
  expect(counts()).toEqual([0, 0, 0]);
  hear(ada, announce({ id: 'more', multiple: true }));
  hear(ben, vote(1, 5, 'more'));
  expect(counts()).toEqual([1, 0, 1]);
});

it('stays as it was asked first, whoever says otherwise', () => {
  hear(ada, announce());
  hear(ada, announce({ question: 'Something else?' }));
  hear({ ...ada, device: 'another' }, announce({}, [{ participantId: 'x', revision: 1, choices: 1 }]));
  // The same id by somebody else is another poll.
  hear(ben, announce({ question: 'Mine?' }));
  expect(shown.get().map(({ key, question }) => [key, question])).toEqual([
    ['ada/poll', 'When?'],
    ['ben/poll', 'Mine?'],
  ]);
  expect(shown.get()[0]?.voters).toBe(0);
});

it('believes its author about votes that it has not heard, and its voters in any case', () => {
  hear(ben, vote(3, 1));
  hear(
    ada,
    announce({}, [
      { participantId: 'ben', revision: 9, choices: 4 },
      { participantId: 'cid', revision: 2 ** 32 - 1, choices: 4 },
    ]),
  );
  expect(counts()).toEqual([1, 0, 1]);
  hear(author('cid'), vote(1, 2));
  expect(counts()).toEqual([1, 1, 0]);
  hear(ada, announce({}, [{ participantId: 'cid', revision: 2 ** 32 - 1, choices: 4 }]));
  expect(counts()).toEqual([1, 1, 0]);
});

it('is closed by its author or a host, and by nobody else; then nobody votes any more', () => {
  hear(ada, announce());
  for (const who of [ben, author('host'), author('ben', 'account'), { ...ada, device: 'another' }])
    hear(who, close);
  expect(state()).toBe('open');
  hear(ben, vote(1, 1));
  hear(host, close);
  expect(shown.get()).toMatchObject([{ state: 'closed', endedBy: 'name of host' }]);
  hear(ben, vote(2, 2));
  hear(ada, announce({}, [{ participantId: 'cid', revision: 1, choices: 1 }]));
  expect(counts()).toEqual([1, 0, 0]);
});

it('is closed also when the end comes before it, and deleted when a host has deleted it', () => {
  hear(ada, close);
  hear(ada, announce());
  expect(state()).toBe('closed');
  removed = 'Host';
  hear(ada, announce({ id: 'other' }));
  expect(shown.get()[1]).toMatchObject({ state: 'deleted', endedBy: 'Host', question: '', options: [] });
});

it('of oneself is asked, voted in, told again to those who come, and closed', () => {
  expect(polls.start({ ...terms, question: ' When\n then? ' })).toBe(true);
  const [first] = asked;
  if (first?.type !== 'poll' || first.message.type !== 'announce') throw new Error('nothing was asked');
  expect(first.message).toMatchObject({ terms: { question: 'When then?' }, votes: [] });
  const { id } = first.message.terms;
  const key = `self/${id}`;
  const ref = { participantId: 'self', id };
  polls.vote(key, [1]);
  polls.vote(key, [2]);
  expect(asked.at(-1)).toEqual({
    type: 'poll',
    message: { type: 'vote', votes: [{ poll: ref, revision: 2, choices: 4 }] },
  });
  expect(shown.get()[0]?.options.map(({ mine }) => mine)).toEqual([false, false, true]);
  hear(ben, { type: 'vote', votes: [{ poll: ref, revision: 1, choices: 1 }] });
  asked = [];
  polls.hear({ type: 'tell-anew', asked: false });
  expect(asked).toMatchObject([
    {
      message: {
        type: 'announce',
        terms: { id },
        votes: [
          { participantId: 'self', choices: 4 },
          { participantId: 'ben', choices: 1 },
        ],
      },
    },
  ]);
  asked = [];
  polls.hear({ type: 'tell-anew', asked: true });
  expect(asked.map((ask) => (ask.type === 'poll' ? ask.message.type : null))).toEqual(['announce', 'vote']);
  polls.close(key);
  asked = [];
  polls.hear({ type: 'tell-anew', asked: true });
  polls.vote(key, [0]);
  expect(asked).toEqual([]);
});

it('of somebody else is not closed by oneself, unless one is a host', () => {
  hear(ada, announce());
  polls.close('ada/poll');
  expect(state()).toBe('open');
  expect(asked).toEqual([]);
  self = { participantId: 'host', name: 'Host', accountId: 'account' };
  polls.close('ada/poll');
  expect(state()).toBe('closed');
});

it('is asked by those who may write alone, and answered by all', () => {
  rules = { ...rules, chat: 'hosts' };
  hear(ada, announce());
  expect(shown.get()).toEqual([]);
  expect(polls.start(terms)).toBe(false);
  hear(host, announce());
  polls.vote('host/poll', [0]);
  expect(counts()).toEqual([1, 0, 0]);
});

it('there are 20 at most; one that is deleted makes room', () => {
  for (let index = 0; index < 30; index++) hear(ada, announce({ id: `${index}` }));
  expect(shown.get()).toHaveLength(20);
  expect(polls.start(terms)).toBe(false);
  polls.remove('ada/3', 'Host');
  expect(polls.start(terms)).toBe(true);
});

it('is not asked without a question, or with options that are empty, alike, too few or too many', () => {
  for (const options of [['a'], ['a', 'a'], ['a', ' '], [...'abcdefghijk'], ['a', 'b'.repeat(101)]])
    expect(polls.start({ ...terms, options })).toBe(false);
  expect(polls.start({ ...terms, question: ' ' })).toBe(false);
});

test('however votes come, each participant counts once, and the counts are those of the last words', () => {
  const word = fc.record({ who: fc.nat(4), revision: fc.integer({ min: 1, max: 5 }), choices: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(word), fc.boolean(), (words, multiple) => {
      const book = new PollBook();
      book.announce(ada, { ...terms, multiple }, [], { at: 0, self: false, nameOf: () => null });
      const last = new Map<number, { revision: number; choices: number }>();
      for (const { who, ...said } of words) {
        book.vote('ada/poll', { participantId: `${who}`, name: '' }, said);
        const valid = said.choices < 8 && (multiple || [0, 1, 2, 4].includes(said.choices));
        if (valid && said.revision > (last.get(who)?.revision ?? 0)) last.set(who, said);
      }
      const expected = [1, 2, 4].map(
        (bit) => [...last.values()].filter(({ choices }) => (choices & bit) !== 0).length,
      );
      expect(book.polls(null)[0]?.options.map(({ count }) => count)).toEqual(expected);
    }),
  );
});

/** What was asked last came to nobody. */
const fail = () => {
  const ask = asked.at(-1);
  if (ask?.type !== 'poll') throw new Error('nothing was said of polls');
  polls.hear({ type: 'poll-failed', message: ask.message });
};

it('a vote that came to nobody does not count on one’s own screen either, and the next one is a later word', () => {
  hear(ada, announce());
  polls.vote('ada/poll', [0]);
  expect(counts()).toEqual([1, 0, 0]);
  fail();
  expect(counts()).toEqual([0, 0, 0]);
  polls.vote('ada/poll', [1]);
  polls.vote('ada/poll', [2]);
  fail();
  expect(counts()).toEqual([0, 1, 0]);
  polls.vote('ada/poll', [0]);
  const revisions = asked.map((ask) =>
    ask.type === 'poll' && ask.message.type === 'vote' ? ask.message.votes[0]?.revision : null,
  );
  expect(revisions).toEqual([1, 2, 3, 4]);
});

it('a poll that came to nobody is not shown', () => {
  expect(polls.start({ question: 'When?', options: ['now', 'later'], multiple: false, named: false })).toBe(
    true,
  );
  fail();
  expect(shown.get()).toEqual([]);
});

it('what may have come to people before stays when it is told again in vain', () => {
  hear(ada, announce());
  polls.vote('ada/poll', [0]);
  polls.hear({ type: 'tell-anew', asked: true });
  fail();
  expect(counts()).toEqual([1, 0, 0]);
});
