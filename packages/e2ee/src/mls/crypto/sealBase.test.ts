import { getCiphersuiteFromName, getCiphersuiteImpl } from 'ts-mls';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { sealBase } from './sealBase.ts';
import { defaultSuite, loadSuite } from './suite.ts';

const nothing = new Uint8Array();

describe('sealBase', () => {
  it('gives what RFC 9180 appendix A.1.1 lists', async () => {
    const ephemeral = {
      publicKey: await publicKey('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'),
      privateKey: await privateKey('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736'),
    };
    const sealed = await sealBase(
      await publicKey('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
      fromHex('4265617574792069732074727574682c20747275746820626561757479'),
      fromHex('4f6465206f6e2061204772656369616e2055726e'),
      fromHex('436f756e742d30'),
      async () => ephemeral,
    );
    expect(toHex(sealed.enc)).toBe('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431');
    expect(toHex(sealed.ct)).toBe(
      'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
    );
  });

  it('is opened by the library, whatever the lengths', async () => {
    const { hpke } = await getCiphersuiteImpl(getCiphersuiteFromName(defaultSuite));
    const pair = await hpke.generateKeyPair();
    for (const length of [0, 1, 32, 1_000]) {
      const [plaintext, info, additionalData] = [random(length), random(length), random(length)];
      const { enc, ct } = await sealBase(pair.publicKey, plaintext, info, additionalData);
      expect(await hpke.open(pair.privateKey, enc, ct, info, additionalData)).toEqual(plaintext);
    }
  });

  it('is what the suite seals by, under another key each time', async () => {
    const ours = (await loadSuite(defaultSuite)).hpke;
    const library = (await getCiphersuiteImpl(getCiphersuiteFromName(defaultSuite))).hpke;
    const pair = await library.generateKeyPair();
    const [one, other] = [
      await ours.seal(pair.publicKey, utf8('secret'), utf8('info')),
      await ours.seal(pair.publicKey, utf8('secret'), utf8('info')),
    ];
    expect(one.enc).not.toEqual(other.enc);
    expect(one.ct).not.toEqual(other.ct);
    expect(await library.open(pair.privateKey, one.enc, one.ct, utf8('info'))).toEqual(utf8('secret'));
  });

  it('does not open with another info, other additional data or another key', async () => {
    const { hpke } = await getCiphersuiteImpl(getCiphersuiteFromName(defaultSuite));
    const [pair, stranger] = [await hpke.generateKeyPair(), await hpke.generateKeyPair()];
    const { enc, ct } = await sealBase(pair.publicKey, utf8('secret'), utf8('info'), utf8('data'));
    await expect(hpke.open(pair.privateKey, enc, ct, utf8('inf'), utf8('data'))).rejects.toThrow();
    await expect(hpke.open(pair.privateKey, enc, ct, utf8('info'), nothing)).rejects.toThrow();
    await expect(hpke.open(stranger.privateKey, enc, ct, utf8('info'), utf8('data'))).rejects.toThrow();
  });

  it('refuses a key of small order, whose secret everybody knows', async () => {
    // 0, 1 and a point of order 8 (RFC 7748 section 6.1 gives zeroes for each).
    for (const point of [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    ]) {
      const sealing = publicKey(point).then((key) => sealBase(key, utf8('secret'), nothing, nothing));
      await expect(sealing).rejects.toThrow();
    }
  });
});

function publicKey(hex: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromHex(hex), 'X25519', true, []);
}

/** PKCS #8 of RFC 8410 section 7 around the 32 bytes. */
function privateKey(hex: string): Promise<CryptoKey> {
  const encoded = fromHex(`302e020100300506032b656e04220420${hex}`);
  return crypto.subtle.importKey('pkcs8', encoded, 'X25519', false, ['deriveBits']);
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
