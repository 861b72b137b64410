import type { FrameFact } from './FrameFact.ts';
import { FRAME_HASH_BYTES } from './frameHash.ts';
import { LIST_LIMITS } from './listLimits.ts';

export interface DecodedList {
  /** The newest epoch that it speaks of, in which it was signed. */
  readonly epoch: bigint;
  readonly facts: readonly FrameFact[];
  /** Where the signature begins. */
  readonly length: number;
}

/** Takes what `encodeList` makes, with something behind it. Null for anything else. */
export function decodeList(bytes: Uint8Array): DecodedList | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 9) return null;
  const epoch = view.getBigUint64(0);
  const sections = view.getUint8(8);
  if (sections < 1 || sections > LIST_LIMITS.sections) return null;
  const facts: FrameFact[] = [];
  let at = 9;
  let youngest = -1;
  for (let index = 0; index < sections; index++) {
    const section = decodeSection(view, at, epoch);
    // Each epoch once, in one order: one list has one form.
    if (section === null || section.age <= youngest) return null;
    youngest = section.age;
    facts.push(...section.facts);
    if (facts.length > LIST_LIMITS.facts) return null;
    at = section.end;
  }
  return { epoch, facts, length: at };
}

function decodeSection(view: DataView, start: number, newest: bigint) {
  if (start + 7 > view.byteLength) return null;
  const age = view.getUint8(start);
  const first = BigInt(view.getUint32(start + 1));
  const span = view.getUint16(start + 5);
  const epoch = newest - BigInt(age);
  const bitmap = start + 7;
  const hashes = bitmap + Math.ceil(span / 8);
  if (epoch < 0n || span < 1 || span > LIST_LIMITS.span || hashes > view.byteLength) return null;
  const facts: FrameFact[] = [];
  for (let bit = 0; bit < span; bit++) {
    if ((view.getUint8(bitmap + (bit >> 3)) & (0x80 >> (bit & 7))) === 0) continue;
    const at = hashes + facts.length * FRAME_HASH_BYTES;
    if (facts.length === LIST_LIMITS.facts || at + FRAME_HASH_BYTES > view.byteLength) return null;
    facts.push({ epoch, counter: first + BigInt(bit), hash: view.getBigUint64(at) });
  }
  return { age, facts, end: hashes + facts.length * FRAME_HASH_BYTES };
}
