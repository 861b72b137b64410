/** Whose name has these letters in it; everybody when nothing is sought. */
export function findPeople<T extends { readonly name: string; readonly invitedAs: string | null }>(
  people: readonly T[],
  sought: string,
): readonly T[] {
  const wanted = sought.trim().toLowerCase();
  if (wanted === '') return people;
  return people.filter(
    ({ name, invitedAs }) =>
      name.toLowerCase().includes(wanted) || (invitedAs?.toLowerCase().includes(wanted) ?? false),
  );
}
