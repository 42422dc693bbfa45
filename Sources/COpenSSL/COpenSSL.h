#pragma once
// libcrypto includes <time.h>. Which module a timespec then belongs to must not hang on the order in which
// Swift's compiler meets this header and Glibc, so Glibc comes first.
#if __has_include(<gnu/libc-version.h>)
#pragma clang module import SwiftGlibc
#endif
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Macros that Swift doesn't import.
static const uint64_t copenssl_no_compression = SSL_OP_NO_COMPRESSION,
                      copenssl_no_renegotiation = SSL_OP_NO_RENEGOTIATION,
                      copenssl_server_preference = SSL_OP_CIPHER_SERVER_PREFERENCE,
                      copenssl_prioritize_chacha = SSL_OP_PRIORITIZE_CHACHA;

static inline int copenssl_set_versions(SSL_CTX *context, int lowest, int highest) {
  return SSL_CTX_set_min_proto_version(context, lowest) &&
         SSL_CTX_set_max_proto_version(context, highest);
}
static inline void copenssl_set_mode(SSL_CTX *context, uint32_t mode) {
  SSL_CTX_set_mode(context, mode);
}
static inline void copenssl_set_session_cache(SSL_CTX *context, long mode) {
  SSL_CTX_set_session_cache_mode(context, mode);
}
static inline int copenssl_set_server_name(SSL *session, const char *name) {
  return (int)SSL_set_tlsext_host_name(session, name);
}
static inline void copenssl_read_ahead(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }
static inline void copenssl_watch(SSL *ssl, void *watcher) { SSL_set_msg_callback_arg(ssl, watcher); }
static inline void copenssl_retry_read(BIO *bio) { BIO_set_retry_read(bio); }
static inline void copenssl_retry_write(BIO *bio) { BIO_set_retry_write(bio); }
static inline void copenssl_no_retry(BIO *bio) { BIO_clear_retry_flags(bio); }
