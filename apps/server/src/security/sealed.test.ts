import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { Sealer } from './sealed.ts';

const sealer = new Sealer(new Secret(Buffer.alloc(32, 7)));

test('what is sealed opens in its context, and is never the same twice', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({ maxLength: 500 }), (context, plain) => {
      const sealed = sealer.seal(context, plain);
      expect(sealer.seal(context, plain)).not.toEqual(sealed);
      expect(new Uint8Array(sealer.open(context, sealed))).toEqual(plain);
    }),
  );
});

test('it opens in no other context, under no other key, and not when a single bit is changed', () => {
  const sealed = sealer.seal('one', randomBytes(20));
  expect(() => sealer.open('other', sealed)).toThrow();
  expect(() => new Sealer(new Secret(Buffer.alloc(32, 8))).open('one', sealed)).toThrow();
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => sealer.open('one', changed), `byte ${at}`).toThrow();
  }
  expect(() => sealer.open('one', sealed.subarray(0, 28))).toThrow();
});
