import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { ed25519 } from './ed25519.ts';
import { isSmallOrder } from './signatureKeys.ts';

const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const message = Uint8Array.of(1, 2, 3);

describe('Ed25519', () => {
  it('verifies what was signed, by that key and of those bytes alone', async () => {
    const [one, other] = [await ed25519.keygen(), await ed25519.keygen()];
    const signature = await ed25519.sign(one.signKey, message);
    expect(await ed25519.verify(one.publicKey, message, signature)).toBe(true);
    expect(await ed25519.verify(other.publicKey, message, signature)).toBe(false);
    expect(await ed25519.verify(one.publicKey, Uint8Array.of(1, 2, 4), signature)).toBe(false);
    expect(await ed25519.verify(one.publicKey, message, signature.slice(1))).toBe(false);
  });

  it('takes no key of small order: one signature would hold for every message', async () => {
    // R is the neutral element and S is 0: the equation of RFC 8032 (section 5.1.7) holds whatever is signed.
    const neutral = fromHex(`01${'00'.repeat(31)}`);
    const forged = new Uint8Array([...neutral, ...new Uint8Array(32)]);
    expect(await ed25519.verify(neutral, message, forged)).toBe(false);
    for (const point of ED25519_TORSION_SUBGROUP) {
      expect(isSmallOrder(fromHex(point))).toBe(true);
      expect(await ed25519.verify(fromHex(point), message, forged)).toBe(false);
    }
  });

  it('knows the encodings too that are not canonical', () => {
    for (const low of ['ed', 'ee'])
      for (const high of ['7f', 'ff'])
        expect(isSmallOrder(fromHex(`${low}${'ff'.repeat(30)}${high}`))).toBe(true);
    expect(isSmallOrder(new Uint8Array(31))).toBe(false);
  });

  it('refuses what is no key at all', async () => {
    const { signKey } = await ed25519.keygen();
    const signature = await ed25519.sign(signKey, message);
    for (const key of [new Uint8Array(), new Uint8Array(31).fill(7), new Uint8Array(32).fill(0xff)])
      expect(await ed25519.verify(key, message, signature)).toBe(false);
  });

  it('makes keys that are not of small order', async () => {
    expect(isSmallOrder((await ed25519.keygen()).publicKey)).toBe(false);
  });
});
