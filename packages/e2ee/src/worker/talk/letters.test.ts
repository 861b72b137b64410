import { expect, test } from 'vitest';
import { concat } from '../../bytes.ts';
import { encodeChat } from '../../member-messages/chatMessage.ts';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import { encodePrivate } from '../../member-messages/privateContent.ts';
import { TalkRoom } from './testing/TalkRoom.ts';

const id = 'AAAAAAAAAAAAAAAA';

test('a change comes to all in the order of its author; a late one is dropped', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.say('one', id);
  ada.talk.ask({ type: 'edit', id, text: 'two', privately: false });
  ada.talk.ask({ type: 'edit', id, text: 'three', privately: false });
  await room.pass(1_000);
  expect(ben.of('edited').map(({ text }) => text)).toEqual(['two', 'three']);
  expect(ada.of('edit-settled')).toEqual([
    { type: 'edit-settled', id, delivered: true },
    { type: 'edit-settled', id, delivered: true },
  ]);
  const cid = room.join('Cid');
  const edit = (sequence: number, text: string) => {
    const stream = new Uint8Array(8).fill(9);
    const body = encodeChat({ stream, sequence, age: 0, content: { type: 'edit', id, text } });
    cid.hear(ada.member, { kind: MESSAGE_KINDS.chat, body });
  };
  edit(2, 'later');
  edit(1, 'earlier');
  edit(2, 'again');
  await room.pass(1_000);
  expect(cid.of('edited').map(({ text }) => text)).toEqual(['later']);
});

test('a change names its author, who is the one that MLS proves', async () => {
  const room = new TalkRoom();
  const [ada, ben, mallory] = [room.join('Ada'), room.join('Ben'), room.join('Mallory')];
  ada.say('one', id);
  mallory.talk.ask({ type: 'edit', id, text: 'forged', privately: false });
  await room.pass(1_000);
  expect(ben.of('edited').map(({ author }) => author.participantId)).toEqual([mallory.id]);
});

test('of a message that is taken back while it waits, no change leaves either', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.lose();
  ada.say('first');
  await room.pass(1_000);
  ada.say('one', id);
  ada.talk.ask({ type: 'edit', id, text: 'two', privately: false });
  ada.talk.ask({ type: 'delete', id, privately: false });
  ada.comeBack();
  await room.pass(3_000);
  expect(ben.texts()).toEqual(['first']);
  expect(ben.of('edited')).toEqual([]);
  expect(ben.of('deleted')).toEqual([]);
});

test('a private message, its change and its end come to one person, in order with what is for all', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  ada.say('before');
  ada.say('for Ben', id, ben);
  ada.talk.ask({ type: 'edit', id, text: 'for Ben alone', privately: true });
  ada.say('after');
  await room.pass(500);
  ada.talk.ask({ type: 'delete', id, privately: true });
  await room.pass(1_000);
  const kinds = ({ told }: typeof ben) => told.map(({ type }) => type).filter((type) => type !== 'tell-anew');
  expect(kinds(ben)).toEqual(['said', 'said', 'edited', 'said', 'deleted']);
  expect(ben.of('said').map(({ text, privately }) => [text, privately])).toEqual([
    ['before', false],
    ['for Ben', true],
    ['after', false],
  ]);
  expect(ben.of('edited')).toMatchObject([{ text: 'for Ben alone', privately: true }]);
  expect(ben.of('deleted')).toMatchObject([{ privately: true }]);
  expect(kinds(cid)).toEqual(['said', 'said']);
  // Nothing is missing to those for whom it was not.
  expect(cid.of('missed')).toEqual([]);
  expect(ada.of('delivered')).toHaveLength(3);
});

test('what is done to a private message never goes to all, and what was for all is not changed for one', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  ada.say('for Ben', id, ben);
  const open = ada.say('for all');
  await room.pass(1_000);
  ada.talk.ask({ type: 'edit', id, text: 'leaks', privately: false });
  ada.talk.ask({ type: 'edit', id: open, text: 'another for Ben', privately: true });
  await room.pass(1_000);
  expect([...ben.of('edited'), ...cid.of('edited')]).toEqual([]);
  expect(ada.of('edit-settled').map(({ delivered }) => delivered)).toEqual([false, false]);
});

test('nothing is sent to somebody who has left, nor to somebody else who comes under their id', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  room.leave(ben);
  ada.say('too late', id, ben);
  await room.pass(1_000);
  expect(ada.of('undelivered')).toEqual([{ type: 'undelivered', id, gone: true }]);

  const cid = room.join('Cid');
  ada.lose();
  const waiting = ada.say('on its way', undefined, cid);
  await room.pass(1_000);
  room.leave(cid);
  const other = room.join('Other');
  Object.assign(other.member, { participantId: cid.id });
  ada.comeBack();
  await room.pass(3_000);
  expect(ada.of('undelivered').at(-1)).toEqual({ type: 'undelivered', id: waiting, gone: true });
  expect(other.texts()).toEqual([]);
});

test('one that was sealed in an epoch that is over is sealed anew, under its number', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  room.staleSeals = 2;
  ada.say('for Ben', id, ben);
  await room.pass(5_000);
  expect(ben.texts()).toEqual(['for Ben']);
  expect(ben.of('missed')).toEqual([]);
});

test('a member who floods with private messages costs the others little', async () => {
  const room = new TalkRoom();
  const [ada, ben, mallory] = [room.join('Ada'), room.join('Ben'), room.join('Mallory')];
  const stream = new Uint8Array(8).fill(9);
  const junk = { kemOutput: new Uint8Array(32), ciphertext: new Uint8Array(128) };
  for (let sequence = 1; sequence <= 500; sequence++) {
    const body = encodeChat({ stream, sequence, age: 0, content: { type: 'private', ...junk } });
    ben.hear(mallory.member, { kind: MESSAGE_KINDS.chat, body });
  }
  await room.pass(100);
  expect(room.trials).toBeLessThan(20);
  ada.say('heard all the same', id, ben);
  await room.pass(1_000);
  expect(ben.texts()).toEqual(['heard all the same']);
});

test('a private message that is sent again by another member is nothing', async () => {
  const room = new TalkRoom();
  const [ada, ben, mallory] = [room.join('Ada'), room.join('Ben'), room.join('Mallory')];
  const kemOutput = new Uint8Array(32);
  kemOutput.set([ada.member.leafIndex, ben.member.leafIndex]);
  const said = { type: 'say', id, sentAt: 0, replyTo: null, text: 'from Ada' } as const;
  const ciphertext = concat(encodePrivate(said), new Uint8Array(16));
  const content = { type: 'private', kemOutput, ciphertext } as const;
  const body = encodeChat({ stream: new Uint8Array(8), sequence: 1, age: 0, content });
  const message = { kind: MESSAGE_KINDS.chat, body };
  ben.hear(mallory.member, message);
  await room.pass(1_000);
  expect(ben.texts()).toEqual([]);
  ben.hear(ada.member, message);
  ben.hear(ada.member, message);
  await room.pass(1_000);
  expect(ben.of('said')).toMatchObject([{ privately: true, author: { participantId: ada.id } }]);
});
