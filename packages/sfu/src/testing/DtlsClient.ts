import { createCipheriv, createHmac } from 'node:crypto';
import { DtlsContext } from '../transport/dtls/DtlsContext.ts';
import { splitRecords } from '../transport/dtls/records.ts';
import { NULL, native, type Pointer, readUnsignedLong } from '../transport/native/library.ts';
import {
  BIO_new,
  BIO_read,
  BIO_s_mem,
  BIO_write,
  ERR_clear_error,
  SSL_CTX_free,
  SSL_CTX_get0_privatekey,
  SSL_CTX_new,
  SSL_CTX_set_cipher_list,
  SSL_CTX_set_options,
  SSL_CTX_set_tlsext_use_srtp,
  SSL_ctrl,
  SSL_do_handshake,
  SSL_export_keying_material,
  SSL_free,
  SSL_get_selected_srtp_profile,
  SSL_new,
  SSL_read,
  SSL_set_bio,
  SSL_shutdown,
} from '../transport/native/openssl.ts';
import { SRTP_PROFILES, srtpProfile } from '../transport/srtp/profiles.ts';
import type { SrtpKeys } from '../transport/srtp/SrtpSession.ts';

const DTLS_client_method = native('pointer', 'DTLS_client_method', []);
const SSL_CTX_get0_certificate = native('pointer', 'SSL_CTX_get0_certificate', ['pointer']);
const SSL_CTX_use_certificate = native('int', 'SSL_CTX_use_certificate', ['pointer', 'pointer']);
const SSL_CTX_use_PrivateKey = native('int', 'SSL_CTX_use_PrivateKey', ['pointer', 'pointer']);
const SSL_set_connect_state = native('void', 'SSL_set_connect_state', ['pointer']);
const SSL_renegotiate = native('int', 'SSL_renegotiate', ['pointer']);
const SSL_get_shutdown = native('int', 'SSL_get_shutdown', ['pointer']);
const SSL_get_session = native('pointer', 'SSL_get_session', ['pointer']);
const SSL_SESSION_get_master_key = native('size', 'SSL_SESSION_get_master_key', ['pointer', 'bytes', 'size']);
const SSL_get_client_random = native('size', 'SSL_get_client_random', ['pointer', 'bytes', 'size']);
const SSL_get_server_random = native('size', 'SSL_get_server_random', ['pointer', 'bytes', 'size']);
const SSL_write = native('int', 'SSL_write', ['pointer', 'bytes', 'int']);

const SSL_CTRL_SET_MTU = 17;
const DTLS_CTRL_HANDLE_TIMEOUT = 74;
const SSL_OP_NO_QUERY_MTU = 2 ** 12;
const MTU = 1_200;
const EXPORTER = 'EXTRACTOR-dtls_srtp';
/** The one that `forge` knows. */
const CIPHER = 'ECDHE-ECDSA-AES128-GCM-SHA256';

export interface DtlsClientOptions {
  /** As OpenSSL has them, with colons between them; null: the client does not speak of SRTP. */
  readonly profiles?: string | null;
  /** Of which it has its certificate; null: it has none. */
  readonly identity?: DtlsContext | null;
  readonly mtu?: number;
}

/** The other end of a DTLS association, in memory: what it sends is in `sent` until somebody takes it. */
export class DtlsClient implements Disposable {
  readonly sent: Buffer[] = [];
  connected = false;
  readonly #own: DtlsContext | null;
  readonly fingerprint: string;
  readonly #mtu: number;
  readonly #ssl: Pointer;
  readonly #incoming: Pointer;
  readonly #outgoing: Pointer;
  readonly #scratch = Buffer.alloc(32_768);
  #freed = false;

