import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bytes } from '../../bytes.ts';
import type { GroupMember } from '../../mls/index.ts';
import { MOST_PEOPLE, RoomCodeExchange } from './RoomCodeExchange.ts';

const participantId = (leaf: number) => `participant-${String(leaf).padStart(4, '0')}`;

function members(count: number): readonly GroupMember[] {
  return Array.from({ length: count }, (_, leafIndex) => ({
    kind: 'guest',
    leafIndex,
    participantId: participantId(leafIndex),
    name: `Person ${leafIndex}`,
    deviceKey: new Uint8Array(32).fill(leafIndex),
    notAfter: 1,
  }));
}

/** Everybody in one group, a clock that is moved by hand, and messages that arrive when they are told to. */
class Room {
  readonly all: RoomCodeExchange[] = [];
  readonly sent: { from: number; to: number; epoch: number; message: Bytes }[] = [];
  now = 0;
  epoch = 0;
  count = 0;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  constructor(size: number, people = size) {
    this.count = people;
    for (let from = 0; from < size; from++) {
      this.all.push(
        new RoomCodeExchange({
          send: async (message, epoch) => {
            for (let to = 0; to < size; to++) if (to !== from) this.sent.push({ from, to, epoch, message });
          },
          changed: () => {},
          now: () => this.now,
          after: (ms, run) => {
            const timer = { at: this.now + ms, run };
            this.#timers.add(timer);
            return () => this.#timers.delete(timer);
          },
        }),
      );
    }
    this.advance();
  }

  /** The next epoch, for everybody. */
  advance(): void {
    this.epoch += 1;
    for (const [ownLeaf, one] of this.all.entries())
      one.enter({
        epoch: this.epoch,
        ownLeaf,
        epochAuthenticator: new Uint8Array(32).fill(this.epoch),
        members: members(this.count),
      });
  }

  deliver(lost: (message: { from: number; to: number }) => boolean = () => false): void {
    for (let next = this.sent.shift(); next !== undefined; next = this.sent.shift()) {
      if (lost(next)) continue;
      const sender = members(this.count)[next.from];
      if (sender !== undefined) this.all[next.to]?.receive(next.epoch, sender, next.message);
    }
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [due] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      this.#timers.delete(due);
      this.now = Math.max(this.now, due.at);
      due.run();
    }
    this.now = end;
  }

  views() {
    return this.all.map((one) => one.view());
  }
}

test('nothing is sent until somebody looks, and then all have one code', () => {
  const room = new Room(4);
  expect(room.sent).toEqual([]);
  expect(room.views().map(({ name }) => name)).toEqual(['none', 'none', 'none', 'none']);
  room.all[2]?.watch(true);
  room.deliver();
  const [first] = room.views();
  expect(first?.name).toBe('known');
  for (const view of room.views()) expect(view).toEqual(first);
});

test('each epoch has a code of its own, asked for again only while somebody looks', () => {
  const room = new Room(3);
  room.all[0]?.watch(true);
  room.deliver();
  const before = room.views()[1];
  room.pass(5_000);
  room.advance();
  room.deliver();
  expect(room.views()[1]?.name).toBe('known');
  expect(room.views()[1]).not.toEqual(before);
  room.all[0]?.watch(false);
  room.pass(5_000);
  room.advance();
  room.pass(60_000);
  expect(room.sent).toEqual([]);
  expect(room.views()[1]?.name).toBe('none');
});

test('epochs that follow each other at once do not make a round each', () => {
  const room = new Room(3);
  room.all[0]?.watch(true);
  room.deliver();
  for (let index = 0; index < 5; index++) room.advance();
  expect(room.sent).toEqual([]);
  expect(room.views()[0]?.name).toBe('exchanging');
  room.pass(2_000);
  room.deliver();
  room.pass(2_000);
  room.deliver();
  expect(room.views().map(({ name }) => name)).toEqual(['known', 'known', 'known']);
});

