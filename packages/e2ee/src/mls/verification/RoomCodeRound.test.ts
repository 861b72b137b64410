import { createHash, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emojiTable } from './emoji.ts';
import { RoomCodeRound } from './RoomCodeRound.ts';
import { type RoomCode, roomCodeFrom } from './roomCode.ts';

const epochAuthenticator = new Uint8Array(32).fill(9);
const leaves = [0, 1, 4];

function round(ownLeaf: number, over: Partial<ConstructorParameters<typeof RoomCodeRound>[0]> = {}) {
  return new RoomCodeRound({ epoch: 3, epochAuthenticator, ownLeaf, leaves, ...over });
}

/** Everybody's messages to everybody else, each sender's in order, senders mixed as `pick` says. */
function run(rounds: Map<number, RoomCodeRound>, pick: (count: number) => number): Map<number, RoomCode> {
  const codes = new Map<number, RoomCode>();
  const queues = new Map<string, { from: number; to: number; message: Uint8Array }[]>();
  const take = (leaf: number, step: ReturnType<RoomCodeRound['start']>) => {
    if (step.code !== null) codes.set(leaf, step.code);
    for (const message of step.send) {
      for (const to of rounds.keys()) {
        if (to === leaf) continue;
        const key = `${leaf}>${to}`;
        queues.set(key, [...(queues.get(key) ?? []), { from: leaf, to, message }]);
      }
    }
  };
  const [first] = rounds.keys();
  if (first !== undefined) take(first, rounds.get(first)?.start() ?? { send: [], code: null });
  for (;;) {
    const busy = [...queues.values()].filter((queue) => queue.length > 0);
    const next = busy[pick(busy.length)]?.shift();
    if (next === undefined) return codes;
    take(next.to, rounds.get(next.to)?.receive(3, next.from, next.message) ?? { send: [], code: null });
  }
}

test('all see one code, in whatever order messages arrive, when one of them asks', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(1_000)), (stream) => {
      const rounds = new Map(leaves.map((leaf) => [leaf, round(leaf)]));
      const codes = run(rounds, (count) => (count === 0 ? 0 : (stream.next().value ?? 0) % count));
      expect([...codes.keys()].sort()).toEqual(leaves);
      const [first] = codes.values();
      for (const code of codes.values()) expect(code).toEqual(first);
      expect(first?.emoji).toHaveLength(7);
      expect(first?.digits.join('')).toMatch(/^[0-9]{30}$/);
    }),
    { numRuns: 50 },
  );
});

test('nobody shows the nonce before all leaves have committed', () => {
  const mine = round(0);
  const others = [round(1), round(4)];
  expect(mine.start().send).toHaveLength(1);
  const [one, four] = others.map((other) => other.start().send[0] ?? new Uint8Array());
  expect(mine.receive(3, 1, one ?? new Uint8Array()).send).toEqual([]);
  const step = mine.receive(3, 4, four ?? new Uint8Array());
  expect(step.send.map((message) => message[0])).toEqual([2]);
  expect(step.code).toBeNull();
  expect(mine.missing()).toEqual([1, 4]);
});

test('who commits twice, shows another nonce or shows it uncommitted ends the round without a code', () => {
  const commitment = (leaf: number) => round(leaf).start().send[0] ?? new Uint8Array();
  const nonce = Uint8Array.of(2, ...new Uint8Array(32));
  const cheats = [[commitment(1), commitment(1)], [commitment(1), nonce], [nonce]];
  for (const messages of cheats) {
    const mine = round(0);
    const last = messages.pop() ?? new Uint8Array();
    for (const message of messages) mine.receive(3, 1, message);
    expect(() => mine.receive(3, 1, last)).toThrow(expect.objectContaining({ code: 'bad_message' }));
    expect(() => mine.receive(3, 4, commitment(4))).toThrow(expect.objectContaining({ code: 'bad_message' }));
    expect(mine.start()).toEqual({ send: [], code: null });
  }
});

test('messages of another epoch, of nobody in the round, or of another form are refused and change nothing', () => {
  const mine = round(0);
  const message = round(1).start().send[0] ?? new Uint8Array();
  expect(() => mine.receive(4, 1, message)).toThrow(expect.objectContaining({ code: 'stale_epoch' }));
  expect(() => mine.receive(3, 2, message)).toThrow(expect.objectContaining({ code: 'not_a_member' }));
  expect(() => mine.receive(3, 0, message)).toThrow(expect.objectContaining({ code: 'not_a_member' }));
  for (const bad of [new Uint8Array(), message.subarray(1), Uint8Array.of(3, ...message.subarray(1))])
    expect(() => mine.receive(3, 1, bad)).toThrow(expect.objectContaining({ code: 'malformed' }));
  expect(mine.receive(3, 1, message).send).toHaveLength(1);
});

test('a commitment of one leaf or epoch is of no use for another', () => {
  const fixed = (bytes: Uint8Array) => bytes.fill(5);
  const one = round(1, { random: fixed }).start().send[0];
  expect(round(4, { random: fixed }).start().send[0]).not.toEqual(one);
  const elsewhere = { random: fixed, epochAuthenticator: new Uint8Array(32) };
  expect(round(1, elsewhere).start().send[0]).not.toEqual(one);
});

test('the code is the one that another implementation of the description gives, and changes with every nonce', () => {
  const nonces = new Map([
    [4, new Uint8Array(32).fill(2)],
    [0, new Uint8Array(32).fill(1)],
  ]);
  const code = roomCodeFrom(epochAuthenticator, nonces);
  const ordered = Buffer.concat([
    Buffer.alloc(4),
    Buffer.alloc(32, 1),
    Buffer.from([0, 0, 0, 4]),
    Buffer.alloc(32, 2),
  ]);
  const salt = new Uint8Array(createHash('sha256').update(ordered).digest());
  const bytes = Buffer.from(hkdfSync('sha256', epochAuthenticator, salt, 'Conclave room code v1', 36));
  expect(code.digits[0]).toBe(String(bytes.readUIntBE(6, 5) % 100_000).padStart(5, '0'));
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  expect(code.emoji.map((emoji) => emojiTable.indexOf(emoji))).toEqual(
    [0, 6, 12, 18, 24, 30, 36].map((at) => Number.parseInt(bits.slice(at, at + 6), 2)),
  );
  const other = roomCodeFrom(epochAuthenticator, new Map([...nonces, [4, new Uint8Array(32).fill(3)]]));
  expect(other).not.toEqual(code);
});

test('64 pictures with 64 names', () => {
  expect(emojiTable).toHaveLength(64);
  expect(new Set(emojiTable.map((emoji) => emoji.picture)).size).toBe(64);
  expect(new Set(emojiTable.map((emoji) => emoji.name)).size).toBe(64);
  for (const { picture, name } of emojiTable) {
    expect(picture).toMatch(/^(\p{Emoji_Presentation}|\p{Emoji}\ufe0f)$/u);
    expect(name).toMatch(/^[a-z]+$/);
  }
});
