import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DependencyDescriptor, parseDependencyDescriptor } from '../codec/dependencyDescriptor.ts';
import { type DependencyStructure, DTI } from '../codec/dependencyStructure.ts';
import { DescribedStream } from '../testing/describedStream.ts';
import { structureOf } from '../testing/structures.ts';
import { LayerSelection } from './LayerSelection.ts';

const read = (bytes: Uint8Array, known: DependencyStructure | null): DependencyDescriptor => {
  const found = parseDependencyDescriptor(bytes, 0, bytes.length, known);
  if (found === null) throw new Error('not read');
  return found;
};

describe('LayerSelection', () => {
  it('forwards only what can be decoded, whole, whatever is wished for and when, and reaches it with a key frame', () => {
    const step = fc.record({
      key: fc.boolean(),
      wanted: fc.nat(3),
      pictures: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.nat(0xffff), fc.array(step, { maxLength: 20 }), (first, steps) => {
        const stream = new DescribedStream(3, first);
        const selection = new LayerSelection();
        selection.restart(steps[0]?.wanted ?? 0);
        const forwarded = new Set<number>();
        let known: DependencyStructure | null = null;
        for (const { key, wanted, pictures } of steps) {
          selection.wanted = wanted;
          for (let picture = 0; picture < pictures; picture++) {
            const seen: number[] = [];
            for (const frame of stream.picture(key && picture === 0)) {
              const descriptor = read(frame.descriptor, known);
              known = descriptor.structure;
              if (!selection.accepts(descriptor)) continue;
              for (const diff of frame.key && frame.spatialId === 0 ? [] : descriptor.frameDiffs)
                expect(forwarded.has((frame.frameNumber - diff) & 0xffff)).toBe(true);
              forwarded.add(frame.frameNumber);
              seen.push(frame.spatialId);
            }
            // A picture of the layer that is forwarded, each time, and at a key frame all below it.
            expect(seen.at(-1)).toBe(selection.current);
            if (key && picture === 0) expect(selection.current).toBe(Math.min(wanted, 2));
          }
          expect(selection.isWaiting).toBe(selection.current !== Math.min(wanted, 2));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('goes down at once where the lower layer was forwarded all the time', () => {
    const selection = new LayerSelection();
    const structure = structureOf('L2T1');
    const all = {
      startOfFrame: true,
      endOfFrame: true,
      attached: null,
      structure,
      activeTargets: 3,
      maskAt: 29,
    };
    const frame = (template: number, frameNumber: number): DependencyDescriptor => {
      const found = structure.templates[template];
      if (found === undefined) throw new Error('no such template');
      return { ...all, templateId: template, frameNumber, ...found };
    };
    selection.restart(1);
    expect([frame(0, 1), frame(3, 2), frame(1, 3), frame(4, 4)].map((one) => selection.accepts(one))).toEqual(
      [...[true, true, true, true]],
    );
    selection.wanted = 0;
    expect([frame(1, 5), frame(4, 6)].map((one) => selection.accepts(one))).toEqual([true, false]);
    expect(selection.current).toBe(0);
    // Up again: not at a frame whose references were left out.
    selection.wanted = 1;
    expect([frame(1, 7), frame(4, 8)].map((one) => selection.accepts(one))).toEqual([true, false]);
    // But where the base may be built upon anew.
    expect([frame(2, 9), frame(3, 10)].map((one) => selection.accepts(one))).toEqual([true, true]);
    expect(selection.current).toBe(1);
  });

  it('does not go up where a browser calls every frame one to switch at, though its references were left out', () => {
    const selection = new LayerSelection();
    // As Chromium writes L2T1: the upper layer's chain goes through the lower one, and its frames are all "switch".
    const templates = structureOf('L2T1').templates.map((template) =>
      template.spatialId === 1 ? { ...template, dtis: [DTI.switch, DTI.notPresent] } : template,
    );
    const structure = { ...structureOf('L2T1'), templates };
    const frame = (template: number, frameNumber: number): DependencyDescriptor => {
      const found = templates[template];
      if (found === undefined) throw new Error('no such template');
      return {
        ...{ startOfFrame: true, endOfFrame: true, attached: null, structure, activeTargets: 3, maskAt: 29 },
        ...{ ...found, templateId: template, frameNumber },
      };
    };
    selection.restart(0);
    const pictures = [frame(0, 1), frame(3, 2), frame(1, 3), frame(4, 4)];
    expect(pictures.map((one) => selection.accepts(one))).toEqual([true, false, true, false]);
    selection.wanted = 1;
    expect([frame(1, 5), frame(4, 6)].map((one) => selection.accepts(one))).toEqual([true, false]);
    expect(selection.isWaiting).toBe(true);
    expect([frame(0, 7), frame(3, 8)].map((one) => selection.accepts(one))).toEqual([true, true]);
    expect(selection.current).toBe(1);
  });

  it('begins with the lowest layer, and goes up in the same picture, where layers do not build upon each other', () => {
    const selection = new LayerSelection();
    const structure = structureOf('S2T1');
    const frame = (template: number, frameNumber: number): DependencyDescriptor => {
      const found = structure.templates[template];
      if (found === undefined) throw new Error('no such template');
      return {
        ...{ startOfFrame: true, endOfFrame: true, attached: null, structure, activeTargets: 3, maskAt: 29 },
        ...{ ...found, templateId: template, frameNumber },
      };
    };
    selection.restart(1);
    const frames = [frame(0, 1), frame(2, 2), frame(1, 3), frame(3, 4)];
    expect(frames.map((one) => selection.accepts(one))).toEqual([true, true, false, true]);
  });

  it('decides a frame once: its late packets go the way of the first', () => {
    const stream = new DescribedStream(3, 10);
    const selection = new LayerSelection();
    selection.restart(0);
    const [base, middle] = stream.picture(true).map((frame) => frame.descriptor);
    if (base === undefined || middle === undefined) throw new Error('no frames');
    const { structure } = read(base, null);
    expect(selection.accepts(read(base, null))).toBe(true);
    expect(selection.accepts(read(middle, structure))).toBe(false);
    selection.wanted = 2;
    expect(selection.accepts(read(middle, structure))).toBe(false);
    expect(selection.accepts(read(base, null))).toBe(true);
  });

  it('takes the best layer that is being sent when the wanted one is not', () => {
    const stream = new DescribedStream(3, 10);
    const selection = new LayerSelection();
    selection.restart(2);
    const frames = stream.picture(true);
    const structure = read(frames[0]?.descriptor ?? new Uint8Array(), null).structure;
    // Only the decode targets of the two lower layers are active.
    const accepted = frames.map(({ descriptor }) =>
      selection.accepts({ ...read(descriptor, structure), structure, activeTargets: 0b111111000 }),
    );
    expect(accepted).toEqual([true, true, false]);
    expect(selection.isWaiting).toBe(false);
  });
});
