import { writePadding, writeRtpHeader } from './writeRtp.ts';

export interface RtpFields {
  readonly marker?: boolean;
  readonly payloadType: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload?: Uint8Array;
  readonly padding?: number;
  readonly extensions?: readonly { readonly id: number; readonly data: Uint8Array }[];
  /** The two-byte form of RFC 8285 even where one byte would do. */
  readonly twoByteExtensions?: boolean;
}

/** A whole new packet. For probes and tests: the forwarding path writes into its own buffer instead. */
export function buildRtp(fields: RtpFields): Uint8Array<ArrayBuffer> {
  const extensions = fields.extensions ?? [];
  const oneByte =
    fields.twoByteExtensions !== true &&
    extensions.every(({ id, data }) => id <= 14 && data.length >= 1 && data.length <= 16);
  const head = oneByte ? 1 : 2;
  const body = extensions.reduce((sum, { data }) => sum + head + data.length, 0);
  const block = extensions.length === 0 ? 0 : 4 + Math.ceil(body / 4) * 4;
  const payload = fields.payload ?? new Uint8Array(0);
  const padding = fields.padding ?? 0;
  const bytes = new Uint8Array(12 + block + payload.length + padding);
  const { marker = false, payloadType, sequenceNumber, timestamp, ssrc } = fields;
  let at = writeRtpHeader(bytes, block > 0, marker, payloadType, sequenceNumber, timestamp, ssrc);
  if (block > 0) {
    bytes.set(oneByte ? [0xbe, 0xde] : [0x10, 0x00], at);
    bytes.set([((block - 4) / 4) >> 8, (block - 4) / 4], at + 2);
    at += 4;
    for (const { id, data } of extensions) {
      bytes.set(oneByte ? [(id << 4) | (data.length - 1)] : [id, data.length], at);
      bytes.set(data, at + head);
      at += head + data.length;
    }
    at = 12 + block;
  }
  bytes.set(payload, at);
  if (padding > 0) writePadding(bytes, at + payload.length, padding);
  return bytes;
}
