import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { encodeChat } from '../../member-messages/chatMessage.ts';
import { encodeCommand } from '../../member-messages/commandMessage.ts';
import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import { encodeReaction } from '../../member-messages/reactionMessage.ts';
import { TalkRoom } from './testing/TalkRoom.ts';

test('what is said comes to all others in order, each once, and is delivered', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  const ids = ['one', 'two', 'three'].map((text) => ada.say(text));
  await room.pass(1_000);
  for (const person of [ben, cid]) {
    expect(person.texts()).toEqual(['one', 'two', 'three']);
    expect(person.of('said')[0]?.author).toMatchObject({
      participantId: ada.id,
      name: 'Ada',
      accountId: null,
    });
  }
  expect(ada.of('delivered').map(({ id }) => id)).toEqual(ids);
  expect(ada.texts()).toEqual([]);
});

test('what is said without a socket waits and leaves after it; what is taken back meanwhile never leaves', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.lose();
  ada.say('one');
  await room.pass(1_000);
  const second = ada.say('two');
  ada.say('three');
  ada.talk.ask({ type: 'delete', id: second, privately: false });
  await room.pass(20_000);
  expect(ben.texts()).toEqual([]);
  ada.comeBack();
  await room.pass(3_000);
  expect(ben.texts()).toEqual(['one', 'three']);
  expect(ben.of('missed')).toEqual([]);
  expect(ben.of('deleted')).toEqual([]);
});

test('whose answer is lost is sent again, and nobody has it twice', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.answersLost = true;
  ada.say('one');
  await room.pass(100);
  ada.answersLost = false;
  ada.comeBack();
  ada.say('two');
  await room.pass(3_000);
  expect(ben.texts()).toEqual(['one', 'two']);
  expect(ada.of('delivered')).toHaveLength(2);
});

test('what the server holds to be too much is sent a little later', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.refusals = 2;
  ada.say('one');
  await room.pass(5_000);
  expect(ben.texts()).toEqual(['one']);
});

test('what finds no way for five minutes has failed, and so has the 51st that waits', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.lose();
  const ids = Array.from({ length: 51 }, (_, index) => ada.say(`${index}`));
  await room.pass(1_000);
  expect(ada.of('undelivered').map(({ id }) => id)).toEqual(ids.slice(50));
  await room.pass(5 * 60_000);
  expect(ada.of('undelivered')).toHaveLength(51);
  ada.comeBack();
  ada.say('again', ids[0]);
  await room.pass(5_000);
  expect(ben.texts()).toEqual(['again']);
});

test('who was away learns that messages did not come, and who was not is told nothing', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  ada.say('before');
  await room.pass(1_000);
  ben.lose();
  ada.say('meanwhile');
  await room.pass(1_000);
  ben.comeBack();
  await room.pass(3_000);
  // Nobody has said anything since: the question of who is back has brought it up.
  expect(ben.of('missed')).toEqual([{ type: 'missed', away: true }]);
  expect(cid.of('missed')).toEqual([]);
  cid.lose();
  await room.pass(1_000);
  cid.comeBack();
  await room.pass(7_000);
  expect(cid.of('missed')).toEqual([]);
});

test('a message that the server keeps back is missed; one that it brings late is not put in the wrong place', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  const words = (sequence: number, text: string) => {
    const stream = new Uint8Array(8).fill(9);
    const id = 'AAAAAAAAAAAAAAAA';
    const body = encodeChat({
      stream,
      sequence,
      age: 0,
      content: { type: 'say', id, sentAt: 0, replyTo: null, text },
    });
    return { kind: MESSAGE_KINDS.chat, body };
  };
  for (const [sequence, text] of [
    [1, 'one'],
    [3, 'three'],
    [2, 'two'],
    [3, 'three'],
    [4, 'four'],
  ] as const)
    ben.hear(ada.member, words(sequence, text));
  await room.pass(1_000);
  expect(ben.texts()).toEqual(['one', 'three', 'four']);
  expect(ben.of('missed')).toEqual([{ type: 'missed', away: false }]);
});

test('who comes late is told nothing of before, and misses nothing', async () => {
  const room = new TalkRoom();
  const [ada, _ben] = [room.join('Ada'), room.join('Ben')];
  ada.say('one');
  ada.say('two');
  await room.pass(1_000);
  const late = room.join('Late');
  ada.say('three');
  await room.pass(1_000);
  expect(late.texts()).toEqual(['three']);
  expect(late.of('missed')).toEqual([]);
});

test('a deletion names its author, who is the one that MLS proves', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  const id = ada.say('one');
  await room.pass(1_000);
  cid.talk.ask({ type: 'delete', id, privately: false });
  ada.talk.ask({ type: 'delete', id, privately: false });
  await room.pass(1_000);
  expect(ben.of('deleted').map(({ author }) => author.participantId)).toEqual([cid.id, ada.id]);
});

test('a member who floods is cut off alone, without being taken to be missed', async () => {
  const room = new TalkRoom();
  const [ada, ben, cid] = [room.join('Ada'), room.join('Ben'), room.join('Cid')];
  for (let index = 0; index < 500; index++) ada.say(`flood ${index}`);
  for (let index = 0; index < 500; index++)
    ben.hear(ada.member, { kind: MESSAGE_KINDS.reaction, body: encodeReaction('👍') });
  cid.say('heard all the same');
  cid.talk.ask({ type: 'react', reaction: '🎉' });
  await room.pass(1_000);
  expect(ben.of('said').filter(({ author }) => author.participantId === ada.id).length).toBeLessThan(40);
  expect(ben.of('reacted').length).toBeLessThan(12);
  expect(ben.texts()).toContain('heard all the same');
  expect(ben.of('reacted').map(({ reaction }) => reaction)).toContain('🎉');
  expect(ben.of('missed')).toEqual([]);
});

