import { type Bytes, concat } from '../bytes.ts';
import type { FrameFact } from './FrameFact.ts';
import { FRAME_HASH_BYTES } from './frameHash.ts';
import { LIST_LIMITS } from './listLimits.ts';

/**
 * The newest epoch (8 bytes), the number of sections (1), then for each epoch, the newest first: how many epochs older
 * it is (1), the first counter (4), how many counters it spans (2), a bit for each of them that says whether it is
 * listed, and the hashes of those that are (8 each). What is past the limits is left out, the oldest first.
 */
export function encodeList(facts: readonly FrameFact[]): Bytes {
  const newest = facts.reduce((epoch, fact) => (fact.epoch > epoch ? fact.epoch : epoch), 0n);
  const byEpoch = new Map<bigint, FrameFact[]>();
  for (const fact of facts.slice(-LIST_LIMITS.facts)) {
    const section = byEpoch.get(fact.epoch);
    if (section === undefined) byEpoch.set(fact.epoch, [fact]);
    else section.push(fact);
  }
  const sections = [...byEpoch]
    .filter(([epoch]) => newest - epoch < 256n)
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .slice(0, LIST_LIMITS.sections);
  const head = new DataView(new ArrayBuffer(9));
  head.setBigUint64(0, newest);
  head.setUint8(8, sections.length);
  return concat(
    new Uint8Array(head.buffer),
    ...sections.map(([epoch, section]) => encodeSection(Number(newest - epoch), section)),
  );
}

function encodeSection(age: number, facts: readonly FrameFact[]): Bytes {
  const sorted = facts.toSorted((one, other) => (one.counter < other.counter ? -1 : 1));
  const last = sorted.at(-1)?.counter ?? 0n;
  const kept = sorted.filter(({ counter }) => last - counter < BigInt(LIST_LIMITS.span));
  const first = kept[0]?.counter ?? 0n;
  const span = Number(last - first) + 1;
  const bitmapBytes = Math.ceil(span / 8);
  const section = new DataView(new ArrayBuffer(7 + bitmapBytes + kept.length * FRAME_HASH_BYTES));
  section.setUint8(0, age);
  section.setUint32(1, Number(first));
  section.setUint16(5, span);
  for (const [index, { counter, hash }] of kept.entries()) {
    const bit = Number(counter - first);
    const at = 7 + (bit >> 3);
    section.setUint8(at, section.getUint8(at) | (0x80 >> (bit & 7)));
    section.setBigUint64(7 + bitmapBytes + index * FRAME_HASH_BYTES, hash);
  }
  return new Uint8Array(section.buffer);
}
