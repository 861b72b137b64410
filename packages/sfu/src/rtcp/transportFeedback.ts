import { readUint16, readUint24, readUint32, writeUint16, writeUint24 } from '../rtp/bytes.ts';
import { newFeedback, RTCP, type RtcpBody } from './header.ts';

export const TRANSPORT_FEEDBACK_FORMAT = 15;

/**
 * Packets that one feedback may report on: at 50 ms a packet this is 40,000 packets/s. A run of lost ones takes two bytes
 * whatever its length, so the limit is also what twenty bytes of a stranger may cost us.
 */
export const MAX_REPORTED = 2048;
/** Deltas count quarter milliseconds, the reference time 64 ms. */
const DELTA_TICKS_PER_REFERENCE = 256;
const RECEIVED_SMALL = 1;
const RECEIVED_LARGE = 2;

/**
 * Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, section 3.1).
 * Arrival `index` belongs to the transport-wide sequence number `baseSequence + index`.
 */
export interface TransportFeedback {
  readonly type: 'transport-feedback';
  readonly senderSsrc: number;
  readonly mediaSsrc: number;
  readonly baseSequence: number;
  /** Number of this feedback, 8 bits. */
  readonly feedbackCount: number;
  /** Arrival times in ticks of 250 µs on the receiver's own clock (24 bits of 64 ms, then it wraps); null: not received. */
  readonly arrivals: readonly (number | null)[];
}

export function readTransportFeedback(body: RtcpBody): TransportFeedback | null {
  const { bytes, start, end } = body;
  if (start + 18 > end) return null;
  const count = readUint16(bytes, start + 10);
  if (count === 0 || count > MAX_REPORTED) return null;
  const statuses = readStatuses(bytes, start + 16, end, count);
  if (statuses === null) return null;
  const arrivals: (number | null)[] = [];
  let at = statuses.next;
  let time = ((readUint24(bytes, start + 12) << 8) >> 8) * DELTA_TICKS_PER_REFERENCE;
  for (const symbol of statuses.symbols) {
    if (symbol === RECEIVED_SMALL) {
      if (at + 1 > end) return null;
      time += bytes[at] ?? 0;
      at += 1;
    } else if (symbol === RECEIVED_LARGE) {
      if (at + 2 > end) return null;
      time += (readUint16(bytes, at) << 16) >> 16;
      at += 2;
    }
    arrivals.push(symbol === RECEIVED_SMALL || symbol === RECEIVED_LARGE ? time : null);
  }
  return {
    type: 'transport-feedback',
    senderSsrc: readUint32(bytes, start),
    mediaSsrc: readUint32(bytes, start + 4),
    baseSequence: readUint16(bytes, start + 8),
    feedbackCount: bytes[start + 15] ?? 0,
    arrivals,
  };
}

function readStatuses(
  bytes: Uint8Array,
  from: number,
  end: number,
  count: number,
): { symbols: Uint8Array; next: number } | null {
  const symbols = new Uint8Array(count);
  let filled = 0;
  let at = from;
  while (filled < count) {
    if (at + 2 > end) return null;
    const chunk = readUint16(bytes, at);
    at += 2;
    if ((chunk & 0x8000) === 0) {
      const run = Math.min(chunk & 0x1fff, count - filled);
      symbols.fill((chunk >> 13) & 3, filled, filled + run);
      filled += run;
    } else if ((chunk & 0x4000) === 0) {
      for (let bit = 13; bit >= 0 && filled < count; bit--) symbols[filled++] = (chunk >> bit) & 1;
    } else {
      for (let bit = 12; bit >= 0 && filled < count; bit -= 2) symbols[filled++] = (chunk >> bit) & 3;
    }
  }
  return { symbols, next: at };
}

/**
 * Arrivals as in `TransportFeedback`, not all null, each at most 8.19 s from the one before it (null ones skipped).
 * Returns null when a distance is larger: the caller starts another feedback there.
 */
export function writeTransportFeedback(
  feedback: Omit<TransportFeedback, 'type'>,
): Uint8Array<ArrayBuffer> | null {
  const { arrivals } = feedback;
  const first = arrivals.find((arrival) => arrival !== null);
  if (first === undefined || first === null || arrivals.length > MAX_REPORTED) return null;
  const reference = Math.floor(first / DELTA_TICKS_PER_REFERENCE);
  const symbols = new Uint8Array(arrivals.length);
  const deltas: number[] = [];
  let time = reference * DELTA_TICKS_PER_REFERENCE;
  for (const [index, arrival] of arrivals.entries()) {
    if (arrival === null) continue;
    const delta = arrival - time;
    if (delta < -32768 || delta > 32767) return null;
    symbols[index] = delta >= 0 && delta <= 255 ? RECEIVED_SMALL : RECEIVED_LARGE;
    deltas.push(delta);
    time = arrival;
  }
  const chunks = packStatuses(symbols);
  const deltaBytes = deltas.reduce((sum, delta) => sum + (delta >= 0 && delta <= 255 ? 1 : 2), 0);
  const information = 8 + chunks.length * 2 + deltaBytes;
  const padded = Math.ceil(information / 4) * 4;
  const bytes = newFeedback(
    RTCP.transportFeedback,
    TRANSPORT_FEEDBACK_FORMAT,
    feedback.senderSsrc,
    feedback.mediaSsrc,
    padded,
  );
  writeUint16(bytes, 12, feedback.baseSequence);
  writeUint16(bytes, 14, arrivals.length);
  writeUint24(bytes, 16, reference);
  bytes[19] = feedback.feedbackCount;
  let at = 20;
  for (const chunk of chunks) {
    writeUint16(bytes, at, chunk);
    at += 2;
  }
  for (const delta of deltas) {
    if (delta >= 0 && delta <= 255) bytes[at++] = delta;
    else {
      writeUint16(bytes, at, delta);
      at += 2;
    }
  }
  // Without the padding bit, Chromium would read the filling as further deltas and refuse the packet.
  if (padded > information) {
    bytes[0] = (bytes[0] ?? 0) | 0x20;
    bytes[bytes.length - 1] = padded - information;
  }
  return bytes;
}

/** Runs of one symbol where that is no longer than a vector of seven two-bit symbols (section 3.1.3 and 3.1.4). */
function packStatuses(symbols: Uint8Array): number[] {
  const chunks: number[] = [];
  let at = 0;
  while (at < symbols.length) {
    const symbol = symbols[at] ?? 0;
    let run = 1;
    while (at + run < symbols.length && symbols[at + run] === symbol && run < 0x1fff) run += 1;
    if (run >= 7 || at + run === symbols.length) {
      chunks.push((symbol << 13) | run);
      at += run;
      continue;
    }
    let vector = 0xc000;
    for (let index = 0; index < 7; index++) vector |= (symbols[at + index] ?? 0) << (12 - index * 2);
    chunks.push(vector);
    at += 7;
  }
  return chunks;
}
