import { LIMITS } from '@conclave/protocol';

/** With one more in it, the last of all; or without them. The first has to go when there are too many. */
export function toggleSpotlight(spotlight: readonly string[], id: string): readonly string[] {
  const others = spotlight.filter((other) => other !== id);
  return others.length < spotlight.length ? others : [...others, id].slice(-LIMITS.spotlight);
}
