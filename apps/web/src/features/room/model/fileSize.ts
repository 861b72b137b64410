export interface ShownSize {
  readonly unit: 'bytes' | 'kB' | 'MB' | 'GB';
  readonly value: string;
}

const units = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A size in the unit that fits, in steps of 1,000 as file managers show it. */
export function fileSize(bytes: number): ShownSize {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const maximumFractionDigits = unit > 0 && value < 9.95 ? 1 : 0;
  return {
    unit: units[unit] ?? 'GB',
    value: new Intl.NumberFormat(undefined, { maximumFractionDigits }).format(value),
  };
}