test('reactions: a few at once, and one’s own comes back when it is out', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  for (let index = 0; index < 20; index++) ada.talk.ask({ type: 'react', reaction: '👏' });
  await room.pass(1_000);
  expect(ben.of('reacted')).toHaveLength(6);
  expect(ada.of('reacted')).toHaveLength(6);
  expect(ada.of('reacted')[0]?.author.participantId).toBe(ada.id);
});

test('who comes, reloads or was away learns whose hand is up, and each hand is said once for many', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  await room.pass(4_000);
  ada.talk.ask({ type: 'hand', up: true });
  await room.pass(1_000);
  expect(ben.of('hand')).toMatchObject([{ author: { participantId: ada.id }, up: true }]);
  const late = [room.join('Cid'), room.join('Dan'), room.join('Eve')];
  await room.pass(2_000);
  for (const person of late)
    expect(person.of('hand')).toMatchObject([{ up: true, changedAt: ben.of('hand')[0]?.changedAt }]);
  // Three came at once: the others were told once again, the same thing.
  expect(ben.of('hand')).toHaveLength(2);
  ben.lose();
  ada.talk.ask({ type: 'hand', up: false });
  ada.talk.ask({ type: 'hand', up: true });
  await room.pass(1_000);
  ben.comeBack();
  await room.pass(8_000);
  expect(ben.of('hand').at(-1)).toEqual(late[0]?.of('hand').at(-1));
});

test('a hand raised without a socket is up once it is back; an older word on it is dropped', async () => {
  const room = new TalkRoom();
  const [ada, ben] = [room.join('Ada'), room.join('Ben')];
  ada.lose();
  ada.talk.ask({ type: 'hand', up: true });
  await room.pass(1_000);
  ada.comeBack();
  await room.pass(5_000);
  expect(ben.of('hand').at(-1)).toMatchObject({ up: true });
  const at = ben.of('hand').at(-1)?.changedAt ?? 0;
  const { encodeHand } = await import('../../member-messages/handMessage.ts');
  ben.hear(ada.member, { kind: MESSAGE_KINDS.hand, body: encodeHand({ up: false, changedAt: at - 1 }) });
  await room.pass(1_000);
  expect(ben.of('hand').at(-1)).toMatchObject({ up: true });
});

test('a command of somebody without an account is dropped; one that does not get out is said to have failed', async () => {
  const room = new TalkRoom();
  const [host, guest, ben] = [room.join('Host', 'member'), room.join('Guest'), room.join('Ben')];
  const command = { type: 'lower-hand', participantId: ben.id } as const;
  guest.talk.ask({ type: 'command', command });
  await room.pass(1_000);
  ben.hear(guest.member, { kind: MESSAGE_KINDS.command, body: encodeCommand(command) });
  host.talk.ask({ type: 'command', command });
  await room.pass(1_000);
  expect(ben.of('commanded')).toMatchObject([{ author: { participantId: host.id }, command }]);
  expect(host.of('commanded')).toHaveLength(1);
  host.lose();
  host.talk.ask({ type: 'command', command });
  await room.pass(1_000);
  expect(host.of('command-failed')).toHaveLength(1);
});

test('somebody who asks and asks makes nobody talk all the time', async () => {
  const room = new TalkRoom();
  const [ada, mallory] = [room.join('Ada'), room.join('Mallory')];
  ada.talk.ask({ type: 'hand', up: true });
  await room.pass(10_000);
  const relay = vi.spyOn(room, 'relay');
  const kind = MESSAGE_KINDS.catchUp;
  for (let second = 0; second < 600; second += 5) {
    ada.hear(mallory.member, { kind, body: new Uint8Array(0) });
    await room.pass(5_000);
  }
  expect(relay.mock.calls.length).toBeGreaterThan(5);
  expect(relay.mock.calls.length).toBeLessThan(40);
});

type Step = { readonly who: number; readonly does: 'say' | 'lose' | 'lose-answers' | 'return' | 'wait' };
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(2),
  does: fc.constantFrom('say', 'say', 'say', 'lose', 'lose-answers', 'return', 'return', 'wait'),
});

test('in every schedule of losses all hear each in order and once, and whoever lacks something knows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const room = new TalkRoom();
      const people = [room.join('A'), room.join('B'), room.join('C')];
      await room.pass(3_000);
      const said: string[][] = [[], [], []];
      for (const { who, does } of steps) {
        const person = people[who];
        if (person === undefined) throw new Error('nobody');
        if (does === 'say') {
          const text = `${who}.${said[who]?.length ?? 0}`;
          said[who]?.push(text);
          person.say(text);
        } else if (does === 'lose') person.lose();
        else if (does === 'lose-answers') person.answersLost = true;
        else if (does === 'return') {
          person.answersLost = false;
          if (!person.connected) person.comeBack();
          else person.talk.returned();
        }
        await room.pass(does === 'wait' ? 1_000 : 20);
      }
      for (const person of people) {
        person.answersLost = false;
        person.comeBack();
      }
      // Who has asked again and again is answered a minute later.
      await room.pass(90_000);
      for (const [index, person] of people.entries()) {
        let lacks = false;
        for (const [other, texts] of said.entries()) {
          if (other === index) continue;
          const heard = person.texts().filter((text) => text.startsWith(`${other}.`));
          expect(heard).toEqual(texts.filter((text) => heard.includes(text)));
          if (heard.length < texts.length) lacks = true;
        }
        if (lacks) expect(person.of('missed').length).toBeGreaterThan(0);
        if (!lacks) expect(person.of('missed')).toEqual([]);
        expect(person.of('delivered')).toHaveLength(said[index]?.length ?? 0);
      }
    }),
    { numRuns: 200 },
  );
});
