import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeList } from './encodeList.ts';
import type { FrameFact } from './FrameFact.ts';
import { PROVING, ReceivedFrames } from './ReceivedFrames.ts';
import { LISTING, SentFrames } from './SentFrames.ts';

interface Sent {
  readonly at: number;
  readonly stream: string;
  readonly fact: FrameFact;
  readonly list: readonly FrameFact[] | null;
}

/** What a line sends: `streams` at one rate, their key frames at these times. */
function send(options: {
  readonly ms: number;
  readonly everyMs: number;
  readonly streams?: readonly string[];
  readonly keysAt?: readonly number[];
}): Sent[] {
  const { ms, everyMs, streams = ['a'], keysAt = [] } = options;
  const frames = new SentFrames(512);
  const sent: Sent[] = [];
  let counter = 0n;
  for (let at = 0; at < ms; at += everyMs) {
    const isKey = keysAt.some((time) => time >= at && time < at + everyMs);
    for (const stream of streams) {
      const list = frames.takeDue(stream, at);
      const fact = { epoch: 1n, counter, hash: counter * 7n + 1n };
      frames.sent(stream, fact, { isKey, now: at });
      sent.push({ at, stream, fact, list });
      counter += 1n;
    }
  }
  return sent;
}

/** What became of it at somebody who got this of it, in this order. */
function receive(sent: readonly Sent[], proofs = new ReceivedFrames()) {
  const doubts: (string | null)[] = [];
  const refused: bigint[] = [];
  for (const { at, fact, list } of sent) {
    if (!proofs.receive(fact, at)) refused.push(fact.counter);
    if (list !== null) proofs.learn(list);
    doubts.push(proofs.doubt);
  }
  return { doubts: new Set(doubts), doubt: doubts.at(-1), refused };
}

const forge = (one: Sent): Sent => ({ ...one, fact: { ...one.fact, hash: one.fact.hash ^ 1n }, list: null });
const honest = new Set([null]);

describe('lists', () => {
  test('every frame is in two lists of its stream, half a second apart', () => {
    const sent = send({ ms: 10_000, everyMs: 20 });
    const lists = sent.flatMap(({ list, at }) => (list === null ? [] : [{ list, at }]));
    expect(lists.length).toBe(19);
    const times = new Map<bigint, number>();
    for (const { list } of lists)
      for (const { counter } of list) times.set(counter, (times.get(counter) ?? 0) + 1);
    const inTime = sent.filter(({ at }) => at < 8_900);
    for (const { fact } of inTime) expect(times.get(fact.counter)).toBe(2);
  });

  test('a list is of its own stream, but after a key frame of all', () => {
    const sent = send({ ms: 8_000, everyMs: 40, streams: ['low', 'high'], keysAt: [0, 5_000] });
    const foreign = sent.flatMap(({ at, stream, list }) =>
      list?.some(({ counter }) => (counter % 2n === 0n ? 'low' : 'high') !== stream) ? [at] : [],
    );
    // Two lists of each stream: the frame after the key frame, and half a second later.
    expect(new Set(foreign)).toEqual(new Set([40, 560, 5_040, 5_560]));
  });

  test('what is seldom sent is listed with the next frame, however late', () => {
    const sent = send({ ms: 30_000, everyMs: 3_000 });
    expect(sent.slice(2).every(({ list }) => list?.length === 2)).toBe(true);
  });

  test('a list has no more hashes than it may', () => {
    const frames = new SentFrames(100);
    for (let index = 0; index < 5_000; index++)
      frames.sent('a', { epoch: 1n, counter: BigInt(index), hash: 1n }, { isKey: false, now: index / 10 });
    const list = frames.takeDue('a', 600);
    expect(list).toHaveLength(100);
    expect(list?.at(-1)?.counter).toBe(4_999n);
  });

  test('what they cost, bit/s: a microphone, and a camera of 30 frames/s', () => {
    // Beside this each frame has one byte, which says whether a list is attached.
    const cost = (sent: readonly Sent[]) => {
      const bytes = sent.reduce((sum, { list }) => sum + (list ? encodeList(list).length + 64 + 2 : 0), 0);
      return Math.round((bytes * 8) / 20);
    };
    expect(cost(send({ ms: 20_000, everyMs: 20 }))).toBeCloseTo(7_600, -3);
    expect(cost(send({ ms: 20_000, everyMs: 33, keysAt: [0] }))).toBeCloseTo(5_000, -3);
  });
});