test('who has not answered is named, and what was lost is said again', () => {
  const room = new Room(3);
  room.all[0]?.watch(true);
  room.deliver(({ from, to }) => from === 2 || to === 2);
  expect(room.views()[0]).toEqual({ name: 'exchanging', missing: [participantId(1), participantId(2)] });
  room.pass(6_000);
  room.deliver();
  expect(room.views().map(({ name }) => name)).toEqual(['known', 'known', 'known']);
});

/** One of the messages alone. */
function* lostOnly(lost: number) {
  for (let count = 0; ; count++) yield count === lost;
}

test('whatever gets lost for a while, the code comes to whoever looks and nobody is taken for a cheat', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.boolean()), (stream) => {
      const room = new Room(4);
      room.all[0]?.watch(true);
      room.deliver(() => stream.next().value === true);
      for (let round = 0; round < 3; round++) {
        room.pass(6_000);
        room.deliver();
      }
      const [first] = room.views();
      expect(first?.name).toBe('known');
      // To somebody who has not looked, the last of it may have been lost: nobody asks for it any more.
      for (const one of room.all) one.watch(true);
      room.pass(6_000);
      room.deliver();
      for (const view of room.views()) expect(view).toEqual(first);
    }),
    { numRuns: 50, examples: [[fc.stream(lostOnly(16))], [fc.stream(lostOnly(20))]] },
  );
});

test('somebody who goes back on their word ends the round, by name', () => {
  const room = new Room(3);
  room.all[0]?.watch(true);
  room.all[1]?.receive(1, members(3)[2] as GroupMember, Uint8Array.of(1, ...new Uint8Array(32)));
  room.all[1]?.receive(1, members(3)[2] as GroupMember, Uint8Array.of(1, ...new Uint8Array(32).fill(1)));
  expect(room.views()[1]).toEqual({ name: 'broken', participantId: participantId(2) });
  room.deliver();
  expect(room.views()[1]).toEqual({ name: 'broken', participantId: participantId(2) });
  expect(room.all[1]?.knownIn).toBeNull();
  room.advance();
  room.pass(4_000);
  room.deliver();
  expect(room.views()[1]?.name).toBe('known');
});

test('messages of other epochs and without meaning change nothing', () => {
  const room = new Room(2);
  const bob = members(2)[1] as GroupMember;
  for (const message of [new Uint8Array(), new Uint8Array(33), new Uint8Array(5_000)])
    room.all[0]?.receive(1, bob, message);
  room.all[0]?.receive(7, bob, Uint8Array.of(1, ...new Uint8Array(32)));
  expect(room.views()[0]?.name).toBe('none');
  expect(room.sent).toEqual([]);
});

test('somebody who asks again and again is answered a few times', () => {
  const room = new Room(2);
  room.all[1]?.watch(true);
  const asked = room.sent.shift();
  let answers = 0;
  for (let index = 0; index < 100 && asked !== undefined; index++) {
    room.now += 3_000;
    room.all[0]?.receive(asked.epoch, members(2)[1] as GroupMember, asked.message);
    answers += room.sent.splice(0).filter(({ from }) => from === 0).length;
  }
  expect(answers).toBeLessThanOrEqual(2 + 2 * 5);
});

test('alone there is nothing to compare, and with too many nobody takes part', () => {
  const alone = new Room(1);
  alone.all[0]?.watch(true);
  expect(alone.views()[0]).toEqual({ name: 'alone' });
  const crowd = new Room(2, MOST_PEOPLE + 1);
  crowd.all[0]?.watch(true);
  crowd.all[1]?.receive(1, members(3)[2] as GroupMember, Uint8Array.of(1, ...new Uint8Array(32)));
  expect(crowd.sent).toEqual([]);
  expect(crowd.views()[0]).toEqual({ name: 'tooMany', limit: MOST_PEOPLE });
});
