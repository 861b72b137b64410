import { generateKeyPairSync, randomInt } from 'node:crypto';
import { NULL, nativeCallback, type Pointer } from '../native/library.ts';
import {
  ASN1_INTEGER_set,
  DTLS_server_method,
  EVP_sha256,
  SSL_CTX_ctrl,
  SSL_CTX_free,
  SSL_CTX_get0_privatekey,
  SSL_CTX_new,
  SSL_CTX_set_cipher_list,
  SSL_CTX_set_options,
  SSL_CTX_set_tlsext_use_srtp,
  SSL_CTX_set_verify,
  SSL_CTX_use_certificate,
  SSL_CTX_use_PrivateKey_ASN1,
  X509_free,
  X509_get_serialNumber,
  X509_get_subject_name,
  X509_getm_notAfter,
  X509_getm_notBefore,
  X509_gmtime_adj,
  X509_NAME_add_entry_by_txt,
  X509_new,
  X509_set_issuer_name,
  X509_set_pubkey,
  X509_set_version,
  X509_sign,
} from '../native/openssl.ts';
import { SRTP_PROFILES, type SrtpProfile } from '../srtp/profiles.ts';
import { certificateFingerprint } from './fingerprint.ts';

/**
 * RFC 8827, section 6.5 asks everybody for the first; only suites with authenticated encryption and forward secrecy.
 * No other than AES-GCM: what is too short for it is known without a key, see `readableLength`.
 */
const CIPHERS = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'].join(':');
const GROUPS = 'X25519:P-256:P-384';

/** OpenSSL's macros, by the names that they have there. */
const SSL_CTRL_SET_GROUPS_LIST = 92;
const SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
const DTLS1_2_VERSION = 0xfefd;
const SSL_OP_NO_QUERY_MTU = 2 ** 12;
const SSL_OP_NO_TICKET = 2 ** 14;
const SSL_OP_NO_RENEGOTIATION = 2 ** 30;
const SSL_VERIFY_PEER = 0x01;
const SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 0x02;
const EVP_PKEY_EC = 408;
const MBSTRING_ASC = 0x1001;

/** s. A certificate is made for each process; the hour before bears clocks that differ. */
const VALID_FROM = -3_600;
const VALID_FOR = 365 * 86_400;

/**
 * Certificates are not verified by a chain: browsers make their own, and the fingerprint that came over signalling is
 * compared when the handshake is over (RFC 5763, section 5). OpenSSL only sees to it that there is one.
 */
const acceptAny = nativeCallback('conclave_accept_certificate', ['int', 'pointer'], () => 1);

/** What all DTLS associations of a process share: its certificate, made anew, and what is negotiated. */
export class DtlsContext implements Disposable {
  /** SHA-256 of our certificate, upper-case hexadecimal pairs with colons. */
  readonly fingerprint: string;
  #context: Pointer;

  /**
   * @param profiles of SRTP that are taken, most wished for first
   * Throws when OpenSSL refuses a setting.
   */
  constructor(profiles: readonly SrtpProfile[] = SRTP_PROFILES) {
    const context = SSL_CTX_new(DTLS_server_method());
    this.#context = context;
    try {
      SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU + SSL_OP_NO_TICKET + SSL_OP_NO_RENEGOTIATION);
      demand('version', SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, DTLS1_2_VERSION, null));
      demand('ciphers', SSL_CTX_set_cipher_list(context, CIPHERS));
      demand('groups', SSL_CTX_ctrl(context, SSL_CTRL_SET_GROUPS_LIST, 0, GROUPS));
      const names = profiles.map(({ name }) => name).join(':');
      demand('SRTP', SSL_CTX_set_tlsext_use_srtp(context, names) === 0 ? 1 : 0);
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER + SSL_VERIFY_FAIL_IF_NO_PEER_CERT, acceptAny);
      this.fingerprint = useNewCertificate(context);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** For `SSL_new`. NULL once disposed. */
  get pointer(): Pointer {
    return this.#context;
  }

  /** Associations that live keep what they need of it. */
  [Symbol.dispose](): void {
    if (this.#context !== NULL) SSL_CTX_free(this.#context);
    this.#context = NULL;
  }
}

/** A P-256 key and a certificate that it signs itself; it says nothing about anybody. */
function useNewCertificate(context: Pointer): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = privateKey.export({ type: 'sec1', format: 'der' });
  demand('key', SSL_CTX_use_PrivateKey_ASN1(EVP_PKEY_EC, context, der, der.length));
  der.fill(0);
  const key = SSL_CTX_get0_privatekey(context);
  const certificate = X509_new();
  try {
    const subject = X509_get_subject_name(certificate);
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), randomInt(1, 2 ** 31));
    X509_gmtime_adj(X509_getm_notBefore(certificate), VALID_FROM);
    X509_gmtime_adj(X509_getm_notAfter(certificate), VALID_FOR);
    X509_NAME_add_entry_by_txt(subject, 'CN', MBSTRING_ASC, 'WebRTC', -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    demand('public key', X509_set_pubkey(certificate, key));
    demand('signature', X509_sign(certificate, key, EVP_sha256()));
    demand('certificate', SSL_CTX_use_certificate(context, certificate));
    return certificateFingerprint(certificate);
  } finally {
    X509_free(certificate);
  }
}

function demand(what: string, result: number): void {
  if (result <= 0) throw new Error(`OpenSSL refuses the ${what} of DTLS`);
}
