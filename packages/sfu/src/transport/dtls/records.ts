import { readUint16 } from '../../rtp/bytes.ts';

/** Type, version, epoch, sequence number; then the length (RFC 6347, section 4.1). */
const HEADER = 13;
const EPOCH_AT = 3;
const LENGTH_AT = 11;
/** What AES-GCM adds to a record (RFC 5288, section 3): 8 bytes of the nonce, 16 of the tag. */
const PROTECTION = 24;

/**
 * How much of a datagram is to be read: up to the first record that is not whole, or too short to be encrypted though
 * it says so. To OpenSSL one such record from anybody is the end of an association, not one more that is not genuine
 * (openssl/openssl#25290).
 */
export function readableLength(datagram: Uint8Array, length: number): number {
  let end = 0;
  while (end + HEADER <= length) {
    const body = readUint16(datagram, end + LENGTH_AT);
    const next = end + HEADER + body;
    if (next > length || (body < PROTECTION && readUint16(datagram, end + EPOCH_AT) > 0)) break;
    end = next;
  }
  return end;
}

/**
 * Cuts what OpenSSL wrote in one go into datagrams: whole records, as many as fit. A record that is longer than a
 * datagram goes alone; OpenSSL is told the limit and makes none.
 * @param bytes DTLS records, one behind the other
 * @param most bytes of a datagram
 */
export function splitRecords(bytes: Buffer, most: number): Buffer[] {
  const datagrams: Buffer[] = [];
  let start = 0;
  let end = 0;
  while (end + HEADER <= bytes.length) {
    const next = Math.min(end + HEADER + bytes.readUInt16BE(end + LENGTH_AT), bytes.length);
    if (next - start > most && end > start) {
      datagrams.push(bytes.subarray(start, end));
      start = end;
    }
    end = next;
  }
  if (end > start) datagrams.push(bytes.subarray(start, end));
  return datagrams;
}
