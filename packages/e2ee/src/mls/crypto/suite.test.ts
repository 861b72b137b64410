import { getCiphersuiteFromName, getCiphersuiteImpl } from 'ts-mls';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { checkEncryptionKey } from './encryptionKeys.ts';
import { openBase } from './openBase.ts';
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

describe('openBase', () => {
  it('opens what RFC 9180 appendix A.1.1 lists', async () => {
    const recipient = await privateKey(
      '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8',
      true,
    );
    const opened = await openBase(
      recipient,
      fromHex('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'),
      fromHex('f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a'),
      fromHex('4f6465206f6e2061204772656369616e2055726e'),
      fromHex('436f756e742d30'),
    );
    expect(toHex(opened)).toBe('4265617574792069732074727574682c20747275746820626561757479');
  });

  it('opens what the library has sealed, whatever the lengths, and nothing that was changed', async () => {
    const { hpke } = await getCiphersuiteImpl(getCiphersuiteFromName(defaultSuite));
    const pair = await (await loadSuite(defaultSuite)).hpke.generateKeyPair();
    for (const length of [0, 1, 32, 1_000]) {
      const [plaintext, info, additionalData] = [random(length), random(length), random(length)];
      const { enc, ct } = await hpke.seal(pair.publicKey, plaintext, info, additionalData);
      expect(await openBase(pair.privateKey, enc, ct, info, additionalData)).toEqual(plaintext);
      for (const changed of [enc, ct]) {
        const other = new Uint8Array(changed);
        other[0] = (other[0] ?? 0) ^ 1;
        const [e, c] = changed === enc ? [other, ct] : [enc, other];
        await expect(openBase(pair.privateKey, e, c, info, additionalData)).rejects.toThrow();
      }
    }
  });

  it('refuses an ephemeral key of small order, and one that is no key', async () => {
    const { hpke } = await loadSuite(defaultSuite);
    const { privateKey: own } = await hpke.generateKeyPair();
    for (const enc of [new Uint8Array(32), new Uint8Array(31), new Uint8Array(33)])
      await expect(openBase(own, enc, random(16), nothing, nothing)).rejects.toThrow();
  });
});

describe('encryption keys', () => {
  it('are refused where nothing can be sealed to them: exactly those that the exchange refuses', async () => {
    const small = [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
      '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
      ...['ec', 'ed', 'ee'].map((low) => `${low}${'ff'.repeat(30)}7f`),
    ].map(fromHex);
    const topBit = small.map((key) => key.map((byte, index) => (index === 31 ? byte | 0x80 : byte)));
    for (const key of [...small, ...topBit]) {
      expect(() => checkEncryptionKey(key)).toThrow();
      const sealing = publicKey(toHex(key)).then((one) => sealBase(one, utf8('secret'), nothing, nothing));
      await expect(sealing).rejects.toThrow();
    }
    for (const key of [new Uint8Array(31), random(33), nothing])
      expect(() => checkEncryptionKey(key)).toThrow();
    const { hpke } = await loadSuite(defaultSuite);
    for (let round = 0; round < 50; round++) {
      const pair = await hpke.generateKeyPair();
      expect(() => checkEncryptionKey(new Uint8Array(32))).toThrow();
      expect(checkEncryptionKey(await hpke.exportPublicKey(pair.publicKey))).toBeUndefined();
    }
  });
});

describe('the primitives of the suite', () => {
  it('derive the key pairs of RFC 9180 appendix A.1.1, and those of the library', async () => {
    const ours = (await loadSuite(defaultSuite)).hpke;
    const library = (await getCiphersuiteImpl(getCiphersuiteFromName(defaultSuite))).hpke;
    const listed = await ours.deriveKeyPair(
      fromHex('6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037'),
    );
    expect(toHex(await ours.exportPublicKey(listed.publicKey))).toBe(
      '3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d',
    );
    expect(toHex(await ours.exportPrivateKey(listed.privateKey))).toBe(
      '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8',
    );
    for (let round = 0; round < 20; round++) {
      const seed = random(32 + round);
      const [one, other] = [await ours.deriveKeyPair(seed), await library.deriveKeyPair(seed)];
      expect(await ours.exportPrivateKey(one.privateKey)).toEqual(
        await library.exportPrivateKey(other.privateKey),
      );
      expect(await ours.exportPublicKey(one.publicKey)).toEqual(
        await library.exportPublicKey(other.publicKey),
      );
    }
  });

  it('hash, authenticate, encrypt and sign as those of the library do', async () => {
    const ours = await loadSuite(defaultSuite);
    const library = await getCiphersuiteImpl(getCiphersuiteFromName(defaultSuite));
    const { keyLength, nonceLength } = ours.hpke;
    expect([keyLength, nonceLength, ours.kdf.size]).toEqual([
      ...[library.hpke.keyLength, library.hpke.nonceLength, library.kdf.size],
    ]);
    for (const length of [0, 1, 16, 100]) {
      const [key, nonce, data, text] = [random(16), random(12), random(length), random(length)];
      expect(await ours.hash.digest(text)).toEqual(await library.hash.digest(text));
      const mac = await library.hash.mac(key, text);
      expect(await ours.hash.mac(key, text)).toEqual(mac);
      expect(await ours.hash.verifyMac(key, mac, text)).toBe(true);
      expect(await ours.hash.verifyMac(key, mac.slice(1), text)).toBe(false);
      const sealed = await library.hpke.encryptAead(key, nonce, data, text);
      expect(await ours.hpke.encryptAead(key, nonce, data, text)).toEqual(sealed);
      expect(await ours.hpke.decryptAead(key, nonce, data, sealed)).toEqual(text);
      await expect(ours.hpke.decryptAead(key, nonce, utf8('other'), sealed)).rejects.toThrow();
      const { signKey, publicKey: verifying } = await ours.signature.keygen();
      const signature = await ours.signature.sign(signKey, text);
      expect(await library.signature.verify(verifying, text, signature)).toBe(true);
      expect(await ours.signature.verify(verifying, text, signature)).toBe(true);
      expect(await ours.signature.verify(verifying, utf8('other'), signature)).toBe(false);
    }
  });
});

function publicKey(hex: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromHex(hex), 'X25519', true, []);
}

/** PKCS #8 of RFC 8410 section 7 around the 32 bytes. */
function privateKey(hex: string, extractable = false): Promise<CryptoKey> {
  const encoded = fromHex(`302e020100300506032b656e04220420${hex}`);
  return crypto.subtle.importKey('pkcs8', encoded, 'X25519', extractable, ['deriveBits']);
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
