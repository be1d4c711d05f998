/*
 * The few cryptographic acts of the house, each by the library that is good at
 * it: libsodium for random, MAC, sealing and comparing, libargon2 for passwords,
 * libjwt for access tokens. Keys are derived from one master key and never leave
 * crypto.c, password.c and token.c.
 */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include "conf.h"
#include "err.h"
#include "str.h"

#define CRYPTO_SHA256_BYTES 32

/*
 * Reads keys_dir/master.key (32 bytes, not readable by others) and keeps what is
 * derived from it in guarded memory; children inherit it. Once, by each master
 * process. Slugs: master_key_missing, master_key_exposed, master_key_invalid.
 */
MUST_CHECK struct err crypto_init(const struct conf *conf);

void crypto_random(void *out, size_t bytes);

/* bytes of randomness as base64url without padding (43 characters for 32 bytes). */
struct str crypto_random_text(struct arena *a, size_t bytes);

void crypto_sha256(struct str in, uint8_t out[CRYPTO_SHA256_BYTES]);
void crypto_hmac_sha256(struct str key, struct str in, uint8_t out[CRYPTO_SHA256_BYTES]);

struct str crypto_hex(struct arena *a, const uint8_t *p, size_t n); /* lower case */
bool crypto_unhex(struct str hex, uint8_t *out, size_t n); /* exactly n bytes, either case */
struct str crypto_base64url(struct arena *a, const uint8_t *p, size_t n);
/* Back again; only the one spelling that crypto_base64url writes. */
MUST_CHECK bool crypto_unbase64url(struct arena *a, struct str text, struct str *out);

/* Equal in constant time; false when the lengths differ. */
bool crypto_same(struct str a, struct str b);

/* 64-bit keyed hash: lane keys and throttle buckets, so that tables name nobody. */
int64_t crypto_hash64(struct str in);

/*
 * Sealing (XChaCha20-Poly1305): 0x01 | key version (4 bytes) | nonce | text.
 * `where` is bound as associated data ("channels|secrets|<account>|<id>"): a value
 * moved to another row does not open (false; "secret_moved" is the caller's word).
 */
struct str crypto_seal(struct arena *a, struct str where, struct str plain);
MUST_CHECK bool crypto_unseal(struct arena *a, struct str where, struct str sealed,
                              struct str *plain);

/* The same with a key that is kept elsewhere, sealed itself: what it sealed dies with it. */
#define CRYPTO_OWN_KEY_BYTES 32
struct str crypto_seal_by(struct arena *a, struct str key, struct str where, struct str plain);
MUST_CHECK bool crypto_unseal_by(struct arena *a, struct str key, struct str where,
                                 struct str sealed, struct str *plain);

/*
 * Passwords: argon2id, PHC string. Input over 512 bytes must be refused before.
 * check: *outdated is set when the parameters are below today's settings.
 */
struct str crypto_password_hash(struct arena *a, const struct conf *conf, struct str password);
bool crypto_password_check(const struct conf *conf, struct str hash, struct str password,
                           bool *outdated);

/*
 * The hash of a password nobody has, with today's settings: unknown people cost
 * the same work as known ones. Made once per process.
 */
struct str crypto_password_dummy(const struct conf *conf);

/* The claims of an access token. Times in seconds since 1970. */
struct crypto_claims {
    int64_t user_id;
    int64_t session_id;
    int64_t gen;
    int64_t issued_s;
    int64_t expires_s;
};

struct str crypto_token_issue(struct arena *a, const struct conf *conf,
                              const struct crypto_claims *c);

/* ERR_UNAUTHENTICATED "access_invalid" or "access_expired". Algorithm, issuer, audience and type pinned. */
MUST_CHECK struct err crypto_token_read(struct arena *a, const struct conf *conf, struct str token,
                                        int64_t now_s, struct crypto_claims *out);

/*
 * Small signed texts for tokens and cursors: "<base64url payload>.<base64url mac>", purpose
 * bound in. The payload can be read by whoever holds it; it cannot be changed.
 */
struct str crypto_sign(struct arena *a, const char *purpose, struct str payload);
MUST_CHECK bool crypto_signed(struct arena *a, const char *purpose, struct str text,
                              struct str *payload);

/*
 * Signatures that outsiders can check with nothing but our public key (Ed25519; in
 * attest.c). The key is derived like the others, so it is the installation's for ever.
 */
#define CRYPTO_ATTEST_KEY_BYTES 32
#define CRYPTO_ATTEST_BYTES 64

void crypto_attest_key(uint8_t out[CRYPTO_ATTEST_KEY_BYTES]);
void crypto_attest(struct str text, uint8_t out[CRYPTO_ATTEST_BYTES]);
MUST_CHECK bool crypto_attested(struct str key, struct str text, struct str signature);

#endif
