import { parseArgs } from 'node:util';

/**
 * The options of the command line, `--people 300`, each a whole number up to 1000.
 * @param usual what each is where it is not given; there are no others
 */
export function readOptions<Name extends string>(
  usual: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const options = Object.fromEntries(Object.keys(usual).map((name) => [name, { type: 'string' }] as const));
  const given = Object.entries(parseArgs({ options }).values).map(([name, value]) => [name, Number(value)]);
  const all = { ...usual, ...Object.fromEntries(given) };
  if (Object.values<number>(all).some((value) => !Number.isInteger(value) || value < 0 || value > 1_000))
    throw new Error('each option is a whole number up to 1000');
  return all;
}
