import { type Bytes, concat } from '../bytes.ts';
import { isParameterSet, NAL, nalTypeOf, splitNalUnits, startCodeEnd } from './annexB.ts';
import type { Envelope, Unwrapped } from './Envelope.ts';
import { EnvelopeError } from './EnvelopeError.ts';
import { escapeRbsp, unescapeRbsp } from './emulationPrevention.ts';
import { ppsIdOfSlice, readSliceStart, sliceStart } from './sliceHeader.ts';

const START_CODE = Uint8Array.of(0, 0, 0, 1);
/** NAL headers with `nal_ref_idc` not 0: nobody may leave these out. */
const IDR_SLICE = 0x65;
const SLICE = 0x41;
/** `rbsp_stop_one_bit` and its zeros: the unit never ends in a zero byte, which would not survive (section 7.4.1). */
const TRAILING = Uint8Array.of(0x80);
/** Browsers send one of each. */
const MAX_PARAMETER_SETS = 16;

/**
 * The frame's parameter sets, which key frames have, then the ciphertext as the data of one slice (ITU-T H.264, annex B).
 * Media servers and depacketizers read the NAL headers, the sizes in the SPS, and the PPS that a slice names.
 *
 * Adds 7 bytes (start code, NAL header, begin of the slice header, trailing bits), the parameter sets once more with 4
 * bytes each, and emulation prevention: 1 byte in 4 million of ciphertext.
 */
export const h264Envelope: Envelope = {
  clear(type, frame) {
    const units = splitNalUnits(frame, { untilSlice: true });
    const slice = units.find((unit) => nalTypeOf(unit) === NAL.slice || nalTypeOf(unit) === NAL.idrSlice);
    const parts: Uint8Array[] = [];
    if (type === 'key') {
      for (const unit of units.filter(isParameterSet).slice(0, MAX_PARAMETER_SETS))
        parts.push(START_CODE, unit);
    }
    const ppsId = slice === undefined ? 0 : ppsIdOfSlice(slice);
    return concat(...parts, START_CODE, sliceUnitStart(type === 'key', ppsId));
  },

  wrap: (clear, payload) => concat(clear, escapeRbsp(payload), TRAILING),

  unwrap(received): Unwrapped {
    if (startCodeEnd(received, 0) === 0) throw new EnvelopeError('malformed-envelope');
    const units = splitNalUnits(received, { untilSlice: false });
    const slice = units.pop();
    if (slice === undefined || units.length > MAX_PARAMETER_SETS || !units.every(isParameterSet))
      throw new EnvelopeError('malformed-envelope');
    const key = slice[0] === IDR_SLICE;
    if ((!key && (slice[0] !== SLICE || units.length > 0)) || slice.at(-1) !== TRAILING[0])
      throw new EnvelopeError('malformed-envelope');
    const start = readSliceStart(slice, key);
    if (start === null) throw new EnvelopeError('malformed-envelope');
    return {
      type: key ? 'key' : 'delta',
      clear: concat(
        ...units.flatMap((unit) => [START_CODE, unit]),
        START_CODE,
        sliceUnitStart(key, start.ppsId),
      ),
      payload: dataOf(slice.subarray(1 + start.length, -1)),
    };
  },
};

function sliceUnitStart(key: boolean, ppsId: number): Bytes {
  return concat(Uint8Array.of(key ? IDR_SLICE : SLICE), sliceStart(key, ppsId));
}

function dataOf(escaped: Bytes): Bytes {
  const data = unescapeRbsp(escaped);
  if (data === null) throw new EnvelopeError('malformed-envelope');
  return data;
}
