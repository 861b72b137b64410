import type { Vp8Descriptor } from '../codec/vp8.ts';

/** How far `to` is ahead of `from` on the 15-bit circle of picture ids. */
function pictureDistance(from: number, to: number): number {
  return ((to - from) << 17) >> 17;
}

/**
 * Keeps picture id and TL0PICIDX running on over a switch of VP8 sources (RFC 7741, section 4.2): each source's numbers
 * are moved by a constant, so that gaps and layers inside it keep their meaning.
 */
export class Vp8Map {
  pictureId: number;
  tl0PicIdx: number;
  #pictureOffset = 0;
  #tl0Offset = 0;
  #highestPicture: number;
  #highestTl0: number;

  constructor(firstPictureId: number, firstTl0PicIdx: number) {
    this.pictureId = -1;
    this.tl0PicIdx = -1;
    this.#highestPicture = (firstPictureId - 1) & 0x7fff;
    this.#highestTl0 = (firstTl0PicIdx - 1) & 0xff;
  }

  /** The first packet of a new source. */
  begin(descriptor: Vp8Descriptor): void {
    if (descriptor.pictureId >= 0) this.#pictureOffset = this.#highestPicture + 1 - descriptor.pictureId;
    if (descriptor.tl0PicIdx >= 0) this.#tl0Offset = this.#highestTl0 + 1 - descriptor.tl0PicIdx;
    this.map(descriptor);
  }

  /** Leaves the outgoing numbers in `pictureId` and `tl0PicIdx`; −1 where the source has none. */
  map(descriptor: Vp8Descriptor): void {
    if (descriptor.pictureId >= 0) {
      this.pictureId = (descriptor.pictureId + this.#pictureOffset) & 0x7fff;
      if (pictureDistance(this.#highestPicture, this.pictureId) > 0) this.#highestPicture = this.pictureId;
    } else this.pictureId = -1;
    if (descriptor.tl0PicIdx >= 0) {
      this.tl0PicIdx = (descriptor.tl0PicIdx + this.#tl0Offset) & 0xff;
      if (((this.tl0PicIdx - this.#highestTl0) << 24) >> 24 > 0) this.#highestTl0 = this.tl0PicIdx;
    } else this.tl0PicIdx = -1;
  }
}
