import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A TLS certificate for one address, signed by itself and made now: no key is ever committed. */
export async function writeCertificate(
  folder: string,
  address: string,
): Promise<{ readonly certificateFile: string; readonly keyFile: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Conclave tests' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: address }] }],
  });
  const certificateFile = join(folder, 'certificate.pem');
  const keyFile = join(folder, 'key.pem');
  await writeFile(certificateFile, cert);
  await writeFile(keyFile, key, { mode: 0o600 });
  return { certificateFile, keyFile };
}
