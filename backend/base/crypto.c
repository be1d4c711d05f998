#include "crypto.h"

#include "crypto_keys.h"

/* Part by part: libsodium as a whole has a crypto_sign of its own. */
#include <sodium/core.h>
#include <sodium/crypto_aead_xchacha20poly1305.h>
#include <sodium/crypto_auth_hmacsha256.h>
#include <sodium/crypto_generichash.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/crypto_kdf.h>
#include <sodium/crypto_shorthash.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include <assert.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Sealed text: format, key version, nonce, then the AEAD's text and tag. */
#define SEAL_FORMAT 0x01
#define SEAL_KEY_VERSION 1
#define VERSION_AT 1
#define NONCE_AT 5
#define TEXT_AT (NONCE_AT + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
#define SEAL_BYTES (TEXT_AT + crypto_aead_xchacha20poly1305_ietf_ABYTES)

/* 43 characters of base64url for 32 bytes. */
#define MAC_TEXT_BYTES 43

static struct {
    uint8_t (
        *keys)[CRYPTO_KEY_BYTES]; /* KEY__MAX of them in guarded memory; NULL before crypto_init */
} state;

/* --- keys -------------------------------------------------------------------- */

/* Reads exactly the master key, from a file that only its owner (and group) may read. */
static struct err
read_master(const char *keys_dir, uint8_t master[CRYPTO_KEY_BYTES])
{
    struct err e = OK;
    struct arena *a = arena_new(512);
    const char *path = str_fmt(a, "%s/master.key%c", keys_dir, '\0').p;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;

    arena_free(a);
    if (fd < 0)
        return FAIL_FIELD(ERR_UNAVAILABLE, "master_key_missing", "KEYS_DIR");
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size != CRYPTO_KEY_BYTES ||
        read(fd, master, CRYPTO_KEY_BYTES) != CRYPTO_KEY_BYTES)
        e = FAIL_FIELD(ERR_INVALID, "master_key_invalid", "KEYS_DIR");
    else if ((st.st_mode & (S_IWGRP | S_IXGRP | S_IRWXO)) != 0)
        e = FAIL_FIELD(ERR_INVALID, "master_key_exposed", "KEYS_DIR");
    close(fd);
    return e;
}

struct err
crypto_init(const struct conf *conf)
{
    uint8_t *master;
    struct err e;

    if (sodium_init() < 0)
        BUG("what=sodium_refuses_to_start");
    master = sodium_malloc(CRYPTO_KEY_BYTES);
    if (master == NULL)
        BUG("what=out_of_memory");
    e = read_master(conf->keys_dir, master);
    if (e.code != ERR_NONE)
        goto out;

    sodium_free(state.keys);
    state.keys = sodium_allocarray(KEY__MAX, CRYPTO_KEY_BYTES);
    if (state.keys == NULL)
        BUG("what=out_of_memory");
    for (int use = KEY_SEAL; use < KEY__MAX; use++)
        crypto_kdf_derive_from_key(state.keys[use], CRYPTO_KEY_BYTES, (uint64_t)use, "balcao-1",
                                   master);
    sodium_mprotect_readonly(state.keys);
out:
    sodium_free(master);
    return e;
}

struct str
crypto_key(enum crypto_key use)
{
    if (state.keys == NULL)
        BUG("what=crypto_init_was_not_called");
    return (struct str){ (const char *)state.keys[use], CRYPTO_KEY_BYTES };
}

static const uint8_t *
bytes(struct str s)
{
    return (const uint8_t *)s.p;
}

/* --- random, hashes, text forms ---------------------------------------------- */

void
crypto_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

struct str
crypto_random_text(struct arena *a, size_t n)
{
    uint8_t *raw = arena_alloc(a, n);

    crypto_random(raw, n);
    return crypto_base64url(a, raw, n);
}

void
crypto_sha256(struct str in, uint8_t out[CRYPTO_SHA256_BYTES])
{
    crypto_hash_sha256(out, bytes(in), in.len);
}

void
crypto_hmac_sha256(struct str key, struct str in, uint8_t out[CRYPTO_SHA256_BYTES])
{
    crypto_auth_hmacsha256_state mac;

    crypto_auth_hmacsha256_init(&mac, bytes(key), key.len);
    crypto_auth_hmacsha256_update(&mac, bytes(in), in.len);
    crypto_auth_hmacsha256_final(&mac, out);
    sodium_memzero(&mac, sizeof(mac));
}

struct str
crypto_hex(struct arena *a, const uint8_t *p, size_t n)
{
    char *text = arena_alloc(a, n * 2 + 1);

    sodium_bin2hex(text, n * 2 + 1, p, n);
    return (struct str){ text, n * 2 };
}

bool
crypto_unhex(struct str hex, uint8_t *out, size_t n)
{
    const char *end;
    size_t got;

    if (hex.len != n * 2)
        return false;
    return n == 0 || (sodium_hex2bin(out, n, hex.p, hex.len, NULL, &got, &end) == 0 && got == n &&
                      end == hex.p + hex.len);
}

