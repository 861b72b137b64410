/** NAL unit types and packetization of H.264 (RFC 6184, section 5.2). */
const SPS = 7;
const STAP_A = 24;
const FU_A = 28;
/** Units that are looked at in one aggregation packet. */
const MAX_UNITS = 32;

/**
 * Whether a key frame starts in this packet: it brings a sequence parameter set, without which nobody can begin to
 * decode, and which browsers send in front of each IDR picture. Nothing but NAL headers is read; our encryption leaves
 * them and the parameter sets.
 */
export function startsH264KeyFrame(bytes: Uint8Array, offset: number, end: number): boolean {
  if (offset >= end) return false;
  const type = (bytes[offset] ?? 0) & 0x1f;
  if (type === SPS) return true;
  if (type === FU_A) {
    const header = offset + 1 < end ? (bytes[offset + 1] ?? 0) : 0;
    return header >= 0x80 && (header & 0x1f) === SPS;
  }
  if (type !== STAP_A) return false;
  let at = offset + 1;
  for (let unit = 0; unit < MAX_UNITS && at + 2 < end; unit++) {
    const size = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (size === 0 || at + 2 + size > end) return false;
    if (((bytes[at + 2] ?? 0) & 0x1f) === SPS) return true;
    at += 2 + size;
  }
  return false;
}
