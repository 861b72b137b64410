/** One way to a browser: an address over UDP, or a connection over TCP. It is made by a check that proved genuine. */
export interface PeerPath {
  /** Sends the first `length` bytes, which may be written over as soon as it returns. False when they went nowhere. */
  send(bytes: Uint8Array, length: number): boolean;
  /** Nothing comes or goes any more. */
  close(): void;
}
