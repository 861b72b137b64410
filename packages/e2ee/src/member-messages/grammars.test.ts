import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { type Bytes, concat } from '../bytes.ts';
import type { WrittenContent } from './chatContent.ts';
import { type ChatContent, type ChatMessage, decodeChat, encodeChat } from './chatMessage.ts';
import { isChatText, toChatText } from './chatText.ts';
import { decodeCommand, encodeCommand, type HostCommand } from './commandMessage.ts';
import { decodeHand, encodeHand } from './handMessage.ts';
import { decodePoll, encodePoll, type PollMessage, type PollVote } from './pollMessage.ts';
import { isPollText, POLL_LIMITS, toPollText } from './pollText.ts';
import { decodePrivate, encodePrivate } from './privateContent.ts';
import { isPrivateLength } from './privateLength.ts';
import { decodeQuestion, encodeQuestion, type QuestionMessage } from './questionMessage.ts';
import { decodeReaction, encodeReaction, REACTIONS } from './reactionMessage.ts';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((some) => new Uint8Array(some));
const id = bytes(12).map(toBase64Url);
const time = fc.maxSafeNat();
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 80 })
  .map((typed) => toChatText(typed))
  .filter((one) => one !== null);
const written: fc.Arbitrary<WrittenContent> = fc.oneof(
  fc.record({
    type: fc.constant('say' as const),
    id,
    sentAt: time,
    replyTo: fc.option(fc.record({ participantId: id, id })),
    text,
  }),
  fc.record({ type: fc.constant('delete' as const), id }),
  fc.record({ type: fc.constant('edit' as const), id, text }),
);
const content: fc.Arbitrary<ChatContent> = fc.oneof(
  written,
  fc.record({ type: fc.constant('head' as const) }),
  fc.record({
    type: fc.constant('private' as const),
    kemOutput: bytes(32),
    ciphertext: fc.constantFrom(128, 256, 512).chain(bytes),
  }),
);
const chat: fc.Arbitrary<ChatMessage> = fc.record({
  stream: bytes(8),
  sequence: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  age: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  content,
});
const command: fc.Arbitrary<HostCommand> = fc.oneof(
  fc.constant({ type: 'lower-all-hands' as const }),
  fc.record({ type: fc.constant('lower-hand' as const), participantId: id }),
  fc.record({ type: fc.constant('delete-message' as const), participantId: id, id }),
);
const line = (limit: number) =>
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 60 })
    .map((typed) => toPollText(typed, limit))
    .filter((one) => one !== null);
const revision = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const choices = fc.integer({ min: 0, max: 2 ** 16 - 1 });
const votes = fc
  .uniqueArray(fc.record({ participantId: id, revision, choices }), {
    selector: (vote) => vote.participantId,
    maxLength: 8,
  })
  .map((some) => some.toSorted(byId));
const poll: fc.Arbitrary<PollMessage> = fc.oneof(
  fc.record({
    type: fc.constant('announce' as const),
    terms: fc.record({
      id,
      question: line(POLL_LIMITS.question),
      options: fc.uniqueArray(line(POLL_LIMITS.option), { minLength: 2, maxLength: 10 }),
      multiple: fc.boolean(),
      named: fc.boolean(),
    }),
    votes,
  }),
  fc.record({
    type: fc.constant('vote' as const),
    votes: fc.array(fc.record({ poll: fc.record({ participantId: id, id }), revision, choices }), {
      minLength: 1,
      maxLength: 20,
    }),
  }),
  fc.record({ type: fc.constant('close' as const), poll: fc.record({ participantId: id, id }) }),
);
const hand = fc.record({ up: fc.boolean(), changedAt: time });
const reaction = fc.constantFrom(...REACTIONS);

function byId(one: PollVote, other: PollVote): number {
  return Buffer.compare(fromBase64Url(one.participantId), fromBase64Url(other.participantId));
}

/** What is said is read as it was; one byte more or less is refused, and no bytes make a parser throw. */
function holds<T>(arbitrary: fc.Arbitrary<T>, encode: (one: T) => Bytes, decode: (body: Bytes) => T | null) {
  fc.assert(
    fc.property(arbitrary, bytes(1), (one, more) => {
      const body = encode(one);
      expect(decode(body)).toEqual(one);
      expect(decode(concat(body, more))).toBeNull();
      expect(decode(body.slice(0, -1))).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (any) => {
      const decoded = decode(new Uint8Array(any));
      // One way to say a thing: whatever is read is what would have been written.
      if (decoded !== null) expect([...encode(decoded)]).toEqual([...any]);
    }),
    { numRuns: 1_000 },
  );
  // The same of bytes that are almost right.
  fc.assert(
    fc.property(arbitrary, fc.nat(), fc.nat(255), (one, at, byte) => {
      const body = encode(one);
      body[at % body.length] = byte;
      const decoded = decode(body);
      if (decoded !== null) expect([...encode(decoded)]).toEqual([...body]);
    }),
    { numRuns: 1_000 },
  );
}

test('chat', () => holds(chat, encodeChat, decodeChat));
test('reactions', () => holds(reaction, encodeReaction, decodeReaction));
test('hands', () => holds(hand, encodeHand, decodeHand));
test('commands', () => holds(command, encodeCommand, decodeCommand));
test('polls', () => holds(poll, encodePoll, decodePoll));
test('what is in a private message', () => holds(written, encodePrivate, decodePrivate));

describe('the text of a message', () => {
  const say = (words: string) =>
    encodeChat({
      stream: new Uint8Array(8),
      sequence: 1,
      age: 0,
      content: { type: 'say', id: 'AAAAAAAAAAAAAAAA', sentAt: 0, replyTo: null, text: words },
    });

  it('is at most 4,000 code points long', () => {
    expect(decodeChat(say('🎉'.repeat(4_000)))).not.toBeNull();
    expect(decodeChat(say('a'.repeat(4_001)))).toBeNull();
    expect(toChatText('a'.repeat(4_001))).toBeNull();
  });

  it('is NFC, has something to see and no control characters, or is dropped', () => {
    for (const bad of ['e\u0301', ' \n', '\u200b', 'a\u0000b', 'a\u001b[31m', 'a\rb', 'a\u0085b'])
      expect(decodeChat(say(bad)), JSON.stringify(bad)).toBeNull();
    for (const good of ['é', 'שלום', 'two\nlines\tand a tab', '👩‍👩‍👧'])
      expect(decodeChat(say(good)), good).not.toBeNull();
  });

  it('is made of what somebody typed', () => {
    expect(toChatText('  e\u0301\r\nzwei\u0007 \n')).toBe('é\nzwei');
    expect(toChatText('a\ud800b')).toBe('a\ufffdb');
    expect(toChatText(' \n\t')).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const made = toChatText(typed);
        expect(made === null || isChatText(made)).toBe(true);
      }),
    );
  });

  it('is UTF-8', () => {
    const body = say('ab');
    body[body.length - 1] = 0xff;
    expect(decodeChat(body)).toBeNull();
  });
});

