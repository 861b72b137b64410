/** No 0/o, 1/l/i: a passcode is read out and typed. 31 characters, 4.95 bits each. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const length = 16;
/** A new passcode of 16 characters (79 bits), from the platform's generator without modulo bias. */
export function makePasscode(random = getRandomValues) {
    return randomString(length, random);
}
/** Characters of the unambiguous alphabet, each equally likely: bytes past the last multiple are thrown away. */
export function randomString(count, random = getRandomValues) {
    const fair = 256 - (256 % alphabet.length);
    let text = '';
    while (text.length < count) {
        const bytes = new Uint8Array(count * 2);
        random(bytes);
        for (const byte of bytes) {
            if (byte < fair && text.length < count)
                text += alphabet[byte % alphabet.length];
        }
    }
    return text;
}
/** Four groups of four, as people see it. */
export function formatPasscode(passcode) {
    return (passcode.match(/.{1,4}/g) ?? []).join('-');
}
/**
 * What somebody typed or a link carried, as it was made: lower case, without spaces and dashes.
 * Null when it cannot be a passcode (at least 12 characters of the alphabet).
 */
export function parsePasscode(text) {
    const plain = text.toLowerCase().replace(/[\s\-\u2010-\u2015]/g, '');
    if (plain.length < 12 || plain.length > 64)
        return null;
    return [...plain].every((character) => alphabet.includes(character)) ? plain : null;
}
function getRandomValues(bytes) {
    crypto.getRandomValues(bytes);
}
