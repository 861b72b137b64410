import type { TalkAsk, TalkAuthor } from '@conclave/e2ee';
import { NO_SOURCES, type Participant, ParticipantId } from '@conclave/protocol';
import { beforeEach, expect, test } from 'vitest';
import { MeetingQuestions } from './MeetingQuestions.ts';

const idOf = (name: string) => ParticipantId.parse(name.padEnd(16, '0'));
const author = (name: string) =>
  ({ participantId: idOf(name), name, accountId: null, device: name }) as TalkAuthor;
const person = (name: string, stage: Participant['stage']): Participant => ({
  ...{ id: idOf(name), name, role: 'guest', controls: [], entry: 'passcode', invitedAs: null, stage },
  ...{ sources: NO_SOURCES, allowed: NO_SOURCES, connected: true, joinedAt: '2026-01-01T00:00:00.000Z' },
  breakoutRoom: null,
  introduction: null,
});
let asked: TalkAsk[];
beforeEach(() => {
  asked = [];
});

function questionsOf(self: string, ...participants: readonly Participant[]) {
  return new MeetingQuestions({
    ask: (ask) => void asked.push(ask),
    participants: () => participants,
    self: () => ({ participantId: idOf(self), name: self }),
    now: () => 1_000,
  });
}
const question = { type: 'ask', id: 'AAAAAAAAAAAAAAAA', sentAt: 900, text: 'Why?' } as const;
const answer = { type: 'answer', id: question.id, question: 'Why?', answer: 'Because.' } as const;

test('one’s own question is there at once, and says how far it is', () => {
  const gwen = questionsOf('gwen', person('gwen', 'off'), person('ada', 'on'));
  expect(gwen.ask('  Why?  ')).toBe(true);
  expect(gwen.ask('   ')).toBe(false);
  const [ask] = asked;
  if (ask?.type !== 'question' || ask.message.type !== 'ask') throw new Error('nothing was asked');
  expect(gwen.all.get()).toMatchObject([{ text: 'Why?', own: true, state: 'pending' }]);
  gwen.hear({ type: 'question-settled', message: ask.message, delivered: false });
  expect(gwen.all.get()).toMatchObject([{ state: 'failed' }]);
  gwen.hear({ type: 'question-settled', message: ask.message, delivered: true });
  gwen.hear({ type: 'question', author: author('ada'), message: { ...answer, id: ask.message.id } });
  expect(gwen.all.get()).toMatchObject([{ own: true, state: 'answered', answer: 'Because.' }]);
});

test('those on stage have the questions; an audience that is shown one has none', () => {
  const people = [person('ada', 'on'), person('gwen', 'off'), person('gus', 'off')];
  const [ada, gus] = [questionsOf('ada', ...people), questionsOf('gus', ...people)];
  for (const one of [ada, gus]) one.hear({ type: 'question', author: author('gwen'), message: question });
  expect(ada.all.get()).toMatchObject([{ by: 'gwen', state: 'open' }]);
  expect(gus.all.get()).toEqual([]);
});

test('hosts see who asks; a speaker who is none sees the question', () => {
  const hosts = questionsOf('ada', person('ada', 'on'), person('gwen', 'off'));
  const speakers = questionsOf('ben', person('ben', 'on'), person('ada', 'on'));
  for (const one of [hosts, speakers])
    one.hear({ type: 'question', author: author('gwen'), message: question });
  expect(hosts.all.get()).toMatchObject([{ text: 'Why?', by: 'gwen' }]);
  expect(speakers.all.get()).toMatchObject([{ text: 'Why?', by: null }]);
});

test('an answer of the stage comes to all, without who asked; one of the audience to nobody', () => {
  const people = [person('ada', 'on'), person('gus', 'off')];
  const gus = questionsOf('gus', ...people);
  gus.hear({ type: 'question', author: author('eve'), message: answer });
  gus.hear({ type: 'question', author: author('gwen'), message: { type: 'dismiss', id: question.id } });
  expect(gus.all.get()).toEqual([]);
  gus.hear({ type: 'question', author: author('ada'), message: answer });
  expect(gus.all.get()).toMatchObject([{ text: 'Why?', by: null, state: 'answered', answer: 'Because.' }]);
});

test('nobody answers who is not on stage; whoever is answers in writing or by word of mouth, or not at all', () => {
  const people = [person('ada', 'on'), person('gus', 'off')];
  const [ada, gus] = [questionsOf('ada', ...people), questionsOf('gus', ...people)];
  ada.hear({ type: 'question', author: author('gwen'), message: question });
  expect(gus.answer(question.id, 'Because.')).toBe(false);
  gus.dismiss(question.id);
  expect(asked).toEqual([]);
  expect(ada.answer(question.id, '')).toBe(true);
  ada.dismiss(question.id);
  expect(asked).toEqual([
    { type: 'question', message: { ...answer, answer: null } },
    { type: 'question', message: { type: 'dismiss', id: question.id } },
  ]);
  expect(ada.all.get()).toMatchObject([{ state: 'open' }]);
  ada.hear({ type: 'question-settled', message: { ...answer, answer: null }, delivered: true });
  expect(ada.all.get()).toMatchObject([{ state: 'answered', answer: null }]);
});
