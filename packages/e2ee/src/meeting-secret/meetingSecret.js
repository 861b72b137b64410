const rounds = 210000;
const halfBytes = 32;
/**
 * PBKDF2-HMAC-SHA-512 (RFC 8018), 210,000 rounds, salt = the meeting's id in UTF-8, 64 bytes, split in the
 * middle. One block of SHA-512 is exactly 64 bytes, so neither half tells anything of the other.
 */
export async function deriveMeetingSecret(meetingId, passcode) {
    const text = new TextEncoder();
    const key = await crypto.subtle.importKey('raw', text.encode(passcode), 'PBKDF2', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt: text.encode(meetingId), iterations: rounds }, key, halfBytes * 2 * 8);
    return { proof: new Uint8Array(bits, 0, halfBytes), psk: new Uint8Array(bits, halfBytes, halfBytes) };
}
/** What the server is given to check proofs against: SHA-256 of the proof. */
export async function verifierOf(secret) {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', secret.proof));
}
