import { expect, test } from 'vitest';
import { encodeChat } from '../../member-messages/chatMessage.ts';
import {
  encodeMemberMessage,
  MESSAGE_KINDS,
  type MemberMessage,
} from '../../member-messages/memberMessage.ts';
import { MeetingGroup } from '../../mls/index.ts';
import { addTo, groupId, seat } from '../../mls/testing/people.ts';
import { LateTalk } from './LateTalk.ts';
import type { TalkEvent } from './talkMessages.ts';

// Whole messages through real groups, by the worker's own code: what each of three people can read.

class Person {
  readonly group: MeetingGroup;
  readonly told: TalkEvent[] = [];
  readonly sent: MemberMessage[] = [];
  /** What went to the server. */
  readonly sealed: Uint8Array[] = [];
  readonly talk: LateTalk;
  others: readonly Person[] = [];
  #changed: (() => void)[] = [];

  constructor(group: MeetingGroup) {
    this.group = group;
    this.talk = new LateTalk({
      send: (message) => this.send(message),
      tell: (events) => {
        this.told.push(...events);
        for (const resolve of this.#changed.splice(0)) resolve();
      },
      now: () => performance.now(),
      clock: () => Date.now(),
      random: () => 0,
      after: (ms, run) => setTimeout(run, Math.min(ms, 20)),
    });
    this.enter();
  }

  get participantId(): string {
    const own = this.group.members().find(({ leafIndex }) => leafIndex === this.group.ownLeaf);
    return own?.participantId ?? '';
  }

  enter(): void {
    for (const feature of this.talk.features) feature.enter?.(this.group);
  }

  async send(message: MemberMessage): Promise<void> {
    const sealed = await this.group.seal(encodeMemberMessage(message));
    this.sent.push(message);
    this.sealed.push(sealed);
    for (const other of this.others) await other.take(sealed);
  }

  async take(sealed: Uint8Array): Promise<void> {
    const processed = await this.group.process(sealed);
    if (processed.kind !== 'application') throw new Error('no message');
    const [kind, ...body] = processed.bytes;
    const { sender, epoch } = processed;
    this.talk.features
      .find((feature) => feature.kind === kind)
      ?.receive({ kind: kind as MemberMessage['kind'], body: new Uint8Array(body), sender, epoch });
  }

  async until<T extends TalkEvent['type']>(type: T): Promise<Extract<TalkEvent, { type: T }>> {
    for (;;) {
      const event = this.told.find((one): one is Extract<TalkEvent, { type: T }> => one.type === type);
      if (event !== undefined) return event;
      await this.#change();
    }
  }

  async hears(text: string): Promise<void> {
    while (!this.texts().includes(text)) await this.#change();
  }

  texts(): string[] {
    return this.told.flatMap((event) => (event.type === 'said' ? [event.text] : []));
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }
}

async function three(): Promise<[Person, Person, Person]> {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(ann, 'Bob');
  const cat = await addTo(bob, 'Cat', [ann]);
  const people = [new Person(ann), new Person(bob), new Person(cat)] as [Person, Person, Person];
  for (const person of people) person.others = people.filter((one) => one !== person);
  return people;
}

const say = (id: string, text: string, to: string | null) =>
  ({ type: 'say', id, text, sentAt: 1, replyTo: null, to }) as const;

test('a private message is read by its recipient, and the others see that there was one', async () => {
  const [ann, bob, cat] = await three();
  ann.talk.ask(say('AAAAAAAAAAAAAAAA', 'for Bob alone', bob.participantId));
  ann.talk.ask(say('BBBBBBBBBBBBBBBB', 'for all', null));
  expect(await bob.until('said')).toMatchObject({ text: 'for Bob alone', privately: true });
  await cat.until('said');
  expect(cat.texts()).toEqual(['for all']);
  expect(cat.told.some(({ type }) => type === 'missed')).toBe(false);
  // Nothing of it stands in what all can decrypt: neither the text, nor whom it is for.
  const [body] = ann.sent.map((message) => Buffer.from(message.body));
  expect(body?.includes('for Bob')).toBe(false);
  expect(body?.includes(Buffer.from(bob.participantId, 'base64url'))).toBe(false);
  // Nor can the server tell the two apart.
  expect(ann.sealed[0]?.length).toBe(ann.sealed[1]?.length);
});

test('another member can neither open it nor pass it off as their own', async () => {
  const [ann, bob, cat] = await three();
  ann.talk.ask(say('AAAAAAAAAAAAAAAA', 'from Ann', bob.participantId));
  await bob.until('said');
  const [stolen] = ann.sent;
  if (stolen === undefined) throw new Error('nothing was sent');
  await cat.send(stolen);
  // Sealed by the thief as if by Ann: MLS says who it is, whatever stands in it.
  const forged = await cat.group.sealTo(
    bob.group.ownLeaf,
    'Conclave private message v1',
    new Uint8Array(112),
  );
  const { kemOutput, ciphertext } = forged;
  const content = { type: 'private', kemOutput, ciphertext } as const;
  const body = encodeChat({ stream: new Uint8Array(8), sequence: 1, age: 0, content });
  await cat.send({ kind: MESSAGE_KINDS.chat, body });
  cat.talk.ask(say('CCCCCCCCCCCCCCCC', 'from Cat', bob.participantId));
  await bob.hears('from Cat');
  const authors = bob.told.flatMap((event) => (event.type === 'said' ? [event.author.name] : []));
  expect(authors).toEqual(['Ann', 'Cat']);
});

test('the same bytes from the server are taken once', async () => {
  const [ann, bob] = await three();
  ann.talk.ask(say('AAAAAAAAAAAAAAAA', 'once', bob.participantId));
  await bob.until('said');
  const [sealed] = ann.sealed;
  await expect(bob.take(sealed ?? new Uint8Array())).rejects.toMatchObject({ code: 'bad_message' });
  expect(bob.texts()).toEqual(['once']);
});