struct str
crypto_base64url(struct arena *a, const uint8_t *p, size_t n)
{
    size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(a, room);

    sodium_bin2base64(text, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (struct str){ text, room - 1 };
}

bool
crypto_unbase64url(struct arena *a, struct str text, struct str *out)
{
    uint8_t *raw = arena_alloc(a, text.len + 1);
    size_t n;

    if (sodium_base642bin(raw, text.len + 1, text.p, text.len, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return false;
    *out = (struct str){ (const char *)raw, n };
    return true;
}

bool
crypto_same(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.p, b.p, a.len) == 0);
}

int64_t
crypto_hash64(struct str in)
{
    uint8_t hash[crypto_shorthash_BYTES];
    int64_t v;

    static_assert(sizeof(hash) == sizeof(v), "a short hash is one number");
    static_assert(CRYPTO_KEY_BYTES >= crypto_shorthash_KEYBYTES, "its key is the head of ours");
    crypto_shorthash(hash, bytes(in), in.len, bytes(crypto_key(KEY_HASH)));
    memcpy(&v, hash, sizeof(v));
    return v;
}

/* --- sealing ------------------------------------------------------------------ */

struct str
crypto_seal_by(struct arena *a, struct str key, struct str where, struct str plain)
{
    uint8_t *sealed = arena_alloc(a, plain.len + SEAL_BYTES);

    sealed[0] = SEAL_FORMAT;
    sealed[VERSION_AT + 3] = SEAL_KEY_VERSION; /* big endian; the rest is zero */
    crypto_random(sealed + NONCE_AT, TEXT_AT - NONCE_AT);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + TEXT_AT, NULL, bytes(plain), plain.len,
                                               bytes(where), where.len, NULL, sealed + NONCE_AT,
                                               bytes(key));
    return (struct str){ (const char *)sealed, plain.len + SEAL_BYTES };
}

bool
crypto_unseal_by(struct arena *a, struct str key, struct str where, struct str sealed,
                 struct str *plain)
{
    static const uint8_t head[NONCE_AT] = { SEAL_FORMAT, 0, 0, 0, SEAL_KEY_VERSION };
    uint8_t *text;

    if (sealed.len < SEAL_BYTES || memcmp(sealed.p, head, sizeof(head)) != 0)
        return false;
    text = arena_alloc(a, sealed.len - SEAL_BYTES + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(text, NULL, NULL, bytes(sealed) + TEXT_AT,
                                                   sealed.len - TEXT_AT, bytes(where), where.len,
                                                   bytes(sealed) + NONCE_AT, bytes(key)) != 0)
        return false;
    *plain = (struct str){ (const char *)text, sealed.len - SEAL_BYTES };
    return true;
}

struct str
crypto_seal(struct arena *a, struct str where, struct str plain)
{
    return crypto_seal_by(a, crypto_key(KEY_SEAL), where, plain);
}

bool
crypto_unseal(struct arena *a, struct str where, struct str sealed, struct str *plain)
{
    return crypto_unseal_by(a, crypto_key(KEY_SEAL), where, sealed, plain);
}

/* --- small signed texts ------------------------------------------------------- */

static struct str
mac_of(struct arena *a, const char *purpose, struct str payload)
{
    struct str key = crypto_key(KEY_SIGN);
    uint8_t derived[CRYPTO_KEY_BYTES];
    uint8_t mac[CRYPTO_SHA256_BYTES];

    crypto_generichash(derived, sizeof(derived), (const uint8_t *)purpose, strlen(purpose),
                       bytes(key), key.len);
    crypto_hmac_sha256((struct str){ (const char *)derived, sizeof(derived) }, payload, mac);
    sodium_memzero(derived, sizeof(derived));
    return crypto_base64url(a, mac, sizeof(mac));
}

struct str
crypto_sign(struct arena *a, const char *purpose, struct str payload)
{
    struct buf b = { .arena = a };

    buf_add(&b, crypto_base64url(a, bytes(payload), payload.len));
    buf_char(&b, '.');
    buf_add(&b, mac_of(a, purpose, payload));
    return buf_str(&b);
}

bool
crypto_signed(struct arena *a, const char *purpose, struct str text, struct str *payload)
{
    struct str head, mac, plain;

    if (text.len < MAC_TEXT_BYTES + 1 || text.p[text.len - MAC_TEXT_BYTES - 1] != '.')
        return false;
    head = (struct str){ text.p, text.len - MAC_TEXT_BYTES - 1 };
    mac = (struct str){ text.p + head.len + 1, MAC_TEXT_BYTES };
    if (!crypto_unbase64url(a, head, &plain) || !crypto_same(mac, mac_of(a, purpose, plain)))
        return false;
    *payload = plain;
    return true;
}
