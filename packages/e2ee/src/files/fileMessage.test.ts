import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../base64url.ts';
import { decodeFileMessage, encodeFileMessage, type FileMessage } from './fileMessage.ts';
import { extensionOf, isFileName, toFileName } from './fileName.ts';
import { LARGEST_FILE } from './fileSizes.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const id = bytes(16).map((random) => toBase64Url(random));
const offer: fc.Arbitrary<FileMessage> = fc
  .record({
    id,
    key: bytes(32).map((random) => new Uint8Array(random)),
    hash: bytes(32).map((random) => new Uint8Array(random)),
    size: fc.integer({ min: 0, max: LARGEST_FILE }),
    mediaType: fc.constantFrom('image/png', 'application/vnd.x-y+zip'),
    name: fc.string({ unit: 'binary' }).map(toFileName),
  })
  .map((made) => ({ type: 'offer', offer: made }));
const message = fc.oneof(
  fc.constant<FileMessage>({ type: 'again' }),

  offer,
  id.map((one): FileMessage => ({ type: 'withdrawn', id: one })),
);

describe('a message about a file', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(decodeFileMessage(encodeFileMessage(one))).toEqual(one);
      }),
    );
  });

  it('is nothing when it is cut, longer, or of another type', () => {
    fc.assert(
      fc.property(message, fc.nat(), (one, cut) => {
        const encoded = encodeFileMessage(one);
        expect(decodeFileMessage(encoded.slice(0, cut % encoded.length))).toBeNull();
        expect(decodeFileMessage(new Uint8Array([...encoded, 0]))).toBeNull();
        expect(decodeFileMessage(new Uint8Array([9, ...encoded.slice(1)]))).toBeNull();
      }),
    );
  });

  it('is nothing whatever else is said', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        const read = decodeFileMessage(new Uint8Array([1, ...random]));
        expect(read === null || (read.type === 'offer' && isFileName(read.offer.name))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '../../etc/passwd',
    'a\u202etxt.exe',
    'x\u0000',
    'CON',
    'a.',
    '.hidden',
    'e\u0301.txt',
    ' a',
    'a|b',
  ])('does not say the name %j', (name) => {
    const good: FileMessage = {
      type: 'offer',
      offer: {
        ...{ id: 'AAECAwQFBgcICQoLDA0ODw', key: new Uint8Array(32), hash: new Uint8Array(32) },
        ...{ size: 1, mediaType: 'a/b', name: 'n'.repeat(new TextEncoder().encode(name).length) },
      },
    };
    const encoded = encodeFileMessage(good);
    encoded.set(new TextEncoder().encode(name), encoded.length - new TextEncoder().encode(name).length);
    expect(decodeFileMessage(encoded)).toBeNull();
  });
});

describe('a name', () => {
  it('is made of whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = toFileName(given);
        expect(isFileName(name), name).toBe(true);
        expect(toFileName(name)).toBe(name);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['Bericht Q3.pdf', 'Bericht Q3.pdf'],
    ['C:\\Users\\ada\\notes.txt', 'C__Users_ada_notes.txt'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['evil\u202ecod.exe', 'evilcod.exe'],
    ['aux.txt', '_aux.txt'],
    ['...', 'file'],
    ['Cafe\u0301.txt', 'Café.txt'],
    ['👩\u200d👩\u200d👧 ❤\ufe0f.png', '👩\u200d👩\u200d👧 ❤\ufe0f.png'],
    ['می\u200cخواهم.pdf', 'می\u200cخواهم.pdf'],
  ])('%j is %j', (given, name) => expect(toFileName(given)).toBe(name));

  it('that is too long keeps its end', () => {
    const name = toFileName(`${'ä'.repeat(300)}.tar.gz`);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
    expect(extensionOf(name)).toBe('gz');
  });
});
