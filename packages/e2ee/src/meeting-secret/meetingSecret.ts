const rounds = 210_000;
const halfBytes = 32;

/** What a passcode is stretched to. Both halves are 32 bytes; only `proof` ever leaves the browser. */
export interface MeetingSecret {
  /** Shown to the server, which keeps its SHA-256 and limits guesses. */
  readonly proof: Uint8Array<ArrayBuffer>;
  /** Goes into the group's key schedule as an external PSK (RFC 9420 section 8.4). Never sent. */
  readonly psk: Uint8Array<ArrayBuffer>;
}

/**
 * PBKDF2-HMAC-SHA-512 (RFC 8018), 210,000 rounds, salt = the meeting's id in UTF-8, 64 bytes, split in the
 * middle. One block of SHA-512 is exactly 64 bytes, so neither half tells anything of the other.
 */
export async function deriveMeetingSecret(meetingId: string, passcode: string): Promise<MeetingSecret> {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(passcode), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-512', salt: text.encode(meetingId), iterations: rounds },
    key,
    halfBytes * 2 * 8,
  );
  return { proof: new Uint8Array(bits, 0, halfBytes), psk: new Uint8Array(bits, halfBytes, halfBytes) };
}

/** What the server is given to check proofs against: SHA-256 of the proof. */
export async function verifierOf(secret: MeetingSecret): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', secret.proof));
}

/**
 * The secret of a breakout room: HKDF-SHA-512 (RFC 5869) of the meeting's external PSK, no salt, with the room's id in `info`,
 * 64 bytes, split as the meeting's. Whoever has the meeting's secret has it; the server, which has neither, does not; and
 * neither that of another room nor the meeting's own follows from it. Its `proof` is shown to nobody.
 */
export async function deriveBreakoutSecret({ psk }: MeetingSecret, roomId: string): Promise<MeetingSecret> {
  const info = new TextEncoder().encode(`Conclave breakout room v1 ${roomId}`);
  const key = await crypto.subtle.importKey('raw', psk, 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-512', salt: new Uint8Array(0), info },
    key,
    halfBytes * 2 * 8,
  );
  return { proof: new Uint8Array(bits, 0, halfBytes), psk: new Uint8Array(bits, halfBytes, halfBytes) };
}
