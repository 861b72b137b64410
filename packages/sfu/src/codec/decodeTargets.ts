import { type DependencyStructure, DTI } from './dependencyStructure.ts';

/** One decode target by the highest layers that belong to it. */
export interface DecodeTarget {
  readonly spatialId: number;
  readonly temporalId: number;
}

const known = new WeakMap<DependencyStructure, readonly DecodeTarget[]>();

/** The layers of each decode target: the highest that one of its frames is in. A structure is looked at once. */
export function decodeTargetsOf(structure: DependencyStructure): readonly DecodeTarget[] {
  const found = known.get(structure);
  if (found !== undefined) return found;
  const targets: { spatialId: number; temporalId: number }[] = [];
  for (let index = 0; index < structure.decodeTargets; index++) {
    const target = { spatialId: 0, temporalId: 0 };
    for (const { dtis, spatialId, temporalId } of structure.templates) {
      if ((dtis[index] ?? DTI.notPresent) === DTI.notPresent) continue;
      target.spatialId = Math.max(target.spatialId, spatialId);
      target.temporalId = Math.max(target.temporalId, temporalId);
    }
    targets.push(target);
  }
  known.set(structure, targets);
  return targets;
}

/** The decode target with all temporal layers of the spatial layer, among the active ones; −1 when there is none. */
export function bestTarget(structure: DependencyStructure, spatialId: number, active: number): number {
  let best = -1;
  let temporalId = -1;
  for (const [index, target] of decodeTargetsOf(structure).entries()) {
    if (target.spatialId !== spatialId || target.temporalId <= temporalId || !isActive(active, index))
      continue;
    best = index;
    temporalId = target.temporalId;
  }
  return best;
}

/** How many spatial layers are being sent, counted from the lowest. */
export function activeSpatialLayers(structure: DependencyStructure, active: number): number {
  let layers = 0;
  for (const [index, { spatialId }] of decodeTargetsOf(structure).entries())
    if (isActive(active, index)) layers = Math.max(layers, spatialId + 1);
  return layers;
}

/** The active decode targets that are left when nothing above the spatial layer is forwarded. */
export function targetsUpTo(structure: DependencyStructure, spatialId: number, active: number): number {
  let mask = 0;
  for (const [index, target] of decodeTargetsOf(structure).entries())
    if (target.spatialId <= spatialId && isActive(active, index)) mask += 2 ** index;
  return mask;
}

function isActive(mask: number, index: number): boolean {
  return Math.floor(mask / 2 ** index) % 2 === 1;
}
