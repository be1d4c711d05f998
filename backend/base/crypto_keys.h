/*
 * The keys of the house, for crypto.c and its neighbours alone. All are
 * derived from the master key, one per use, so that nothing made for one use can
 * pass for another.
 */
#ifndef BASE_CRYPTO_KEYS_H
#define BASE_CRYPTO_KEYS_H

#include "str.h"

#define CRYPTO_KEY_BYTES 32

/* The number is part of the derivation: never reuse one, never reorder. */
enum crypto_key {
    KEY_SEAL = 1,   /* secrets at rest */
    KEY_TOKEN = 2,  /* access tokens */
    KEY_PEPPER = 3, /* passwords */
    KEY_HASH = 4,   /* crypto_hash64 */
    KEY_SIGN = 5,   /* crypto_sign, once more derived by purpose */
    KEY_ATTEST = 9, /* crypto_attest */
    KEY_PUSH = 10,  /* vapid.h */
    KEY__MAX
};

/* CRYPTO_KEY_BYTES bytes in guarded memory. Before crypto_init it is our bug. */
struct str crypto_key(enum crypto_key use);

#endif
