import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structureOf } from '../testing/structures.ts';
import { BitWriter } from './BitWriter.ts';
import { bestTarget, decodeTargetsOf, targetsUpTo } from './decodeTargets.ts';
import {
  parseDependencyDescriptor,
  REWRITE_GROWTH,
  rewriteDependencyDescriptor,
} from './dependencyDescriptor.ts';
import { type DependencyStructure, type DependencyTemplate, writeStructure } from './dependencyStructure.ts';

/** A descriptor with everything that it may have, written by the specification's syntax (A.4.1). */
interface Written {
  readonly start: boolean;
  readonly end: boolean;
  readonly templateId: number;
  readonly frameNumber: number;
  readonly structure: DependencyStructure | null;
  readonly active: number | null;
  readonly dtis: readonly number[] | null;
  readonly frameDiffs: readonly number[] | null;
  readonly chainDiffs: readonly number[] | null;
}

function write(descriptor: Written, decodeTargets: number): Uint8Array {
  const bytes = new Uint8Array(1_000);
  const writer = new BitWriter(bytes);
  const { start, end, templateId, frameNumber, structure, active, dtis, frameDiffs, chainDiffs } = descriptor;
  writer.bit(start ? 1 : 0);
  writer.bit(end ? 1 : 0);
  writer.bits(templateId, 6);
  writer.bits(frameNumber, 16);
  const extended = [structure, active, dtis, frameDiffs, chainDiffs];
  if (extended.every((part) => part === null)) return bytes.subarray(0, 3);
  for (const part of extended) writer.bit(part === null ? 0 : 1);
  if (structure !== null) writeStructure(writer, structure);
  if (active !== null) writer.bits(active, decodeTargets);
  for (const dti of dtis ?? []) writer.bits(dti, 2);
  for (const diff of frameDiffs ?? []) {
    const size = diff <= 16 ? 1 : diff <= 256 ? 2 : 3;
    writer.bits(size, 2);
    writer.bits(diff - 1, 4 * size);
  }
  if (frameDiffs !== null) writer.bits(0, 2);
  for (const diff of chainDiffs ?? []) writer.bits(diff, 8);
  return bytes.subarray(0, writer.end);
}

const layer = fc.record({ spatialId: fc.nat(3), temporalId: fc.nat(7) });
const structures: fc.Arbitrary<DependencyStructure> = fc
  .record({
    templateIdOffset: fc.nat(63),
    decodeTargets: fc.integer({ min: 1, max: 32 }),
    layers: fc.array(layer, { minLength: 1, maxLength: 20 }),
    sized: fc.boolean(),
  })
  .chain(({ templateIdOffset, decodeTargets, layers, sized }) => {
    const ordered = inOrder(layers);
    const count = ordered.length;
    const numbers = (max: number, length: number) =>
      fc.array(fc.nat(max), { minLength: length, maxLength: length });
    return fc.nat(decodeTargets).chain((chains) =>
      fc.record({
        templateIdOffset: fc.constant(templateIdOffset),
        decodeTargets: fc.constant(decodeTargets),
        chains: fc.constant(chains),
        protectedBy:
          chains === 0
            ? fc.constant(Array<number>(decodeTargets).fill(0))
            : numbers(chains - 1, decodeTargets),
        templates: fc.tuple(
          ...ordered.map((place) =>
            fc.record({
              spatialId: fc.constant(place.spatialId),
              temporalId: fc.constant(place.temporalId),
              dtis: numbers(3, decodeTargets),
              frameDiffs: fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 4 }),
              chainDiffs: numbers(15, chains),
            }),
          ),
        ) as fc.Arbitrary<DependencyTemplate[]>,
        resolutions: fc.constant(
          sized
            ? Array.from({ length: (ordered[count - 1]?.spatialId ?? 0) + 1 }, (_, index) => ({
                width: 320 * (index + 1),
                height: 180 * (index + 1),
              }))
            : [],
        ),
      }),
    );
  });

/** Templates go up one layer at a time (table A.3). */
function inOrder(layers: readonly { spatialId: number; temporalId: number }[]) {
  let spatialId = 0;
  let temporalId = 0;
  return layers.map((wish, index) => {
    if (index > 0 && wish.spatialId > spatialId) [spatialId, temporalId] = [spatialId + 1, 0];
    else if (index > 0 && wish.temporalId > temporalId) temporalId += 1;
    return { spatialId, temporalId };
  });
}

const read = (bytes: Uint8Array, known: DependencyStructure | null) =>
  parseDependencyDescriptor(bytes, 0, bytes.length, known);

