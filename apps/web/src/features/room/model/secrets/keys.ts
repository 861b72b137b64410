/** What private keys begin with, in the forms that tools write. Lower case. */
const beginnings = ['putty-user-key-file-', 'age-secret-key-1', 'age-secret-key-pq-1'];
const pem = '-----begin ';
const kinds = /^-----begin (?:[a-z0-9]{1,12} ){0,3}private key(?: block)?-----/;
/** WireGuard's and other settings with a key of 32 bytes in base64. */
const wireGuard = /\b(?:private|preshared)key {0,3}= {0,3}[a-z0-9+/]{43}=/;
const jwkPrivate = /"d"\s{0,3}:\s{0,3}"[a-z0-9_-]{32}/;

/** Whether there is a private key: PEM, OpenSSH, PuTTY, PGP, age, WireGuard, JSON Web Key. */
export function hasPrivateKey(text: string): boolean {
  const lower = text.toLowerCase();
  if (beginnings.some((one) => lower.includes(one)) || wireGuard.test(lower)) return true;
  if (lower.includes('"kty"') && jwkPrivate.test(lower)) return true;
  for (let at = lower.indexOf(pem); at >= 0; at = lower.indexOf(pem, at + pem.length))
    if (kinds.test(lower.slice(at, at + 80))) return true;
  return false;
}
