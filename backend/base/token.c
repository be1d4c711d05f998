#include "crypto.h"

#include "crypto_keys.h"

#include <errno.h>
#include <jwt.h>
#include <sodium/crypto_generichash.h>
#include <stdlib.h>

/*
 * libjwt checks the signature and nothing else: not the times, not which
 * algorithm of the family was used, and with a NULL key not even the signature.
 * So the key is never NULL, serves nothing else, and the rest is checked here.
 */

/* A claim, because libjwt writes and takes no header "typ" but "JWT". */
#define USE "access"
#define AUDIENCE "balcao-api"
#define TOKEN_MAX_BYTES 1024

/* Another host's clock may be a little ahead; a token may not outlive its end by it. */
#define NOT_BEFORE_LEEWAY_S 30

#define KID_BYTES 4 /* 8 hex digits */

static const unsigned char *
key_bytes(void)
{
    return (const unsigned char *)crypto_key(KEY_TOKEN).p;
}

/* Names the key without telling it, so that a token of other keys is told from a forged one. */
static const char *
key_id(struct arena *a)
{
    uint8_t id[crypto_generichash_BYTES_MIN];

    crypto_generichash(id, sizeof(id), key_bytes(), CRYPTO_KEY_BYTES, NULL, 0);
    return crypto_hex(a, id, KID_BYTES).p;
}

struct str
crypto_token_issue(struct arena *a, const struct conf *conf, const struct crypto_claims *c)
{
    const char *user = str_fmt(a, "%lld%c", (long long)c->user_id, '\0').p;
    struct str token;
    jwt_t *jwt = NULL;
    char *text;

    if (jwt_new(&jwt) != 0 || jwt_add_header(jwt, "kid", key_id(a)) != 0 ||
        jwt_add_grant(jwt, "use", USE) != 0 || jwt_add_grant(jwt, "iss", conf->public_url) != 0 ||
        jwt_add_grant(jwt, "aud", AUDIENCE) != 0 || jwt_add_grant(jwt, "sub", user) != 0 ||
        jwt_add_grant_int(jwt, "sid", c->session_id) != 0 ||
        jwt_add_grant_int(jwt, "gen", c->gen) != 0 ||
        jwt_add_grant_int(jwt, "iat", c->issued_s) != 0 ||
        jwt_add_grant_int(jwt, "nbf", c->issued_s) != 0 ||
        jwt_add_grant_int(jwt, "exp", c->expires_s) != 0 ||
        jwt_set_alg(jwt, JWT_ALG_HS256, key_bytes(), CRYPTO_KEY_BYTES) != 0)
        BUG("what=token_not_made");

    text = jwt_encode_str(jwt);
    jwt_free(jwt);
    if (text == NULL)
        BUG("what=token_not_made");
    token = str_dup(a, str_of(text));
    free(text);
    return token;
}

static bool
header_is(jwt_t *jwt, const char *name, const char *expected)
{
    const char *value = jwt_get_header(jwt, name);

    return value != NULL && strcmp(value, expected) == 0;
}

static bool
grant_is(jwt_t *jwt, const char *name, const char *expected)
{
    const char *value = jwt_get_grant(jwt, name);

    return value != NULL && strcmp(value, expected) == 0;
}

static bool
grant_number(jwt_t *jwt, const char *name, int64_t *out)
{
    errno = 0;
    *out = jwt_get_grant_int(jwt, name);
    return errno == 0;
}

/* Everything but the end, which has an answer of its own. */
static bool
is_ours(struct arena *a, const struct conf *conf, jwt_t *jwt, int64_t now_s,
        struct crypto_claims *c)
{
    int64_t not_before;
    const char *user = jwt_get_grant(jwt, "sub");

    return jwt_get_alg(jwt) == JWT_ALG_HS256 && header_is(jwt, "kid", key_id(a)) &&
           grant_is(jwt, "use", USE) && grant_is(jwt, "iss", conf->public_url) &&
           grant_is(jwt, "aud", AUDIENCE) && str_i64(str_of(user), &c->user_id) && c->user_id > 0 &&
           grant_number(jwt, "sid", &c->session_id) && c->session_id > 0 &&
           grant_number(jwt, "gen", &c->gen) && grant_number(jwt, "iat", &c->issued_s) &&
           grant_number(jwt, "exp", &c->expires_s) && grant_number(jwt, "nbf", &not_before) &&
           not_before - NOT_BEFORE_LEEWAY_S <= now_s;
}

/*
 * Tokens this process has judged already, by digest: a browser sends the same one for
 * ten minutes, and judging it anew was a sixth of the work of a small request. What time
 * changes, beginning and end, is asked each time; our tokens begin when they are issued.
 */
enum { JUDGED = 64 };

static struct {
    uint8_t digest[CRYPTO_SHA256_BYTES];
    struct crypto_claims claims;
} judged[JUDGED];

static bool
is_judged(const uint8_t digest[CRYPTO_SHA256_BYTES], struct crypto_claims *out)
{
    size_t slot = digest[0] % JUDGED;

    if (judged[slot].claims.user_id == 0 ||
        !crypto_same((struct str){ (const char *)digest, CRYPTO_SHA256_BYTES },
                     (struct str){ (const char *)judged[slot].digest, CRYPTO_SHA256_BYTES }))
        return false;
    *out = judged[slot].claims;
    return true;
}

static void
remember(const uint8_t digest[CRYPTO_SHA256_BYTES], const struct crypto_claims *claims)
{
    size_t slot = digest[0] % JUDGED;

    memcpy(judged[slot].digest, digest, CRYPTO_SHA256_BYTES);
    judged[slot].claims = *claims;
}

static bool
judge(struct arena *a, const struct conf *conf, struct str token, int64_t now_s,
      struct crypto_claims *claims)
{
    jwt_t *jwt = NULL;
    bool ours;

    if (jwt_decode(&jwt, str_cstr(a, token), key_bytes(), CRYPTO_KEY_BYTES) != 0)
        return false;
    ours = is_ours(a, conf, jwt, now_s, claims);
    jwt_free(jwt);
    return ours;
}

struct err
crypto_token_read(struct arena *a, const struct conf *conf, struct str token, int64_t now_s,
                  struct crypto_claims *out)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    struct crypto_claims claims = { 0 };

    if (token.len > TOKEN_MAX_BYTES || str_find(token, '\0') >= 0)
        return FAIL(ERR_UNAUTHENTICATED, "access_invalid");
    crypto_sha256(str_fmt(a, "%.*s %s %s", STR_ARG(token), key_id(a), conf->public_url), digest);
    if (!is_judged(digest, &claims)) {
        if (!judge(a, conf, token, now_s, &claims))
            return FAIL(ERR_UNAUTHENTICATED, "access_invalid");
        remember(digest, &claims);
    }
    if (claims.issued_s - NOT_BEFORE_LEEWAY_S > now_s)
        return FAIL(ERR_UNAUTHENTICATED, "access_invalid");
    if (claims.expires_s <= now_s)
        return FAIL(ERR_UNAUTHENTICATED, "access_expired");
    *out = claims;
    return OK;
}