describe('the Dependency Descriptor', () => {
  it('reads what Chromium 156 sends of one VP9 picture with three temporal layers', () => {
    const bytes = Uint8Array.from(Buffer.from('8000d0800214eaa860414d1410208427027f0167', 'hex'));
    const found = parseDependencyDescriptor(bytes, 0, bytes.length, null);
    expect(found).toMatchObject({ frameNumber: 208, startOfFrame: true, endOfFrame: false, chainDiffs: [0] });
    expect(found?.attached).toMatchObject({
      decodeTargets: 3,
      chains: 1,
      protectedBy: [0, 0, 0],
      resolutions: [{ width: 640, height: 360 }],
    });
    expect(found?.attached?.templates.map(({ frameDiffs, chainDiffs }) => [frameDiffs, chainDiffs])).toEqual([
      [[], [0]],
      [[4], [4]],
      [[2], [2]],
      [[1], [1]],
      [[1], [3]],
    ]);
  });

  const written = structures.chain((structure) => {
    const { decodeTargets, chains, templates, templateIdOffset } = structure;
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);
    const numbers = (max: number, length: number) =>
      fc.array(fc.nat(max), { minLength: length, maxLength: length });
    return fc.record({
      structure: fc.constant(structure),
      start: fc.boolean(),
      end: fc.boolean(),
      templateId: fc.nat(templates.length - 1).map((index) => (index + templateIdOffset) % 64),
      frameNumber: fc.nat(0xffff),
      attach: fc.boolean(),
      active: maybe(fc.nat(2 ** decodeTargets - 1)),
      dtis: maybe(numbers(3, decodeTargets)),
      frameDiffs: maybe(fc.array(fc.integer({ min: 1, max: 4_096 }), { maxLength: 4 })),
      chainDiffs: maybe(numbers(255, chains)),
    });
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(written, ({ structure, attach, ...rest }) => {
        const bytes = write({ ...rest, structure: attach ? structure : null }, structure.decodeTargets);
        const found = read(bytes, structure);
        const template = structure.templates[(rest.templateId + 64 - structure.templateIdOffset) % 64];
        expect(found).toMatchObject({
          ...{ startOfFrame: rest.start, endOfFrame: rest.end, frameNumber: rest.frameNumber },
          ...{ spatialId: template?.spatialId, temporalId: template?.temporalId },
          activeTargets: rest.active ?? (attach ? 2 ** structure.decodeTargets - 1 : -1),
          dtis: rest.dtis ?? template?.dtis,
          frameDiffs: rest.frameDiffs ?? template?.frameDiffs,
          chainDiffs: rest.chainDiffs ?? template?.chainDiffs,
        });
        if (attach) expect(found?.attached).toEqual(structure);
        else expect(found?.structure).toBe(structure);
      }),
    );
  });

  it('gets another frame number and mask, and nothing else changes', () => {
    fc.assert(
      fc.property(written, fc.nat(0xffff), fc.nat(), ({ structure, attach, ...rest }, number, bits) => {
        const bytes = write({ ...rest, structure: attach ? structure : null }, structure.decodeTargets);
        if (bytes.length + REWRITE_GROWTH > 255) return;
        const found = read(bytes, structure);
        if (found === null) throw new Error('not read');
        const mask = bits % 2 ** structure.decodeTargets;
        for (const active of [-1, mask]) {
          const target = new Uint8Array(300).fill(0xff);
          const { length } = bytes;
          const end = rewriteDependencyDescriptor(target, 3, bytes, 0, length, found, number, active);
          expect(end).toBeLessThanOrEqual(length + REWRITE_GROWTH);
          const again = read(target.subarray(3, 3 + end), structure);
          expect(again).toEqual({
            ...found,
            frameNumber: number,
            activeTargets: active < 0 ? found.activeTargets : active,
            // The structure is read anew each time.
            structure: again?.structure,
          });
          expect(again?.structure).toEqual(structure);
        }
      }),
    );
  });

  it('is refused, never more, when it is anything else', () => {
    fc.assert(
      fc.property(
        written,
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
        fc.nat(200),
        ({ structure, attach, ...rest }, changes, cut) => {
          const whole = write({ ...rest, structure: attach ? structure : null }, structure.decodeTargets);
          const bytes = whole.slice(0, Math.min(cut, 255));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          for (const known of [null, structure]) {
            const found = read(bytes, known);
            if (found === null) continue;
            expect(found.structure.templates.length).toBeLessThanOrEqual(64);
            expect(found.dtis.length).toBe(found.structure.decodeTargets);
            expect(found.chainDiffs.length).toBe(found.structure.chains);
          }
        },
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (bytes) => {
        const found = read(bytes, structureOf('L3T3_KEY'));
        if (found !== null) expect(decodeTargetsOf(found.structure).length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('names a template that is not there: the packet that changes the structure is missing', () => {
    const structure = structureOf('L1T3');
    expect(read(Uint8Array.of(0xc0 | 63, 0, 1), structure)).toBeNull();
    expect(read(Uint8Array.of(0xc0, 0, 1), null)).toBeNull();
  });
});

describe("the specification's structures", () => {
  it.each([
    ['L1T1', 1, 1],
    ['L1T3', 1, 3],
    ['L2T1', 2, 1],
    ['L2T3_KEY', 2, 3],
    ['L3T3_KEY', 3, 3],
    ['S2T1', 2, 1],
  ] as const)('%s', (mode, spatial, temporal) => {
    const structure = structureOf(mode);
    const bytes = new Uint8Array(255);
    const writer = new BitWriter(bytes);
    writer.bits(0x800001, 24);
    writer.bits(0b10000, 5);
    writeStructure(writer, structure);
    const found = parseDependencyDescriptor(bytes, 0, writer.end, null);
    expect(found?.attached).toEqual(structure);
    const targets = decodeTargetsOf(structure);
    expect(Math.max(...targets.map(({ spatialId }) => spatialId))).toBe(spatial - 1);
    expect(Math.max(...targets.map(({ temporalId }) => temporalId))).toBe(temporal - 1);
    const all = 2 ** structure.decodeTargets - 1;
    for (let layerId = 0; layerId < spatial; layerId++) {
      expect(targets[bestTarget(structure, layerId, all)]).toEqual({
        spatialId: layerId,
        temporalId: temporal - 1,
      });
    }
    expect(targetsUpTo(structure, spatial - 1, all)).toBe(all);
    expect(bestTarget(structure, spatial, all)).toBe(-1);
    expect(bestTarget(structure, 0, 0)).toBe(-1);
  });
});
