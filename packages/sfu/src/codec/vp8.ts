/** The VP8 payload descriptor (RFC 7741, section 4.2), positions relative to the payload. −1: the field is not there. */
export class Vp8Descriptor {
  /** Bytes of the descriptor; the VP8 data follows. */
  length = 1;
  /** First packet of a frame (start of partition 0). */
  frameStart = false;
  /** `frameStart` of a key frame, by the P bit of the frame header (section 4.3), which our encryption leaves readable. */
  keyFrame = false;
  /** N: no other frame refers to this one. */
  nonReference = false;
  pictureId = -1;
  /** 7 or 15; 0 without a picture id. */
  pictureIdBits = 0;
  pictureIdOffset = 0;
  tl0PicIdx = -1;
  tl0PicIdxOffset = 0;
  temporalLayer = -1;
  /** Y: refers to temporal layer 0 only, so a receiver may begin with this layer here. */
  layerSync = false;
  keyIndex = -1;
}

/** Reads the descriptor of the payload `bytes[offset, end)`; null when it is cut short or nothing follows it. */
export function parseVp8(bytes: Uint8Array, offset: number, end: number): Vp8Descriptor | null {
  if (offset >= end) return null;
  const descriptor = new Vp8Descriptor();
  const first = bytes[offset] ?? 0;
  let at = offset + 1;
  if ((first & 0x80) !== 0) {
    if (at >= end) return null;
    const flags = bytes[at] ?? 0;
    at += 1;
    if ((flags & 0x80) !== 0) {
      const high = bytes[at] ?? 0;
      descriptor.pictureIdOffset = at - offset;
      if ((high & 0x80) !== 0) {
        descriptor.pictureId = ((high & 0x7f) << 8) | (bytes[at + 1] ?? 0);
        descriptor.pictureIdBits = 15;
        at += 2;
      } else {
        descriptor.pictureId = high;
        descriptor.pictureIdBits = 7;
        at += 1;
      }
    }
    if ((flags & 0x40) !== 0) {
      descriptor.tl0PicIdxOffset = at - offset;
      descriptor.tl0PicIdx = bytes[at] ?? 0;
      at += 1;
    }
    if ((flags & 0x30) !== 0) {
      const layer = bytes[at] ?? 0;
      at += 1;
      if ((flags & 0x20) !== 0) {
        descriptor.temporalLayer = layer >> 6;
        descriptor.layerSync = (layer & 0x20) !== 0;
      }
      if ((flags & 0x10) !== 0) descriptor.keyIndex = layer & 0x1f;
    }
  }
  if (at >= end) return null;
  descriptor.length = at - offset;
  descriptor.nonReference = (first & 0x20) !== 0;
  descriptor.frameStart = (first & 0x10) !== 0 && (first & 0x0f) === 0;
  descriptor.keyFrame = descriptor.frameStart && ((bytes[at] ?? 0) & 0x01) === 0;
  return descriptor;
}

/**
 * Writes other numbers into the copy of a payload that starts at `payloadAt` of `target`. Fields that the descriptor
 * does not have stay away; a 7-bit picture id takes the low 7 bits.
 */
export function rewriteVp8(
  target: Uint8Array,
  payloadAt: number,
  descriptor: Vp8Descriptor,
  pictureId: number,
  tl0PicIdx: number,
): void {
  if (descriptor.pictureIdBits === 15) {
    const at = payloadAt + descriptor.pictureIdOffset;
    target[at] = 0x80 | ((pictureId >> 8) & 0x7f);
    target[at + 1] = pictureId;
  } else if (descriptor.pictureIdBits === 7) {
    target[payloadAt + descriptor.pictureIdOffset] = pictureId & 0x7f;
  }
  if (descriptor.tl0PicIdx >= 0) target[payloadAt + descriptor.tl0PicIdxOffset] = tl0PicIdx;
}
