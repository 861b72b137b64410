import type { Random } from './Random.ts';

/** No packet and no message is larger. */
const MOST = 65_536;
const LINE_FEED = 0x0a;
const BYTES = [
  0, 1, 2, 4, 0x0f, 0x10, 0x1f, 0x20, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0xbe, 0xc8, 0xcd, 0xce, 0xde,
  0xff,
];
const WORDS = [0, 1, 2, 3, 4, 5, 16, 63, 255, 256, 0x1fff, 0x7fff, 0x8000, 0xbede, 0x1000, 0xfffe, 0xffff];

type Mutation = (input: Uint8Array, random: Random, corpus: readonly Uint8Array[]) => Uint8Array;

function changed(input: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(input);
  if (copy.length > 0) change(copy);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, MOST);
}

/** What parsers of lengths and counts stumble over: a bit, a byte, a length, a piece too many, too few, or of something else. */
const MUTATIONS: readonly Mutation[] = [
  (input, random) =>
    changed(input, (copy) => {
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }),
  (input, random) =>
    changed(input, (copy) => {
      copy[random.below(copy.length)] = random.pick(BYTES);
    }),
  (input, random) =>
    changed(input, (copy) => {
      copy[random.below(Math.min(copy.length, 32))] = random.below(256);
    }),
  (input, random) =>
    changed(input, (copy) => {
      const at = random.below(copy.length) & ~1;
      const word = random.pick(WORDS);
      copy[at] = word >> 8;
      if (at + 1 < copy.length) copy[at + 1] = word & 0xff;
    }),
  (input, random) =>
    changed(input, (copy) => {
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) + random.pick([-4, -2, -1, 1, 2, 4]);
    }),
  (input, random) => input.slice(0, random.below(input.length + 1)),
  (input, random) => {
    const at = random.below(input.length + 1);
    return joined(input.subarray(0, at), input.subarray(at + 1 + random.below(8)));
  },
  (input, random) => {
    const [at, from] = [random.below(input.length + 1), random.below(input.length + 1)];
    const piece = input.subarray(from, from + 1 + random.below(32));
    return joined(input.subarray(0, at), piece, input.subarray(at));
  },
  (input, random) => {
    const at = random.below(input.length + 1);
    const filling = new Uint8Array(1 + random.below(64)).fill(random.pick(BYTES));
    return joined(input.subarray(0, at), filling, input.subarray(at));
  },
  (input, random, corpus) => {
    const other = random.pick(corpus);
    return joined(
      input.subarray(0, random.below(input.length + 1)),
      other.subarray(random.below(other.length + 1)),
    );
  },
  (input, random, corpus) => joined(input, random.pick(corpus)),
  // Of texts: a line too many, too few, or at another place.
  (input, random) => {
    const [from, to] = line(input, random);
    return random.below(2) === 0
      ? joined(input.subarray(0, from), input.subarray(to))
      : joined(input.subarray(0, to), input.subarray(from));
  },
  (input, random, corpus) => {
    const other = random.pick(corpus);
    const [from, to] = line(other, random);
    const [at] = line(input, random);
    return joined(input.subarray(0, at), other.subarray(from, to), input.subarray(at));
  },
];

/** Where some line begins and ends; of what has no lines, some stretch. */
function line(input: Uint8Array, random: Random): [from: number, to: number] {
  const at = random.below(input.length + 1);
  const from = input.lastIndexOf(LINE_FEED, Math.max(0, at - 1)) + 1;
  const end = input.indexOf(LINE_FEED, at);
  return [Math.min(from, at), end < 0 ? input.length : end + 1];
}

/** Some changes, one on top of the other. */
export function mutate(input: Uint8Array, random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  let mutated = input;
  for (let change = 1 + random.below(4); change > 0; change--)
    mutated = random.pick(MUTATIONS)(mutated, random, corpus);
  return mutated;
}
