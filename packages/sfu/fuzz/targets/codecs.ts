import { BitWriter } from '../../src/codec/BitWriter.ts';
import {
  parseDependencyDescriptor,
  REWRITE_GROWTH,
  rewriteDependencyDescriptor,
} from '../../src/codec/dependencyDescriptor.ts';
import { writeStructure } from '../../src/codec/dependencyStructure.ts';
import { startsH264KeyFrame } from '../../src/codec/h264.ts';
import { parseVp8, rewriteVp8 } from '../../src/codec/vp8.ts';
import { structureOf } from '../../src/testing/structures.ts';
import { must, type Target } from '../Target.ts';

/** The payload descriptor of VP8, read and rewritten. */
export const vp8: Target = {
  seeds: [
    Uint8Array.of(0x10, 0x10, 1, 2, 3),
    Uint8Array.of(0x90, 0x80, 0x81, 0x02, 0x11, 4),
    Uint8Array.of(0xb0, 0xf0, 0x05, 0x06, 0x67, 0x10, 8, 9),
  ],
  run(input) {
    const descriptor = parseVp8(input, 0, input.length);
    if (descriptor === null) return;
    const { length } = descriptor;
    must(length >= 1 && length <= 6 && length < input.length, 'a descriptor of no length that there is');
    const target = Uint8Array.from(input);
    rewriteVp8(target, 0, descriptor, 0x5a5a, 0xa5);
    for (let at = length; at < input.length; at++) must(target[at] === input[at], 'the frame was changed');
    const again = parseVp8(target, 0, target.length);
    must(
      again?.length === length && again.keyFrame === descriptor.keyFrame,
      'a rewritten descriptor that is another',
    );
    if (descriptor.pictureIdBits === 15)
      must(again.pictureId === 0x5a5a, 'a picture id that was not written');
    if (descriptor.tl0PicIdx >= 0) must(again.tl0PicIdx === 0xa5, 'a TL0PICIDX that was not written');
  },
};

/** Aggregates and fragments of H.264. */
export const h264: Target = {
  seeds: [
    Uint8Array.of(0x67, 1, 2, 3),
    Uint8Array.of(0x78, 0, 2, 0x67, 1, 0, 1, 0x68, 0, 3, 0x65, 1, 2),
    Uint8Array.of(0x7c, 0x87, 1, 2),
  ],
  run(input) {
    const alone = startsH264KeyFrame(input, 0, input.length);
    const padded = Uint8Array.from([...input, 0x67, 0, 1, 0x67]);
    must(startsH264KeyFrame(padded, 0, input.length) === alone, 'bytes behind the end were read');
  },
};

const structure = structureOf('L3T3_KEY');

function attached(): Uint8Array {
  const bytes = new Uint8Array(400);
  const writer = new BitWriter(bytes);
  writer.bits(0x80 | structure.templateIdOffset, 8);
  writer.bits(7, 16);
  writer.bits(0b10000, 5);
  writeStructure(writer, structure);
  return bytes.slice(0, writer.end);
}

/** The Dependency Descriptor, with a structure of its own or with one that came before. */
export const dependencyDescriptor: Target = {
  seeds: [
    attached(),
    Uint8Array.of(0xc0 | structure.templateIdOffset, 0, 8),
    Uint8Array.of(0xc0 | (structure.templateIdOffset + 1), 0, 9, 0x40, 0xff, 0xff, 0x80),
  ],
  run(input) {
    const element = input.subarray(0, 255);
    for (const known of [null, structure]) {
      const descriptor = parseDependencyDescriptor(element, 0, element.length, known);
      if (descriptor === null) continue;
      const { decodeTargets, templates } = descriptor.structure;
      must(
        decodeTargets >= 1 && decodeTargets <= 32 && templates.length <= 64,
        'a structure beyond its limits',
      );
      must(descriptor.dtis.length === decodeTargets, 'indications for other targets');
      must(descriptor.frameDiffs.length <= 16, 'a frame that refers to too many');
      for (const active of [-1, 1]) {
        const target = new Uint8Array(element.length + REWRITE_GROWTH + 4).fill(0x77);
        const length = rewriteDependencyDescriptor(
          target,
          0,
          element,
          0,
          element.length,
          descriptor,
          4_711,
          active,
        );
        must(length <= element.length + REWRITE_GROWTH, 'a rewritten descriptor that is too long');
        must(
          target.subarray(element.length + REWRITE_GROWTH).every((byte) => byte === 0x77),
          'written behind the end',
        );
        const again = parseDependencyDescriptor(target, 0, length, known);
        must(again?.frameNumber === 4_711, 'a rewritten descriptor that cannot be read');
        must(
          JSON.stringify(again.dtis) === JSON.stringify(descriptor.dtis),
          'other indications after rewriting',
        );
        must(active < 0 || again.activeTargets === active, 'other targets than were written');
      }
    }
  },
};
