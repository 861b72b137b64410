import { native } from './library.ts';

/**
 * The functions of OpenSSL 3 that the transport uses, under their own names; docs.openssl.org has each. Contexts are
 * freed by who made them. Constants that C gets from macros stand where they are used.
 */
export const EVP_CIPHER_CTX_new = native('pointer', 'EVP_CIPHER_CTX_new', []);
export const EVP_CIPHER_CTX_free = native('void', 'EVP_CIPHER_CTX_free', ['pointer']);
export const EVP_CIPHER_CTX_ctrl = native('int', 'EVP_CIPHER_CTX_ctrl', ['pointer', 'int', 'int', 'address']);
export const EVP_CipherInit_ex = native('int', 'EVP_CipherInit_ex', [
  ...(['pointer', 'pointer', 'pointer', 'bytes', 'address', 'int'] as const),
]);
export const EVP_CipherUpdate = native('int', 'EVP_CipherUpdate', [
  ...(['pointer', 'address', 'address', 'address', 'int'] as const),
]);
export const EVP_CipherFinal_ex = native('int', 'EVP_CipherFinal_ex', ['pointer', 'address', 'address']);
export const EVP_aes_128_gcm = native('pointer', 'EVP_aes_128_gcm', []);
export const EVP_aes_256_gcm = native('pointer', 'EVP_aes_256_gcm', []);
export const EVP_aes_128_ctr = native('pointer', 'EVP_aes_128_ctr', []);
export const EVP_sha256 = native('pointer', 'EVP_sha256', []);

export const ERR_clear_error = native('void', 'ERR_clear_error', []);

export const BIO_s_mem = native('pointer', 'BIO_s_mem', []);
export const BIO_new = native('pointer', 'BIO_new', ['pointer']);
export const BIO_free = native('int', 'BIO_free', ['pointer']);
export const BIO_read = native('int', 'BIO_read', ['pointer', 'bytes', 'int']);
export const BIO_write = native('int', 'BIO_write', ['pointer', 'bytes', 'int']);

export const DTLS_server_method = native('pointer', 'DTLS_server_method', []);
export const SSL_CTX_new = native('pointer', 'SSL_CTX_new', ['pointer']);
export const SSL_CTX_free = native('void', 'SSL_CTX_free', ['pointer']);
export const SSL_CTX_ctrl = native('long', 'SSL_CTX_ctrl', ['pointer', 'int', 'long', 'string']);
export const SSL_CTX_set_options = native('size', 'SSL_CTX_set_options', ['pointer', 'size']);
export const SSL_CTX_set_cipher_list = native('int', 'SSL_CTX_set_cipher_list', ['pointer', 'string']);
export const SSL_CTX_set_verify = native('void', 'SSL_CTX_set_verify', ['pointer', 'int', 'pointer']);
export const SSL_CTX_set_tlsext_use_srtp = native('int', 'SSL_CTX_set_tlsext_use_srtp', [
  'pointer',
  'string',
]);
export const SSL_CTX_use_PrivateKey_ASN1 = native('int', 'SSL_CTX_use_PrivateKey_ASN1', [
  ...(['int', 'pointer', 'bytes', 'long'] as const),
]);
export const SSL_CTX_get0_privatekey = native('pointer', 'SSL_CTX_get0_privatekey', ['pointer']);
export const SSL_CTX_use_certificate = native('int', 'SSL_CTX_use_certificate', ['pointer', 'pointer']);

export const SSL_new = native('pointer', 'SSL_new', ['pointer']);
export const SSL_free = native('void', 'SSL_free', ['pointer']);
export const SSL_ctrl = native('long', 'SSL_ctrl', ['pointer', 'int', 'long', 'bytes']);
export const SSL_set_bio = native('void', 'SSL_set_bio', ['pointer', 'pointer', 'pointer']);
export const SSL_set_accept_state = native('void', 'SSL_set_accept_state', ['pointer']);
export const SSL_do_handshake = native('int', 'SSL_do_handshake', ['pointer']);
export const SSL_read = native('int', 'SSL_read', ['pointer', 'bytes', 'int']);
export const SSL_shutdown = native('int', 'SSL_shutdown', ['pointer']);
export const SSL_get_error = native('int', 'SSL_get_error', ['pointer', 'int']);
export const SSL_get1_peer_certificate = native('pointer', 'SSL_get1_peer_certificate', ['pointer']);
export const SSL_get_selected_srtp_profile = native('pointer', 'SSL_get_selected_srtp_profile', ['pointer']);
export const SSL_export_keying_material = native('int', 'SSL_export_keying_material', [
  ...(['pointer', 'bytes', 'size', 'string', 'size', 'bytes', 'size', 'int'] as const),
]);

export const X509_new = native('pointer', 'X509_new', []);
export const X509_free = native('void', 'X509_free', ['pointer']);
export const X509_digest = native('int', 'X509_digest', ['pointer', 'pointer', 'bytes', 'bytes']);
export const X509_set_version = native('int', 'X509_set_version', ['pointer', 'long']);
export const X509_get_serialNumber = native('pointer', 'X509_get_serialNumber', ['pointer']);
export const ASN1_INTEGER_set = native('int', 'ASN1_INTEGER_set', ['pointer', 'long']);
export const X509_getm_notBefore = native('pointer', 'X509_getm_notBefore', ['pointer']);
export const X509_getm_notAfter = native('pointer', 'X509_getm_notAfter', ['pointer']);
export const X509_gmtime_adj = native('pointer', 'X509_gmtime_adj', ['pointer', 'long']);
export const X509_get_subject_name = native('pointer', 'X509_get_subject_name', ['pointer']);
export const X509_NAME_add_entry_by_txt = native('int', 'X509_NAME_add_entry_by_txt', [
  ...(['pointer', 'string', 'int', 'string', 'int', 'int', 'int'] as const),
]);
export const X509_set_issuer_name = native('int', 'X509_set_issuer_name', ['pointer', 'pointer']);
export const X509_set_pubkey = native('int', 'X509_set_pubkey', ['pointer', 'pointer']);
export const X509_sign = native('int', 'X509_sign', ['pointer', 'pointer', 'pointer']);
