import { expect, test } from 'vitest';
import { ENVELOPES } from './envelopes.ts';
import type { Codec } from './frame.ts';
import { metadataOf } from './metadata.ts';

test('every codec and type is told from every other by itself, and the clear bytes follow', () => {
  const seen = new Set<string>();
  for (const codec of Object.keys(ENVELOPES) as Codec[]) {
    for (const type of [null, 'key', 'delta'] as const) {
      const metadata = metadataOf(codec, type, Uint8Array.of(8, 9));
      expect([...metadata.subarray(3)]).toEqual([8, 9]);
      seen.add(metadata.join());
    }
  }
  expect(seen.size).toBe(15);
  // The format is on the wire's side of authentication: both ends must agree on these bytes.
  expect([...metadataOf('H264', 'key', new Uint8Array(0))]).toEqual([1, 5, 1]);
});
