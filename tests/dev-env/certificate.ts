import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate, type SelfsignedOptions } from 'selfsigned';

interface Authority {
  readonly cert: string;
  readonly key: string;
  /** The certificate in PEM: what a browser is told to trust. */
  readonly authorityFile: string;
}

const kind = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** An authority of the test's own, made now: no key is ever committed. */
export async function writeAuthority(folder: string): Promise<Authority> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Conclave test authority' }], {
    ...kind,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const authorityFile = join(folder, 'authority.pem');
  await writeFile(authorityFile, cert);
  return { cert, key, authorityFile };
}

/** A TLS certificate for one address or name, signed by an authority or by itself. */
export async function writeCertificate(
  folder: string,
  host: string,
  authority: Authority | null = null,
): Promise<{ readonly certificateFile: string; readonly keyFile: string }> {
  const options: SelfsignedOptions = {
    ...kind,
    extensions: [
      ...(authority === null
        ? []
        : ([
            { name: 'basicConstraints', cA: false },
            { name: 'extKeyUsage', serverAuth: true },
          ] as const)),
      {
        name: 'subjectAltName',
        altNames: [isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host }],
      },
    ],
    ...(authority === null ? {} : { ca: { key: authority.key, cert: authority.cert } }),
  };
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Conclave tests' }], options);
  const certificateFile = join(folder, 'certificate.pem');
  const keyFile = join(folder, 'key.pem');
  await writeFile(certificateFile, cert);
  await writeFile(keyFile, key, { mode: 0o600 });
  return { certificateFile, keyFile };
}

/** The SHA-256 of a certificate's public key, in base64: how Chromium is told to trust one. */
export async function publicKeyHash(certificateFile: string): Promise<string> {
  const { publicKey } = new X509Certificate(await readFile(certificateFile));
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}
