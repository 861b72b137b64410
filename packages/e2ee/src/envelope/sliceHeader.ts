import type { Bytes } from '../bytes.ts';

/** `slice_type` I of key frames and P of others (ITU-T H.264, table 7-6). */
const I_SLICE = 2;
const P_SLICE = 0;
const MAX_PPS_ID = 255;
/** NAL header, then the three numbers with any macroblock count and type. */
const HEADER_BYTES = 12;

/**
 * How a slice header begins (section 7.3.3): `first_mb_in_slice` 0, the type, the picture parameter set, then ones up to
 * the byte. 1 byte up to set 2, at most 3, none of them zero.
 */
export function sliceStart(key: boolean, ppsId: number): Bytes {
  let bits = `1${expGolomb(key ? I_SLICE : P_SLICE)}${expGolomb(ppsId)}`;
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = new Uint8Array(bits.length / 8);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(bits.slice(8 * index, 8 * index + 8), 2);
  return bytes;
}

/** Reads what `sliceStart` made, behind the NAL header of a slice. Null when it is something else. */
export function readSliceStart(unit: Bytes, key: boolean): { ppsId: number; length: number } | null {
  const ppsId = ppsIdIn(unit);
  if (ppsId === null) return null;
  const expected = sliceStart(key, ppsId);
  const matches = expected.every((byte, index) => byte === unit[1 + index]);
  return matches ? { ppsId, length: expected.length } : null;
}

/** The picture parameter set that a slice of an encoder names; 0, the usual one, when it cannot be read. */
export function ppsIdOfSlice(unit: Bytes): number {
  return ppsIdIn(unit) ?? 0;
}

function ppsIdIn(unit: Bytes): number | null {
  let bits = '';
  for (const byte of unit.subarray(1, HEADER_BYTES)) bits += byte.toString(2).padStart(8, '0');
  let at = 0;
  let value = 0;
  // first_mb_in_slice, slice_type, pic_parameter_set_id
  for (let field = 0; field < 3; field++) {
    const zeros = bits.indexOf('1', at) - at;
    if (zeros < 0 || zeros > 16 || at + 2 * zeros + 1 > bits.length) return null;
    value = Number.parseInt(bits.slice(at + zeros, at + 2 * zeros + 1), 2) - 1;
    at += 2 * zeros + 1;
  }
  return value <= MAX_PPS_ID ? value : null;
}

/** ue(v), section 9.1. */
function expGolomb(value: number): string {
  const binary = (value + 1).toString(2);
  return '0'.repeat(binary.length - 1) + binary;
}
