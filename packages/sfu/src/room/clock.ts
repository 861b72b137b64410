/** The SFU's clock: ms since the Unix epoch, monotonic, with fractions. All times in rooms are of this clock. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
