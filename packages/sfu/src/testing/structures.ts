import type { DependencyStructure, DependencyTemplate } from '../codec/dependencyStructure.ts';

export type ScalabilityMode = 'L1T1' | 'L1T3' | 'L2T1' | 'L2T3_KEY' | 'L3T3_KEY' | 'S2T1';

/** One row of the tables in section A.6 of the AV1 RTP specification: S, T, Fdiffs, chains, DTIs. */
type Row = readonly [
  spatialId: number,
  temporalId: number,
  frameDiffs: readonly number[],
  chains: readonly number[],
  dtis: string,
];

/** Decode targets from the highest on, as in the specification; L2T3_KEY and L3T3_KEY are without the temporal shift. */
const TABLES: Readonly<
  Record<ScalabilityMode, { readonly protectedBy: readonly number[]; readonly rows: readonly Row[] }>
> = {
  L1T1: {
    protectedBy: [0],
    rows: [
      [0, 0, [], [0], 'S'],
      [0, 0, [1], [1], 'S'],
    ],
  },
  L1T3: {
    protectedBy: [0, 0, 0],
    rows: [
      [0, 0, [], [0], 'SSS'],
      [0, 0, [4], [4], 'SSS'],
      [0, 1, [2], [2], 'SD-'],
      [0, 2, [1], [1], 'D--'],
      [0, 2, [1], [3], 'D--'],
    ],
  },
  L2T1: {
    protectedBy: [1, 0],
    rows: [
      [0, 0, [], [0, 0], 'SS'],
      [0, 0, [2], [2, 1], 'RS'],
      [0, 0, [2], [2, 1], 'SS'],
      [1, 0, [1], [1, 1], 'S-'],
      [1, 0, [2, 1], [1, 1], 'R-'],
    ],
  },
  L2T3_KEY: keyed(2),
  L3T3_KEY: keyed(3),
  S2T1: {
    protectedBy: [0, 1],
    rows: [
      [0, 0, [], [0, 0], 'S-'],
      [0, 0, [2], [2, 1], 'S-'],
      [1, 0, [], [1, 0], '-S'],
      [1, 0, [2], [1, 2], '-S'],
    ],
  },
};

/** Spatial layers that refer to each other in key pictures only; pictures are T0 T2 T1 T2. */
function keyed(layers: number): { protectedBy: number[]; rows: Row[] } {
  const rows: Row[] = [];
  const targets = (spatial: number, dtis: string): string =>
    Array.from({ length: layers }, (_, index) => (layers - 1 - index === spatial ? dtis : '---')).join('');
  // In a T0 picture the frames below are in their chains too; in the others only those of the T0 picture before are.
  const chains = (spatial: number, pictures: number): number[] =>
    Array.from({ length: layers }, (_, chain) =>
      pictures === 4 && chain < spatial ? spatial - chain : pictures * layers + spatial - chain,
    );
  for (let spatial = 0; spatial < layers; spatial++) {
    const above = Array.from({ length: layers }, (_, index) =>
      layers - 1 - index >= spatial ? 'SSS' : '---',
    ).join('');
    // In a key picture each layer is in the chains of all above it.
    const key = Array.from({ length: layers }, (_, chain) =>
      spatial === 0 ? 0 : chain < spatial ? spatial - chain : 1,
    );
    rows.push([spatial, 0, spatial === 0 ? [] : [1], key, above]);
    rows.push([spatial, 0, [4 * layers], chains(spatial, 4), targets(spatial, 'SSS')]);
    rows.push([spatial, 1, [2 * layers], chains(spatial, 2), targets(spatial, 'SD-')]);
    rows.push([spatial, 2, [layers], chains(spatial, 1), targets(spatial, 'D--')]);
    rows.push([spatial, 2, [layers], chains(spatial, 3), targets(spatial, 'D--')]);
  }
  const protectedBy = Array.from({ length: layers * 3 }, (_, index) => layers - 1 - Math.floor(index / 3));
  return { protectedBy, rows };
}

export function structureOf(mode: ScalabilityMode, templateIdOffset = 0): DependencyStructure {
  const { protectedBy, rows } = TABLES[mode];
  const templates: DependencyTemplate[] = rows.map(
    ([spatialId, temporalId, frameDiffs, chainDiffs, dtis]) => ({
      spatialId,
      temporalId,
      dtis: [...dtis].map((symbol) => '-DSR'.indexOf(symbol)),
      frameDiffs,
      chainDiffs,
    }),
  );
  const chains = templates[0]?.chainDiffs.length ?? 0;
  return {
    templateIdOffset,
    decodeTargets: protectedBy.length,
    chains,
    protectedBy,
    templates,
    resolutions: [],
  };
}
