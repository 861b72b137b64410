/** Of a key of 32 bytes: whether it is one of these, hexadecimal. Its top bit is a sign, or unused, and says nothing here. */
export function isOneOf(key: Uint8Array, known: ReadonlySet<string>): boolean {
  const hex = [...key].map((byte, index) =>
    (index === 31 ? byte & 0x7f : byte).toString(16).padStart(2, '0'),
  );
  return known.has(hex.join(''));
}
