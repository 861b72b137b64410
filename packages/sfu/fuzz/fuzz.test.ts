import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate } from './mutate.ts';
import { Random } from './Random.ts';
import { targets } from './targets/index.ts';

const RUNS = 1_500;

function regressions(name: string): URL[] {
  const folder = new URL(`./regressions/${name}/`, import.meta.url);
  return existsSync(folder) ? readdirSync(folder).map((file) => new URL(file, folder)) : [];
}

describe.each(Object.entries(targets))('what reads %s', (name, target) => {
  it('bears valid inputs and what once was found', () => {
    for (const seed of target.seeds) target.run(Uint8Array.from(seed));
    for (const file of regressions(name)) target.run(readFileSync(file));
  });

  it('bears valid inputs that were changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffff }), fc.nat(1_000), (seed, which) => {
        const random = new Random(seed);
        let input = target.seeds[which % target.seeds.length] ?? new Uint8Array();
        for (let round = 0; round < 3; round++) input = mutate(input, random, target.seeds);
        target.run(Uint8Array.from(input));
      }),
      { numRuns: RUNS },
    );
  });

  it('bears anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => target.run(input)),
      { numRuns: RUNS },
    );
  });
});

it('the fuzzer finds what hides behind a condition that chance does not meet', async () => {
  const { fuzz } = await import('./fuzz.ts');
  // A parser of ours that throws on a word would be found; here it is the target itself that does.
  const hidden = {
    seeds: [Uint8Array.of(0x80, 0xc8, 0, 1, 0, 0, 0, 0)],
    run: (input: Uint8Array) => {
      targets['rtcp']?.run(input);
      if (input[1] === 0xcd && input.length > 8) throw new Error('hidden');
    },
  };
  const { find } = await fuzz(hidden, 20, new Random(7));
  expect(find?.error).toMatchObject({ message: 'hidden' });
});
