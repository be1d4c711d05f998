#include "crypto.h"

#include "crypto_keys.h"

#include <argon2.h>
#include <malloc.h>
#include <sodium/utils.h>

#define PASSWORD_MAX_BYTES 512
#define SALT_BYTES 16
#define HASH_BYTES 32

/* A hash asks for its own memory; what asks for more than this was not made here. */
#define MEMORY_MAX_KIB (1024 * 1024)

struct cost {
    int64_t memory_kib;
    int64_t time;
    int64_t lanes;
};

/*
 * What argon2id really hashes: a MAC of the password under a key that is not in
 * the database. Whoever steals the table alone has nothing to guess against.
 */
static void
pepper(struct str password, uint8_t out[CRYPTO_SHA256_BYTES])
{
    crypto_hmac_sha256(crypto_key(KEY_PEPPER), password, out);
}

/*
 * A hash takes megabytes for a moment. By itself malloc learns from the first one to keep
 * such blocks in its heap, and every child of the pool would hold them for ever; a
 * threshold that was set no longer moves.
 */
static void
give_memory_back(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

struct str
crypto_password_hash(struct arena *a, const struct conf *conf, struct str password)
{
    uint32_t time = (uint32_t)conf->argon2_time;
    uint32_t memory = (uint32_t)conf->argon2_memory_kib;
    uint32_t lanes = (uint32_t)conf->argon2_lanes;
    size_t room = argon2_encodedlen(time, memory, lanes, SALT_BYTES, HASH_BYTES, Argon2_id);
    char *encoded = arena_alloc(a, room);
    uint8_t peppered[CRYPTO_SHA256_BYTES];
    uint8_t salt[SALT_BYTES];
    int failed;

    if (password.len > PASSWORD_MAX_BYTES)
        BUG("what=password_length_was_not_checked");

    give_memory_back();
    pepper(password, peppered);
    crypto_random(salt, sizeof(salt));
    failed = argon2id_hash_encoded(time, memory, lanes, peppered, sizeof(peppered), salt,
                                   sizeof(salt), HASH_BYTES, encoded, room);
    sodium_memzero(peppered, sizeof(peppered));
    if (failed != ARGON2_OK)
        BUG("what=argon2 why=\"%s\"", argon2_error_message(failed));
    return str_of(encoded);
}

struct str
crypto_password_dummy(const struct conf *conf)
{
    static char dummy[160]; /* made once; the longest of ours has 110 */

    if (dummy[0] == '\0') {
        struct arena *a = arena_new(1024);
        struct str hash = crypto_password_hash(a, conf, crypto_random_text(a, 32));

        if (hash.len >= sizeof(dummy))
            BUG("what=hash_too_long");
        memcpy(dummy, hash.p, hash.len);
        arena_free(a);
    }
    return str_of(dummy);
}

/* "m=19456" → 19456 */
static bool
parse_parameter(struct str *list, char name, int64_t *out)
{
    struct str word;

    return str_cut(list, ',', &word) && word.len > 2 && word.p[0] == name && word.p[1] == '=' &&
           str_i64((struct str){ word.p + 2, word.len - 2 }, out);
}

/* The head of "$argon2id$v=19$m=19456,t=2,p=1$salt$hash". */
static bool
parse_cost(struct str hash, struct cost *out)
{
    struct str kind, version, parameters;

    if (!str_starts(hash, STR("$")))
        return false;
    hash = (struct str){ hash.p + 1, hash.len - 1 };
    return str_cut(&hash, '$', &kind) && str_eq(kind, STR("argon2id")) &&
           str_cut(&hash, '$', &version) && str_eq(version, STR("v=19")) &&
           str_cut(&hash, '$', &parameters) &&
           parse_parameter(&parameters, 'm', &out->memory_kib) &&
           parse_parameter(&parameters, 't', &out->time) &&
           parse_parameter(&parameters, 'p', &out->lanes) && parameters.len == 0;
}

bool
crypto_password_check(const struct conf *conf, struct str hash, struct str password, bool *outdated)
{
    uint8_t peppered[CRYPTO_SHA256_BYTES];
    struct arena *a;
    struct cost cost;
    bool same;

    if (password.len > PASSWORD_MAX_BYTES || !parse_cost(hash, &cost) ||
        cost.memory_kib > MEMORY_MAX_KIB)
        return false;

    give_memory_back();
    a = arena_new(512);
    pepper(password, peppered);
    same = argon2id_verify(str_cstr(a, hash), peppered, sizeof(peppered)) == ARGON2_OK;
    sodium_memzero(peppered, sizeof(peppered));
    arena_free(a);

    *outdated = cost.memory_kib < conf->argon2_memory_kib || cost.time < conf->argon2_time ||
                cost.lanes < conf->argon2_lanes;
    return same;
}
