/**
 * Groups of five decimal digits, each from five bytes taken as one number modulo 100,000 (the bias is below
 * 2^-23). Six groups are 30 digits, 99 bits.
 * @param bytes five for each group.
 */
export function digitGroups(bytes: Uint8Array): string[] {
  const groups: string[] = [];
  for (let offset = 0; offset + 5 <= bytes.length; offset += 5) {
    const value = bytes.subarray(offset, offset + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    groups.push(String(value % 100_000).padStart(5, '0'));
  }
  return groups;
}