describe('an honest sender is not doubted', () => {
  test.each([
    ['sound', { everyMs: 20 }],
    ['pictures', { everyMs: 33, streams: ['a', 'b', 'c'], keysAt: [0, 4_000] }],
    ['a shared screen that seldom changes', { everyMs: 1_700 }],
  ])('%s, with nothing lost', (_, how) => {
    expect(receive(send({ ms: 60_000, ...how })).doubts).toEqual(honest);
  });

  test('whatever gets lost, up to a quarter, comes late, or comes twice', () => {
    fc.assert(
      fc.property(
        fc.record({
          everyMs: fc.constantFrom(10, 20, 33, 66),
          loss: fc.double({ min: 0, max: 0.25, noNaN: true }),
          late: fc.double({ min: 0, max: 0.2, noNaN: true }),
          chances: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        }),
        ({ everyMs, loss, late, chances }) => {
          const chance = () => chances.next().value ?? 0;
          const arrivals = send({ ms: 30_000, everyMs, keysAt: [0] })
            .filter(() => chance() >= loss)
            .map((one) => ({ ...one, at: one.at + (chance() < late ? chance() * 800 : 0) }))
            .sort((one, other) => one.at - other.at);
          const { doubts, refused } = receive(arrivals);
          expect(doubts.has('forged')).toBe(false);
          expect(refused).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('three of ten packets lost at random, and none sent again, for ten minutes', () => {
    let seed = 1;
    const chance = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const arrivals = send({ ms: 600_000, everyMs: 20 }).filter(() => chance() >= 0.3);
    expect(receive(arrivals).doubts).toEqual(honest);
  });

  test('two lists that come back to back after an outage', () => {
    const arrivals = send({ ms: 20_000, everyMs: 20 }).filter(({ at }) => at < 5_000 || at > 8_000);
    expect(receive(arrivals).doubts).toEqual(honest);
  });

  test('who watches goes from one layer to another at a key frame, every other second', () => {
    const keysAt = Array.from({ length: 20 }, (_, index) => index * 2_000 + 90);
    const sent = send({ ms: 40_000, everyMs: 33, streams: ['low', 'high'], keysAt });
    const arrivals = sent.filter(({ at, stream }) => {
      const switches = keysAt.filter((time) => at >= Math.floor(time / 33) * 33).length;
      return stream === (switches % 2 === 0 ? 'low' : 'high');
    });
    expect(receive(arrivals).doubts).toEqual(honest);
  });

  test('who is heard for a second and then not for a while, again and again', () => {
    const arrivals = send({ ms: 60_000, everyMs: 20 }).filter(({ at }) => at % 3_000 < 900);
    expect(receive(arrivals).doubts).toEqual(honest);
  });
});

describe('somebody else', () => {
  const sent = send({ ms: 20_000, everyMs: 20 });

  test('who replaces one frame is found out with the next list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), (index) => {
        const proofs = new ReceivedFrames();
        const forged = sent.map((one, at) => (at === index ? forge(one) : one));
        const until = forged.findIndex(
          ({ at, list }) =>
            at > (forged[index]?.at ?? 0) && list?.some(({ counter }) => counter === BigInt(index)),
        );
        expect((forged[until]?.at ?? 0) - (forged[index]?.at ?? 0)).toBeLessThanOrEqual(LISTING.every + 40);
        expect(receive(forged.slice(0, until), proofs).doubts).toEqual(honest);
        expect(receive(forged.slice(until, until + 1), proofs).doubt).toBe('forged');
      }),
    );
  });

  test('who replaces a frame that is listed already is refused at once', () => {
    const index = sent.findIndex(({ at, list }) => at > 2_000 && list !== null);
    const target = sent[index - 3] as Sent;
    const late = { ...forge(target), at: (sent[index]?.at ?? 0) + 1 };
    const arrivals = [...sent.slice(0, index + 1).filter((one) => one !== target), late];
    expect(receive(arrivals)).toMatchObject({ refused: [target.fact.counter], doubt: 'forged' });
  });

  test('who sends without lists is found out within six seconds', () => {
    const bare = sent.map((one) => ({ ...one, list: null }));
    expect(receive(bare.filter(({ at }) => at < PROVING.grace)).doubts).toEqual(honest);
    expect(receive(bare.filter(({ at }) => at < 6_000)).doubt).toBe('unsigned');
  });

  test('who sends in short bursts without lists is found out', () => {
    const bursts = sent.filter(({ at }) => at % 2_000 < 300).map((one) => ({ ...one, list: null }));
    const longer = Array.from({ length: 6 }, (_, round) =>
      bursts.map((one) => ({
        ...one,
        at: one.at + round * 20_000,
        fact: { ...one.fact, counter: one.fact.counter + BigInt(round * 1_000) },
      })),
    ).flat();
    expect(receive(longer).doubt).toBe('unsigned');
  });

  test('who has lists of another stream with them proves nothing by that', () => {
    const other = sent.map(({ fact, at, list, stream }) => ({
      at,
      stream,
      fact: { ...fact, counter: fact.counter + 100_000n },
      list,
    }));
    expect(receive(other.filter(({ at }) => at < 6_000)).doubt).toBe('unsigned');
  });

  test('a list that is told again proves nothing new', () => {
    const old = sent.find(({ list }) => list !== null)?.list ?? [];
    const replaying = sent.slice(50).map((one, index) => ({ ...one, list: index % 25 === 0 ? old : null }));
    expect(receive(replaying.filter(({ at }) => at < 7_000)).doubt).toBe('unsigned');
  });

  test('is forgotten when for some seconds all is proved', () => {
    const forged = sent.map((one, at) => (at === 100 ? forge(one) : one));
    const { doubts, doubt } = receive(forged);
    expect(doubts).toEqual(new Set([null, 'forged']));
    expect(doubt).toBeNull();
    // Not by time alone.
    const unproved = forged.map((one, at) => (at > 130 ? { ...one, list: null } : one));
    expect(receive(unproved).doubt).toBe('forged');
  });
});