  constructor({ profiles, identity, mtu = MTU }: DtlsClientOptions = {}) {
    const context = SSL_CTX_new(DTLS_client_method());
    this.#own = identity === undefined ? new DtlsContext() : null;
    const certified = identity === undefined ? this.#own : identity;
    if (certified !== null) {
      SSL_CTX_use_certificate(context, SSL_CTX_get0_certificate(certified.pointer));
      SSL_CTX_use_PrivateKey(context, SSL_CTX_get0_privatekey(certified.pointer));
    }
    this.fingerprint = certified?.fingerprint ?? '';
    this.#mtu = mtu;
    SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU);
    SSL_CTX_set_cipher_list(context, CIPHER);
    const names = profiles === undefined ? SRTP_PROFILES.map(({ name }) => name).join(':') : profiles;
    if (names !== null) SSL_CTX_set_tlsext_use_srtp(context, names);
    this.#ssl = SSL_new(context);
    SSL_CTX_free(context);
    this.#incoming = BIO_new(BIO_s_mem());
    this.#outgoing = BIO_new(BIO_s_mem());
    SSL_set_bio(this.#ssl, this.#incoming, this.#outgoing);
    SSL_ctrl(this.#ssl, SSL_CTRL_SET_MTU, mtu, null);
    SSL_set_connect_state(this.#ssl);
  }

  /** The peer has ended the association. */
  get isClosed(): boolean {
    return (SSL_get_shutdown(this.#ssl) & 2) !== 0;
  }

  /** The SRTP keys as this end has them. */
  get keys(): SrtpKeys {
    const selected = SSL_get_selected_srtp_profile(this.#ssl);
    const profile = selected === NULL ? null : srtpProfile(readUnsignedLong(selected, 8));
    if (profile === null) throw new Error('no SRTP profile');
    const { keyLength, saltLength } = profile;
    const material = Buffer.alloc(2 * (keyLength + saltLength));
    const { length } = EXPORTER;
    SSL_export_keying_material(this.#ssl, material, material.length, EXPORTER, length, null, 0, 0);
    const take = (start: number, bytes: number): Buffer => material.subarray(start, start + bytes);
    const salts = 2 * keyLength;
    return {
      profile,
      local: { key: take(0, keyLength), salt: take(salts, saltLength) },
      remote: { key: take(keyLength, keyLength), salt: take(salts + saltLength, saltLength) },
    };
  }

  /** Begins the handshake. */
  start(): void {
    this.#advance();
  }

  receive(datagram: Uint8Array): void {
    BIO_write(this.#incoming, datagram, datagram.length);
    this.#advance();
  }

  /** Sends its last flight again when its time has come: a second after it, then two. */
  tick(): void {
    ERR_clear_error();
    SSL_ctrl(this.#ssl, DTLS_CTRL_HANDLE_TIMEOUT, 0, null);
    this.#flush();
  }

  /** Data over DTLS itself, which nobody reads. */
  write(data: Uint8Array): void {
    ERR_clear_error();
    SSL_write(this.#ssl, data, data.length);
    this.#flush();
  }

  /** Asks for another handshake inside the association. */
  renegotiate(): void {
    ERR_clear_error();
    SSL_renegotiate(this.#ssl);
    SSL_do_handshake(this.#ssl);
    this.#flush();
  }

  /**
   * A record as only this client can make it, but with a content that OpenSSL would never send.
   * @param type of the content: 20 change cipher spec, 21 alert, 22 handshake, 23 data
   * @param sequence number of the record, higher than those of the client so far
   */
  forge(type: number, content: Uint8Array, sequence: number): Buffer {
    const { key, salt } = this.#writeKeys();
    const head = Buffer.alloc(13);
    head[0] = type;
    head.writeUInt16BE(0xfefd, 1);
    head.writeUInt16BE(1, 3);
    head.writeUIntBE(sequence, 5, 6);
    const nonce = head.subarray(3, 11);
    const authenticated = Buffer.concat([nonce, head.subarray(0, 3), Buffer.alloc(2)]);
    authenticated.writeUInt16BE(content.length, 11);
    const cipher = createCipheriv('aes-128-gcm', key, Buffer.concat([salt, nonce]));
    cipher.setAAD(authenticated);
    const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);
    const body = Buffer.concat([nonce, encrypted, cipher.getAuthTag()]);
    head.writeUInt16BE(body.length, 11);
    return Buffer.concat([head, body]);
  }

  /** RFC 5246, section 6.3. */
  #writeKeys(): { key: Buffer; salt: Buffer } {
    const [master, client, server] = [Buffer.alloc(48), Buffer.alloc(32), Buffer.alloc(32)];
    SSL_SESSION_get_master_key(SSL_get_session(this.#ssl), master, master.length);
    SSL_get_client_random(this.#ssl, client, client.length);
    SSL_get_server_random(this.#ssl, server, server.length);
    const hmac = (...parts: Buffer[]): Buffer =>
      parts.reduce((hash, part) => hash.update(part), createHmac('sha256', master)).digest();
    const seed = Buffer.concat([Buffer.from('key expansion'), server, client]);
    const first = hmac(seed);
    const block = Buffer.concat([hmac(first, seed), hmac(hmac(first), seed)]);
    return { key: block.subarray(0, 16), salt: block.subarray(32, 36) };
  }

  close(): void {
    ERR_clear_error();
    SSL_shutdown(this.#ssl);
    this.#flush();
  }

  [Symbol.dispose](): void {
    if (this.#freed) return;
    this.#freed = true;
    SSL_free(this.#ssl);
    this.#own?.[Symbol.dispose]();
  }

  #advance(): void {
    ERR_clear_error();
    if (!this.connected) this.connected = SSL_do_handshake(this.#ssl) === 1;
    if (this.connected) while (SSL_read(this.#ssl, this.#scratch, this.#scratch.length) > 0);
    this.#flush();
  }

  #flush(): void {
    const length = BIO_read(this.#outgoing, this.#scratch, this.#scratch.length);
    if (length <= 0) return;
    for (const datagram of splitRecords(this.#scratch.subarray(0, length), this.#mtu))
      this.sent.push(Buffer.from(datagram));
  }
}
