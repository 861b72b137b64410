/** ms, the same clock in all processes of this machine. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Bytes at the end of a payload that say when it was sent. */
export const stampBytes = 8;

export function stamp(payload: Uint8Array): void {
  new DataView(payload.buffer, payload.byteOffset).setFloat64(payload.length - stampBytes, clock());
}

/** How long a packet was on its way, ms. */
export function age(packet: Buffer): number {
  return clock() - packet.readDoubleBE(packet.length - stampBytes);
}
