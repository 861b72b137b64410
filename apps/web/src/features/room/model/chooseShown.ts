/** Who speaks or spoke, the latest first. Pure: returns a new list. */
export function rememberSpeakers(recent: readonly string[], speakers: readonly string[]): readonly string[] {
  if (speakers.every((id, index) => recent[index] === id)) return recent;
  return [...speakers, ...recent.filter((id) => !speakers.includes(id))].slice(0, 50);
}

/**
 * Who gets the tiles when there are more people than tiles. Whoever is shown stays in the order that `ids` has,
 * so that nobody's tile jumps because somebody else speaks.
 * @param first always shown, such as oneself
 * @param recent who spoke, the latest first
 */
export function chooseShown(
  ids: readonly string[],
  places: number,
  first: readonly string[],
  recent: readonly string[],
): readonly string[] {
  if (ids.length <= places) return ids;
  const known = new Set(ids);
  const wanted = new Set([...first, ...recent, ...ids].filter((id) => known.has(id)));
  const chosen = new Set([...wanted].slice(0, places));
  return ids.filter((id) => chosen.has(id));
}
