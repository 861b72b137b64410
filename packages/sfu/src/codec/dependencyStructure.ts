import type { BitReader } from './BitReader.ts';
import type { BitWriter } from './BitWriter.ts';

/** Decode target indications (AV1 RTP specification, table A.2). */
export const DTI = { notPresent: 0, discardable: 1, switch: 2, required: 3 } as const;

/** Syntax constants of table A.1, and what more we read of a hostile structure. */
const MAX_TEMPLATES = 64;
const MAX_SPATIAL_ID = 3;
const MAX_TEMPORAL_ID = 7;
const MAX_FRAME_DIFFS = 16;

/** What many frames have in common (A.2, "Frame dependency template"). */
export interface DependencyTemplate {
  readonly spatialId: number;
  readonly temporalId: number;
  /** By decode target. */
  readonly dtis: readonly number[];
  /** How many frames before this one those are that it refers to. */
  readonly frameDiffs: readonly number[];
  /** By chain: how many frames before this one the chain's last frame is; 0: the chain begins here. */
  readonly chainDiffs: readonly number[];
}

/** Lines and columns that a spatial layer is to be shown with. */
export interface RenderResolution {
  readonly width: number;
  readonly height: number;
}

/** How a coded video sequence is layered: it comes with the first packet of each key picture. */
export interface DependencyStructure {
  readonly templateIdOffset: number;
  readonly decodeTargets: number;
  readonly chains: number;
  /** By decode target: the chain that protects it; 0 where there are no chains. */
  readonly protectedBy: readonly number[];
  readonly templates: readonly DependencyTemplate[];
  /** By spatial layer; empty when not told. */
  readonly resolutions: readonly RenderResolution[];
}

/** template_dependency_structure() of A.4.1; null when it breaks a limit of its own. What is cut short overruns the reader. */
export function readStructure(reader: BitReader): DependencyStructure | null {
  const templateIdOffset = reader.bits(6);
  const decodeTargets = reader.bits(5) + 1;
  const layers = readLayers(reader);
  if (layers === null) return null;
  const dtis = layers.map(() => list(decodeTargets, () => reader.bits(2)));
  const frameDiffs: number[][] = [];
  for (const _ of layers) {
    const diffs: number[] = [];
    while (reader.bit() === 1) {
      if (diffs.length === MAX_FRAME_DIFFS) return null;
      diffs.push(reader.bits(4) + 1);
    }
    frameDiffs.push(diffs);
  }
  const chains = reader.nonSymmetric(decodeTargets + 1);
  const protectedBy = list(decodeTargets, () => (chains === 0 ? 0 : reader.nonSymmetric(chains)));
  const chainDiffs = layers.map(() => list(chains, () => reader.bits(4)));
  const resolutions =
    reader.bit() === 0
      ? []
      : list((layers.at(-1)?.spatialId ?? 0) + 1, () => ({
          width: reader.bits(16) + 1,
          height: reader.bits(16) + 1,
        }));
  if (reader.overrun) return null;
  const templates = layers.map((layer, index) => ({
    ...layer,
    dtis: dtis[index] ?? [],
    frameDiffs: frameDiffs[index] ?? [],
    chainDiffs: chainDiffs[index] ?? [],
  }));
  return { templateIdOffset, decodeTargets, chains, protectedBy, templates, resolutions };
}

function readLayers(reader: BitReader): { spatialId: number; temporalId: number }[] | null {
  const layers: { spatialId: number; temporalId: number }[] = [];
  let spatialId = 0;
  let temporalId = 0;
  for (;;) {
    if (layers.length === MAX_TEMPLATES || spatialId > MAX_SPATIAL_ID || temporalId > MAX_TEMPORAL_ID)
      return null;
    layers.push({ spatialId, temporalId });
    const next = reader.bits(2);
    if (reader.overrun) return null;
    if (next === 3) return layers;
    if (next === 1) temporalId += 1;
    else if (next === 2) {
      temporalId = 0;
      spatialId += 1;
    }
  }
}

/** The same the other way round; the templates must be in the order of their layers. */
export function writeStructure(writer: BitWriter, structure: DependencyStructure): void {
  const { templateIdOffset, decodeTargets, chains, protectedBy, templates, resolutions } = structure;
  writer.bits(templateIdOffset, 6);
  writer.bits(decodeTargets - 1, 5);
  for (const [index, { spatialId, temporalId }] of templates.entries()) {
    const next = templates[index + 1];
    if (next === undefined) writer.bits(3, 2);
    else if (next.spatialId > spatialId) writer.bits(2, 2);
    else writer.bits(next.temporalId > temporalId ? 1 : 0, 2);
  }
  for (const { dtis } of templates) for (const dti of dtis) writer.bits(dti, 2);
  for (const { frameDiffs } of templates) {
    for (const diff of frameDiffs) {
      writer.bit(1);
      writer.bits(diff - 1, 4);
    }
    writer.bit(0);
  }
  writer.nonSymmetric(chains, decodeTargets + 1);
  if (chains > 0) {
    for (const chain of protectedBy) writer.nonSymmetric(chain, chains);
    for (const { chainDiffs } of templates) for (const diff of chainDiffs) writer.bits(diff, 4);
  }
  writer.bit(resolutions.length > 0 ? 1 : 0);
  for (const { width, height } of resolutions) {
    writer.bits(width - 1, 16);
    writer.bits(height - 1, 16);
  }
}

function list<T>(length: number, make: () => T): T[] {
  const items: T[] = [];
  for (let index = 0; index < length; index++) items.push(make());
  return items;
}
