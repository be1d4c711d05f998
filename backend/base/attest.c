#include "crypto.h"
#include "crypto_keys.h"

#include <assert.h>
#include <sodium/crypto_sign_ed25519.h>
#include <sodium/utils.h>

static_assert(CRYPTO_ATTEST_KEY_BYTES == crypto_sign_ed25519_PUBLICKEYBYTES, "of the header");
static_assert(CRYPTO_ATTEST_BYTES == crypto_sign_ed25519_BYTES, "of the header");
static_assert(CRYPTO_KEY_BYTES == crypto_sign_ed25519_SEEDBYTES, "our key is the seed");

static void
make_pair(uint8_t public_key[CRYPTO_ATTEST_KEY_BYTES],
          uint8_t secret_key[crypto_sign_ed25519_SECRETKEYBYTES])
{
    crypto_sign_ed25519_seed_keypair(public_key, secret_key,
                                     (const uint8_t *)crypto_key(KEY_ATTEST).p);
}

void
crypto_attest_key(uint8_t out[CRYPTO_ATTEST_KEY_BYTES])
{
    uint8_t secret_key[crypto_sign_ed25519_SECRETKEYBYTES];

    make_pair(out, secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
}

void
crypto_attest(struct str text, uint8_t out[CRYPTO_ATTEST_BYTES])
{
    uint8_t public_key[CRYPTO_ATTEST_KEY_BYTES];
    uint8_t secret_key[crypto_sign_ed25519_SECRETKEYBYTES];

    make_pair(public_key, secret_key);
    crypto_sign_ed25519_detached(out, NULL, (const uint8_t *)text.p, text.len, secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
}

bool
crypto_attested(struct str key, struct str text, struct str signature)
{
    return key.len == CRYPTO_ATTEST_KEY_BYTES && signature.len == CRYPTO_ATTEST_BYTES &&
           crypto_sign_ed25519_verify_detached((const uint8_t *)signature.p,
                                               (const uint8_t *)text.p, text.len,
                                               (const uint8_t *)key.p) == 0;
}
