import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase64Url } from '../base64url.ts';
import { type Bytes, concat } from '../bytes.ts';
import { type ChatContent, type ChatMessage, decodeChat, encodeChat } from './chatMessage.ts';
import { isChatText, toChatText } from './chatText.ts';
import { decodeCommand, encodeCommand, type HostCommand } from './commandMessage.ts';
import { decodeHand, encodeHand } from './handMessage.ts';
import { decodeReaction, encodeReaction, REACTIONS } from './reactionMessage.ts';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((some) => new Uint8Array(some));
const id = bytes(12).map(toBase64Url);
const time = fc.maxSafeNat();
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 80 })
  .map((typed) => toChatText(typed))
  .filter((one) => one !== null);
const content: fc.Arbitrary<ChatContent> = fc.oneof(
  fc.record({
    type: fc.constant('say' as const),
    id,
    sentAt: time,
    replyTo: fc.option(fc.record({ participantId: id, id })),
    text,
  }),
  fc.record({ type: fc.constant('delete' as const), id }),
  fc.record({ type: fc.constant('head' as const) }),
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
);
const hand = fc.record({ up: fc.boolean(), changedAt: time });
const reaction = fc.constantFrom(...REACTIONS);

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
}

test('chat', () => holds(chat, encodeChat, decodeChat));
test('reactions', () => holds(reaction, encodeReaction, decodeReaction));
test('hands', () => holds(hand, encodeHand, decodeHand));
test('commands', () => holds(command, encodeCommand, decodeCommand));

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
