/** A message that waited for its sender's socket is this old at most; ms. */
const oldest = 6 * 60_000;

/** When a message was written: the sender's clock is believed as far as it can be right. */
export function plausibleTime(claimed: number, now: number): number {
  return claimed > now || claimed < now - oldest ? now : claimed;
}
