// A getter that is not free, and the clock is read several times for each packet.
const { timeOrigin } = performance;

/** The SFU's clock: ms since the Unix epoch, monotonic, with fractions. All times in rooms are of this clock. */
export function now(): number {
  return timeOrigin + performance.now();
}
