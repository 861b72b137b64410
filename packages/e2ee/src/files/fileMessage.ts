import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { type Bytes, concat } from '../bytes.ts';
import { ByteReader } from '../mls/bytes/ByteReader.ts';
import { bigEndian, opaque16 } from '../mls/bytes/bytes.ts';
import { FILE_ID_BYTES, FILE_KEY_BYTES } from './FileCipher.ts';
import { FileError } from './FileError.ts';
import { isFileName } from './fileName.ts';
import { LARGEST_FILE } from './fileSizes.ts';
import { SAY_AGAIN } from './sayAgain.ts';

/** Everything that it takes to fetch a file and to open it. Only members of the group ever see it. */
export interface FileOffer {
  /** 128 random bits, base64url: under this name the server has the ciphertext. */
  readonly id: string;
  /** 32 bytes, for this file alone. */
  readonly key: Bytes;
  /** `hashOfParts`, 32 bytes. */
  readonly hash: Bytes;
  /** Of the file itself, bytes. */
  readonly size: number;
  /** By content, as its sender found. */
  readonly mediaType: string;
  readonly name: string;
}

export type FileMessage =
  | { readonly type: 'offer'; readonly offer: FileOffer }
  /** By whom it was offered alone. */
  | { readonly type: 'withdrawn'; readonly id: string }
  /** Its sender was away: whoever has offered something says it again. */
  | { readonly type: 'again' };

const types = { offer: 1, withdrawn: 2, again: SAY_AGAIN } as const;
const hashBytes = 32;
const mediaTypePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/;
const utf8 = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function isFileId(id: string): boolean {
  return /^[A-Za-z0-9_-]{21}[AQgw]$/.test(id);
}

/**
 * The body of a message of kind `file`, in TLS's presentation language (RFC 8446 section 3):
 *
 *     struct {
 *       uint8 type;                 // 1: offer, 2: withdrawn, 3: again
 *       select (type) {
 *         case 1:
 *           opaque id[16];
 *           opaque key[32];
 *           opaque hash[32];
 *           uint64 size;            // at most 2^32
 *           opaque media_type<3..127>;  // ASCII, length in 16 bits
 *           opaque name<1..255>;        // UTF-8, as `isFileName` wants it, length in 16 bits
 *         case 2:
 *           opaque id[16];
 *         case 3: ;
 *       };
 *     } File;
 */
export function encodeFileMessage(message: FileMessage): Bytes {
  if (message.type === 'again') return Uint8Array.of(types.again);
  if (message.type === 'withdrawn') return concat(Uint8Array.of(types.withdrawn), fromBase64Url(message.id));
  const { id, key, hash, size, mediaType, name } = message.offer;
  if (!isFileName(name)) throw new FileError('file.name');
  return concat(
    Uint8Array.of(types.offer),
    fromBase64Url(id),
    key,
    hash,
    bigEndian(size, 8),
    opaque16(utf8.encode(mediaType)),
    opaque16(utf8.encode(name)),
  );
}

/** Null for what is not exactly this. */
export function decodeFileMessage(body: Bytes): FileMessage | null {
  try {
    return read(new ByteReader(body));
  } catch {
    return null;
  }
}

function read(reader: ByteReader): FileMessage | null {
  const type = reader.uint8();
  if (type === types.again) {
    reader.end();
    return { type: 'again' };
  }
  const id = toBase64Url(reader.take(FILE_ID_BYTES));
  if (type === types.withdrawn) {
    reader.end();
    return { type: 'withdrawn', id };
  }
  if (type !== types.offer) return null;
  const key = reader.take(FILE_KEY_BYTES);
  const hash = reader.take(hashBytes);
  const size = reader.uint64();
  const mediaType = strict.decode(reader.opaque16(3, 127));
  const name = strict.decode(reader.opaque16(1, 255));
  reader.end();
  if (size > LARGEST_FILE || !mediaTypePattern.test(mediaType) || !isFileName(name)) return null;
  return { type: 'offer', offer: { id, key, hash, size, mediaType, name } };
}
