/** RFC 3711, section 3.3.1: the index is 2^16 × rollover counter + sequence number, 48 bits. */
const TURN = 0x1_0000;
const HALF = 0x8000;

/**
 * The index of a packet, of which only the sequence number is sent: the one nearest to the highest so far (RFC 3711,
 * appendix A).
 * @param highest −1: there was none
 */
export function packetIndex(highest: number, sequenceNumber: number): number {
  if (highest < 0) return sequenceNumber;
  const last = highest % TURN;
  const turn = highest - last;
  const ahead = sequenceNumber - last;
  if (ahead > HALF && turn > 0) return turn - TURN + sequenceNumber;
  if (ahead < -HALF) return turn + TURN + sequenceNumber;
  return turn + sequenceNumber;
}
