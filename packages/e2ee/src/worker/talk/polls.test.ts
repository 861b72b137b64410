import { expect, test } from 'vitest';
import type { PollMessage } from '../../member-messages/pollMessage.ts';
import { TalkRoom } from './testing/TalkRoom.ts';

const id = 'AAAAAAAAAAAAAAAA';
const terms = { id, question: 'When?', options: ['now', 'later'], multiple: false, named: true };
const announce: PollMessage = { type: 'announce', terms, votes: [] };
const vote = (author: string, revision: number, choices: number): PollMessage => ({
  type: 'vote',
  votes: [{ poll: { participantId: author, id }, revision, choices }],
});

test('what is said of a poll comes to all, with whoever says it', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  ada.talk.ask({ type: 'poll', message: announce });
  await room.pass(100);
  ben.talk.ask({ type: 'poll', message: vote(ada.id, 1, 1) });
  await room.pass(100);
  expect(cid.of('poll')).toMatchObject([
    { author: { participantId: ada.id }, message: announce },
    { author: { participantId: ben.id }, message: vote(ada.id, 1, 1) },
  ]);
  expect(ben.of('poll')).toHaveLength(1);
});

test('a vote without a socket leaves after it, and of several the last one alone', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ben.lose();
  for (const [revision, choices] of [
    [1, 1],
    [2, 2],
    [3, 0],
  ] as const)
    ben.talk.ask({ type: 'poll', message: vote(ada.id, revision, choices) });
  await room.pass(5_000);
  expect(ada.of('poll')).toEqual([]);
  ben.comeBack();
  await room.pass(5_000);
  const revisions = ada
    .of('poll')
    .map(({ message }) => (message.type === 'vote' ? message.votes[0]?.revision : null));
  expect(revisions.at(-1)).toBe(3);
  expect(revisions).not.toContain(2);
});

test('what the server holds to be too much is said a little later', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.refusals = 2;
  ada.talk.ask({ type: 'poll', message: announce });
  await room.pass(5_000);
  expect(ben.of('poll')).toHaveLength(1);
});

test('whoever has asked is told of newcomers, once for many, and of those who were away', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  await room.pass(5_000);
  const before = ada.of('tell-anew').length;
  for (const name of ['Cid', 'Dan', 'Eve']) room.join(name);
  await room.pass(3_000);
  expect(ada.of('tell-anew').slice(before)).toEqual([{ type: 'tell-anew', asked: false }]);
  ben.lose();
  await room.pass(1_000);
  ben.comeBack();
  await room.pass(8_000);
  expect(ada.of('tell-anew').at(-1)).toEqual({ type: 'tell-anew', asked: true });
});

test('a member who floods with votes is cut off alone', async () => {
  const room = new TalkRoom();
  const [ada, ben, mallory] = [room.join('Ada'), room.join('Ben'), room.join('Mallory')];
  const { encodePoll } = await import('../../member-messages/pollMessage.ts');
  const { MESSAGE_KINDS } = await import('../../member-messages/memberMessage.ts');
  for (let revision = 1; revision <= 500; revision++)
    ada.hear(mallory.member, { kind: MESSAGE_KINDS.poll, body: encodePoll(vote(ada.id, revision, 1)) });
  ben.talk.ask({ type: 'poll', message: vote(ada.id, 1, 2) });
  await room.pass(1_000);
  const from = ada.of('poll').map(({ author }) => author.participantId);
  expect(from.filter((one) => one === mallory.id).length).toBeLessThan(60);
  expect(from).toContain(ben.id);
});
