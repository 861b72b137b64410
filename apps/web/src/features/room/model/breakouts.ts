import type { KnownBreakout } from '@conclave/client';

/** Of each person the number of a room, from 0: in equal parts, as chance has it. @param random 0 to 1 */
export function distribute(
  ids: readonly string[],
  rooms: number,
  random: () => number,
): ReadonlyMap<string, number> {
  const mixed = [...ids];
  // Fisher and Yates.
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as string, mixed[last] as string];
  }
  return new Map(mixed.map((id, index) => [id, index % rooms]));
}

/** As typed, separated by commas; null for a room that goes by its number. */
export function roomNames(typed: string, count: number): (string | null)[] {
  const names = typed.split(',').map((name) => name.trim().slice(0, 64));
  return Array.from({ length: count }, (_, index) => (names[index] ?? '') || null);
}

/** What a room is called: its name, or its number from 1. */
export function labelOf(
  { rooms }: Pick<KnownBreakout, 'rooms'>,
  roomId: string,
  byNumber: (number: number) => string,
): string {
  const index = rooms.findIndex(({ id }) => id === roomId);
  return rooms[index]?.name ?? byNumber(index + 1);
}

/** Minutes and seconds. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
