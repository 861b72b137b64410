/** Picks the form of a word that goes with a number, by the rules of the language (Unicode CLDR, cardinal plurals). */
export function pluralIn(locale: string): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(locale);
  return (count, one, other) => (rules.select(count) === 'one' ? one : other);
}
