import { BitReader } from './BitReader.ts';
import { BitWriter } from './BitWriter.ts';
import { type DependencyStructure, type DependencyTemplate, readStructure } from './dependencyStructure.ts';

const MAX_FRAME_DIFFS = 16;
/** The most bytes that naming the active decode targets adds to a descriptor: five flags, 32 targets. */
export const REWRITE_GROWTH = 5;

/**
 * The Dependency Descriptor of one packet (AV1 RTP specification, appendix A), with what its template says filled in.
 * All packets of a frame have the same, except for `startOfFrame`, `endOfFrame` and what is attached.
 */
export interface DependencyDescriptor {
  readonly startOfFrame: boolean;
  readonly endOfFrame: boolean;
  readonly templateId: number;
  readonly frameNumber: number;
  /** Came with this packet: a coded video sequence begins. */
  readonly attached: DependencyStructure | null;
  /** What the packet's numbers mean: the attached structure, or the one that came before. */
  readonly structure: DependencyStructure;
  /** Bit i: decode target i is being sent; −1 where the packet does not say. */
  readonly activeTargets: number;
  readonly spatialId: number;
  readonly temporalId: number;
  readonly dtis: readonly number[];
  readonly frameDiffs: readonly number[];
  readonly chainDiffs: readonly number[];
  /** Where in the element, in bits, the mask of active targets is or would be. */
  readonly maskAt: number;
}

/**
 * Reads the descriptor in `bytes[offset, offset + length)`; null when it is damaged, breaks a limit, or names a template
 * that the structure does not have (A.4.2: the structure has changed, and the packet that says so is missing).
 * @param known the structure that came last
 */
export function parseDependencyDescriptor(
  bytes: Uint8Array,
  offset: number,
  length: number,
  known: DependencyStructure | null,
): DependencyDescriptor | null {
  if (length < 3 || offset + length > bytes.length) return null;
  const first = bytes[offset] ?? 0;
  const templateId = first & 0x3f;
  const frameNumber = ((bytes[offset + 1] ?? 0) << 8) | (bytes[offset + 2] ?? 0);
  const startOfFrame = first >= 0x80;
  const endOfFrame = (first & 0x40) !== 0;
  const mandatory = { startOfFrame, endOfFrame, templateId, frameNumber };
  if (length === 3) {
    const template = templateOf(known, templateId);
    if (known === null || template === null) return null;
    const { spatialId, temporalId, dtis, frameDiffs, chainDiffs } = template;
    const extended = { attached: null, structure: known, activeTargets: -1, maskAt: 24 + 5 };
    return { ...mandatory, ...extended, spatialId, temporalId, dtis, frameDiffs, chainDiffs };
  }
  const reader = new BitReader(bytes, offset, length);
  reader.bits(24);
  const structurePresent = reader.bit() === 1;
  const maskPresent = reader.bit() === 1;
  const customDtis = reader.bit() === 1;
  const customFrameDiffs = reader.bit() === 1;
  const customChains = reader.bit() === 1;
  const attached = structurePresent ? readStructure(reader) : null;
  const structure = structurePresent ? attached : known;
  const template = templateOf(structure, templateId);
  if (structure === null || template === null) return null;
  const maskAt = reader.position;
  const activeTargets = maskPresent
    ? reader.bits(structure.decodeTargets)
    : attached === null
      ? -1
      : 2 ** structure.decodeTargets - 1;
  const dtis = customDtis ? template.dtis.map(() => reader.bits(2)) : template.dtis;
  const frameDiffs = customFrameDiffs ? readFrameDiffs(reader) : template.frameDiffs;
  const chainDiffs = customChains ? template.chainDiffs.map(() => reader.bits(8)) : template.chainDiffs;
  if (frameDiffs === null || reader.overrun) return null;
  const { spatialId, temporalId } = template;
  return {
    ...mandatory,
    attached,
    structure,
    activeTargets,
    spatialId,
    temporalId,
    dtis,
    frameDiffs,
    chainDiffs,
    maskAt,
  };
}

function templateOf(structure: DependencyStructure | null, id: number): DependencyTemplate | null {
  if (structure === null) return null;
  return structure.templates[(id + 64 - structure.templateIdOffset) % 64] ?? null;
}

function readFrameDiffs(reader: BitReader): number[] | null {
  const diffs: number[] = [];
  for (let size = reader.bits(2); size > 0; size = reader.bits(2)) {
    if (diffs.length === MAX_FRAME_DIFFS) return null;
    diffs.push(reader.bits(4 * size) + 1);
  }
  return diffs;
}

/**
 * Writes the element `bytes[offset, offset + length)` into `target` with another frame number and, where `activeTargets`
 * is not −1, that mask of active decode targets; everything else stays bit by bit. Returns the length written, at most
 * `length + REWRITE_GROWTH`.
 */
export function rewriteDependencyDescriptor(
  target: Uint8Array,
  at: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
  descriptor: DependencyDescriptor,
  frameNumber: number,
  activeTargets: number,
): number {
  if (activeTargets < 0) {
    for (let index = 0; index < length; index++) target[at + index] = bytes[offset + index] ?? 0;
    writeFrameNumber(target, at, frameNumber);
    return length;
  }
  const reader = new BitReader(bytes, offset, length);
  const writer = new BitWriter(target, at);
  writer.bits(reader.bits(24), 24);
  const extended = length > 3;
  writer.bit(extended ? reader.bit() : 0);
  const present = extended && reader.bit() === 1;
  writer.bit(1);
  writer.bits(extended ? reader.bits(3) : 0, 3);
  const { decodeTargets } = descriptor.structure;
  while (extended && reader.position < descriptor.maskAt) writer.bit(reader.bit());
  if (present) reader.bits(decodeTargets);
  writer.bits(activeTargets, decodeTargets);
  while (extended && reader.left > 0) writer.bit(reader.bit());
  writeFrameNumber(target, at, frameNumber);
  return writer.end - at;
}

function writeFrameNumber(target: Uint8Array, at: number, frameNumber: number): void {
  target[at + 1] = frameNumber >> 8;
  target[at + 2] = frameNumber;
}
