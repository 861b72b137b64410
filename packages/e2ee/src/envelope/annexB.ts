import type { Bytes } from '../bytes.ts';

/** `nal_unit_type` (ITU-T H.264, table 7-1). */
export const NAL = { slice: 1, idrSlice: 5, sps: 7, pps: 8 } as const;

export function nalTypeOf(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 0x1f;
}

export function isParameterSet(unit: Uint8Array): boolean {
  return nalTypeOf(unit) === NAL.sps || nalTypeOf(unit) === NAL.pps;
}

/** Where a start code of 3 or 4 bytes that begins at `at` ends; `at` when none does. */
export function startCodeEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0 || bytes[at + 1] !== 0) return at;
  if (bytes[at + 2] === 1) return at + 3;
  return bytes[at + 2] === 0 && bytes[at + 3] === 1 ? at + 4 : at;
}

/**
 * The NAL units of a byte stream (annex B), without copies, without start codes and the zeros around them; empty ones are
 * left out. With `untilSlice` it goes no further than to the first slice and does not look for its end.
 */
export function splitNalUnits(bytes: Bytes, { untilSlice }: { untilSlice: boolean }): Bytes[] {
  const units: Bytes[] = [];
  let start = nextStart(bytes, 0);
  while (start < bytes.length) {
    const type = nalTypeOf(bytes.subarray(start, start + 1));
    const isSlice = type === NAL.slice || type === NAL.idrSlice;
    const next = untilSlice && isSlice ? bytes.length : nextStart(bytes, start);
    let end = next < bytes.length || endsInStartCode(bytes, next) ? next - 3 : bytes.length;
    while (end > start && bytes[end - 1] === 0) end -= 1;
    if (end > start) units.push(bytes.subarray(start, end));
    if (untilSlice && isSlice) break;
    start = next;
  }
  return units;
}

/** The byte after the next 00 00 01; the length when there is none. */
function nextStart(bytes: Bytes, from: number): number {
  let at = bytes.indexOf(1, from + 2);
  while (at >= 0) {
    if (bytes[at - 1] === 0 && bytes[at - 2] === 0) return at + 1;
    at = bytes.indexOf(1, at + 1);
  }
  return bytes.length;
}

function endsInStartCode(bytes: Bytes, end: number): boolean {
  return bytes[end - 1] === 1 && bytes[end - 2] === 0 && bytes[end - 3] === 0;
}