it('a message without a number is none', () => {
  const numbered = (sequence: number, one: ChatContent) =>
    decodeChat(encodeChat({ stream: new Uint8Array(8), sequence, age: 0, content: one }));
  expect(numbered(0, { type: 'delete', id: 'AAAAAAAAAAAAAAAA' })).toBeNull();
  expect(numbered(0, { type: 'head' })).not.toBeNull();
});

it('a private text, a change and a deletion are of one length, whatever is in them', () => {
  fc.assert(
    fc.property(written, (one) => {
      const length = encodePrivate(one).length + 16;
      expect(isPrivateLength(length)).toBe(true);
      if (!('text' in one) || one.text.length < 20) expect(length).toBe(128);
    }),
  );
  const longest = { type: 'say', id: 'AAAAAAAAAAAAAAAA', sentAt: 0, replyTo: null } as const;
  const long = encodePrivate({ ...longest, text: '🎉'.repeat(4_000) });
  expect(decodePrivate(long)).not.toBeNull();
  expect(isPrivateLength(long.length + 16)).toBe(true);
});

describe('a poll', () => {
  const announce = (question: string, options: string[], some: PollVote[] = []) =>
    decodePoll(
      encodePoll({
        type: 'announce',
        terms: { id: 'AAAAAAAAAAAAAAAA', question, options, multiple: false, named: true },
        votes: some,
      }),
    );

  it('has a question of 200 characters at most, and 2 to 10 different options of 100', () => {
    expect(announce('🎉'.repeat(200), ['a'.repeat(100), 'b'])).not.toBeNull();
    expect(announce('a'.repeat(201), ['a', 'b'])).toBeNull();
    expect(announce('q', ['a'.repeat(101), 'b'])).toBeNull();
    expect(announce('q', ['a'])).toBeNull();
    expect(announce('q', [...'abcdefghijk'])).toBeNull();
    expect(announce('q', ['a', 'a'])).toBeNull();
    expect(announce('two\nlines', ['a', 'b'])).toBeNull();
    expect(announce(' q', ['a', 'b'])).toBeNull();
  });

  it('tells each voter once, and not too many', () => {
    const voter = (number: number): PollVote => ({
      participantId: toBase64Url(new Uint8Array(new Uint32Array([number, 0, 0]).buffer)),
      revision: 1,
      choices: 1,
    });
    expect(announce('q', ['a', 'b'], [voter(1), voter(2)])).not.toBeNull();
    expect(announce('q', ['a', 'b'], [voter(1), voter(1)])).toBeNull();
    const many = Array.from({ length: 1_001 }, (_, index) => voter(index));
    expect(announce('q', ['a', 'b'], many.slice(1))).not.toBeNull();
    expect(announce('q', ['a', 'b'], many)).toBeNull();
  });

  it('is made of what somebody typed', () => {
    expect(toPollText('  Where\n do we\tmeet? ', 200)).toBe('Where do we meet?');
    expect(toPollText(' ', 200)).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (typed) => {
        const made = toPollText(typed, 100);
        expect(made === null || isPollText(made, 100)).toBe(true);
      }),
    );
  });
});

const question: fc.Arbitrary<QuestionMessage> = fc.oneof(
  fc.record({ type: fc.constant('ask' as const), id, sentAt: time, text }),
  fc.record({ type: fc.constant('answer' as const), id, question: text, answer: fc.option(text) }),
  fc.record({ type: fc.constant('dismiss' as const), id }),
);

test('a question is read as it was written, and nothing else is', () => {
  fc.assert(
    fc.property(question, fc.uint8Array({ minLength: 1, maxLength: 3 }), (message, more) => {
      const body = encodeQuestion(message);
      expect(decodeQuestion(body)).toEqual(message);
      expect(decodeQuestion(concat(body, new Uint8Array(more)))).toBeNull();
      expect(decodeQuestion(body.slice(0, -1))).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (some) => void decodeQuestion(new Uint8Array(some))),
  );
});
