import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DescribedExtensions } from './DescribedExtensions.ts';
import { ExtensionTable } from './HeaderExtensions.ts';
import { parseRtp } from './parseRtp.ts';
import { writeRtpHeader } from './writeRtp.ts';

describe('DescribedExtensions', () => {
  it('writes a descriptor of any length behind the others, in the form that can say it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 255 }),
        fc.boolean(),
        fc.constantFrom(9, 14, 20),
        (descriptor, alone, id) => {
          const others = alone ? {} : { absoluteSendTime: 2, mid: { id: 4, value: '12' } };
          const extensions = DescribedExtensions.of(others, id);
          const target = new Uint8Array(400).fill(0xff);
          const { length } = descriptor;
          const block = extensions.length(length);
          const at = writeRtpHeader(target, block > 0, true, 96, 1, 2, 3);
          const end = extensions.write(target, at, -1, false, 0x123456, 0, descriptor, length);
          expect(end).toBe(12 + block);
          expect(block % 4).toBe(0);
          const table = new ExtensionTable({ mid: 4, absoluteSendTime: 2, dependencyDescriptor: id });
          const packet = parseRtp(target.subarray(0, end), table, 0);
          expect(packet?.isPadding).toBe(true);
          if (!alone) expect(packet).toMatchObject({ mid: '12', absoluteSendTime: 0x123456 });
          if (packet === null) return;
          expect(packet.dependencyDescriptorLength).toBe(length);
          const from = packet.dependencyDescriptorOffset;
          expect(target.slice(from, from + length)).toEqual(descriptor.slice());
          if (length > 0) expect(target[12]).toBe(length <= 16 && id <= 14 ? 0xbe : 0x10);
        },
      ),
    );
  });

  it('is one for all who have negotiated the same, and right for however many kinds', () => {
    for (let id = 1; id <= 100; id++) {
      const extensions = DescribedExtensions.of({ transportSequence: id }, 0);
      const again = DescribedExtensions.of({ transportSequence: id }, 0);
      const target = new Uint8Array(40);
      const end = extensions.write(target, 0, -1, false, 0, 0x1234, new Uint8Array(0), 0);
      expect(again.write(new Uint8Array(40), 0, -1, false, 0, 0x1234, new Uint8Array(0), 0)).toBe(end);
      expect(target[4]).toBe(id <= 14 ? (id << 4) | 1 : id);
      if (id === 1) expect(again).toBe(extensions);
    }
    expect(DescribedExtensions.of({ transportSequence: 1 }, 2)).not.toBe(
      DescribedExtensions.of({ transportSequence: 1 }, 0),
    );
  });
});
