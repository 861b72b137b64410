import { NULL, type Pointer, readUnsignedLong } from '../native/library.ts';
import {
  BIO_free,
  BIO_new,
  BIO_read,
  BIO_s_mem,
  BIO_write,
  ERR_clear_error,
  SSL_ctrl,
  SSL_do_handshake,
  SSL_export_keying_material,
  SSL_free,
  SSL_get_error,
  SSL_get_selected_srtp_profile,
  SSL_get1_peer_certificate,
  SSL_new,
  SSL_read,
  SSL_set_accept_state,
  SSL_set_bio,
  SSL_shutdown,
  X509_free,
} from '../native/openssl.ts';
import { type SrtpProfile, srtpProfile } from '../srtp/profiles.ts';
import type { SrtpKeys } from '../srtp/SrtpSession.ts';
import type { DtlsContext } from './DtlsContext.ts';
import { certificateFingerprint } from './fingerprint.ts';
import { readableLength, splitRecords } from './records.ts';

export interface DtlsPorts {
  /** One datagram to the peer. It is the receiver's to keep. */
  readonly send: (datagram: Buffer) => void;
  /** The handshake is over and the peer is who signalling said. Called once. */
  readonly onConnected: (keys: SrtpKeys) => void;
  /** There will be no keys: the handshake failed, or the certificate is somebody else's. */
  readonly onFailed: (why: string) => void;
  /** The peer has ended the association. Of this one and the one before one is called at most, once. */
  readonly onClosed: () => void;
}

const SSL_CTRL_SET_MTU = 17;
const DTLS_CTRL_HANDLE_TIMEOUT = 74;
const SSL_ERROR_WANT_READ = 2;
/** What every path carries, with room for a relay's header. */
const MTU = 1_200;
const EXPORTER = 'EXTRACTOR-dtls_srtp';

const scratch = Buffer.alloc(16_384);

/**
 * One DTLS 1.2 association as the server (RFC 6347), for the keys of SRTP (RFC 5764) and nothing else: what the peer
 * sends over it later is read and thrown away. HANDSHAKE → CONNECTED → CLOSED.
 */
export class DtlsSession implements Disposable {
  readonly #remoteFingerprint: string;
  readonly #ports: DtlsPorts;
  #ssl: Pointer = NULL;
  #fromPeer: Pointer = NULL;
  #toPeer: Pointer = NULL;
  #connected = false;
  /** It has failed or was closed, and that has been told: OpenSSL reads no more, so what came would only pile up. */
  #over = false;

  /** Throws when OpenSSL has no room for another. */
  constructor(context: DtlsContext, remoteFingerprint: string, ports: DtlsPorts) {
    this.#remoteFingerprint = remoteFingerprint;
    this.#ports = ports;
    const ssl = context.pointer === NULL ? NULL : SSL_new(context.pointer);
    const fromPeer = BIO_new(BIO_s_mem());
    const toPeer = BIO_new(BIO_s_mem());
    if (ssl === NULL || fromPeer === NULL || toPeer === NULL) {
      SSL_free(ssl);
      BIO_free(fromPeer);
      BIO_free(toPeer);
      throw new Error('no DTLS association to be had');
    }
    SSL_set_bio(ssl, fromPeer, toPeer);
    SSL_ctrl(ssl, SSL_CTRL_SET_MTU, MTU, null);
    SSL_set_accept_state(ssl);
    this.#ssl = ssl;
    this.#fromPeer = fromPeer;
    this.#toPeer = toPeer;
  }

  /** One datagram of the peer. */
  receive(bytes: Uint8Array, length: number): void {
    if (this.#ssl === NULL || this.#over || length > bytes.length) return;
    const readable = readableLength(bytes, length);
    if (readable === 0) return;
    BIO_write(this.#fromPeer, bytes, readable);
    if (this.#connected) this.#drain();
    else this.#shakeHands();
  }

  /** To be called every 100 ms or so until connected: what got lost is sent again when its time has come. */
  tick(): void {
    if (this.#ssl === NULL || this.#over || this.#connected) return;
    SSL_ctrl(this.#ssl, DTLS_CTRL_HANDLE_TIMEOUT, 0, null);
    this.#flush();
  }

  /** Tells the peer, as far as it can be told. */
  [Symbol.dispose](): void {
    const ssl = this.#ssl;
    if (ssl === NULL) return;
    // First of all: whoever is sent to may end us again, and to free it twice is the end of the process.
    this.#ssl = NULL;
    try {
      if (this.#connected) {
        ERR_clear_error();
        SSL_shutdown(ssl);
        this.#flush();
      }
    } finally {
      this.#fromPeer = NULL;
      this.#toPeer = NULL;
      // It owns the two BIOs.
      SSL_free(ssl);
    }
  }

  #shakeHands(): void {
    ERR_clear_error();
    const result = SSL_do_handshake(this.#ssl);
    const over = result !== 1 && SSL_get_error(this.#ssl, result) !== SSL_ERROR_WANT_READ;
    this.#flush();
    // Whoever was sent to may have ended us, or given us what completed the handshake.
    if (this.#ssl === NULL || this.#over || this.#connected) return;
    if (result === 1) this.#finish();
    else if (over) this.#fail('the DTLS handshake failed');
  }

  /** Nothing is carried before the certificate has proved to be the one that signalling spoke of (RFC 8122, section 6). */
  #finish(): void {
    if (this.#peerFingerprint() !== this.#remoteFingerprint) {
      this.#fail('another certificate');
      return;
    }
    const keys = this.#exportKeys();
    if (keys === null) {
      this.#fail('no SRTP profile in common');
      return;
    }
    this.#connected = true;
    this.#ports.onConnected(keys);
    this.#drain();
  }

  #fail(why: string): void {
    this.#over = true;
    // What OpenSSL has noted of it would be taken for the next one's.
    ERR_clear_error();
    this.#ports.onFailed(why);
  }

  #peerFingerprint(): string | null {
    const certificate = SSL_get1_peer_certificate(this.#ssl);
    if (certificate === NULL) return null;
    const fingerprint = certificateFingerprint(certificate);
    X509_free(certificate);
    return fingerprint;
  }

  /** RFC 5764, section 4.2: keys of client and server, then their salts. */
  #exportKeys(): SrtpKeys | null {
    const profile = this.#selectedProfile();
    if (profile === null) return null;
    const { keyLength, saltLength } = profile;
    const material = Buffer.alloc(2 * (keyLength + saltLength));
    const { length } = material;
    const done = SSL_export_keying_material(
      this.#ssl,
      material,
      length,
      EXPORTER,
      EXPORTER.length,
      null,
      0,
      0,
    );
    if (done !== 1) return null;
    const salts = 2 * keyLength;
    const part = (start: number, bytes: number): Buffer => material.subarray(start, start + bytes);
    return {
      profile,
      remote: { key: part(0, keyLength), salt: part(salts, saltLength) },
      local: { key: part(keyLength, keyLength), salt: part(salts + saltLength, saltLength) },
    };
  }

  /** `struct srtp_protection_profile_st { const char *name; unsigned long id; }` */
  #selectedProfile(): SrtpProfile | null {
    const profile = SSL_get_selected_srtp_profile(this.#ssl);
    return profile === NULL ? null : srtpProfile(readUnsignedLong(profile, 8));
  }

  /** Alerts are of interest, data is not. Whoever is called may have ended us: then there is nothing left to read. */
  #drain(): void {
    if (this.#ssl === NULL) return;
    ERR_clear_error();
    let result: number;
    do result = SSL_read(this.#ssl, scratch, scratch.length);
    while (result > 0);
    // It was closed, or the peer, nobody else can, has broken it.
    const ended = SSL_get_error(this.#ssl, result) !== SSL_ERROR_WANT_READ;
    this.#flush();
    if (!ended || this.#ssl === NULL || this.#over) return;
    this.#over = true;
    this.#ports.onClosed();
  }

  #flush(): void {
    if (this.#toPeer === NULL) return;
    const length = BIO_read(this.#toPeer, scratch, scratch.length);
    if (length <= 0) return;
    // A copy, for them to keep, and because the sending of one may lead to the sending of others.
    for (const datagram of splitRecords(Buffer.from(scratch.subarray(0, length)), MTU)) {
      if (this.#toPeer === NULL) return;
      this.#ports.send(datagram);
    }
  }
}
