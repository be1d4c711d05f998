#include "cookies.h"

#include "auth.h"
#include "base/clock.h"
#include "base/crypto.h"

enum { ACCESS_S = 10 * 60, SECRET_BYTES = 32 };

void
auth_put_cookie(struct res *res, const char *name, struct str value, int64_t max_age_s)
{
    res_header(res, "Set-Cookie",
               str_fmt(res->cx->arena,
                       "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; Secure; SameSite=Strict", name,
                       STR_ARG(value), (long long)max_age_s));
}

struct db_param
auth_hash_secret(struct cx *cx, struct str secret)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(secret, digest);
    return db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest });
}

struct cookie_secret
cookie_secret_new(struct cx *cx)
{
    struct str text = crypto_random_text(cx->arena, SECRET_BYTES);

    return (struct cookie_secret){ text, auth_hash_secret(cx, text) };
}

void
cookie_set_access(struct cx *cx, struct res *res, int64_t session_id, int64_t gen)
{
    int64_t now_s = cx->now_us / US_PER_S;
    struct crypto_claims claims = { .user_id = cx->user.v,
                                    .session_id = session_id,
                                    .gen = gen,
                                    .issued_s = now_s,
                                    .expires_s = now_s + ACCESS_S };

    auth_put_cookie(res, "__Host-bat", crypto_token_issue(cx->arena, cx->conf, &claims), ACCESS_S);
}

void
cookie_set(struct cx *cx, struct res *res, const char *name, int64_t id, struct str secret,
           int64_t until_us)
{
    auth_put_cookie(res, name, str_fmt(cx->arena, "%lld.%.*s", (long long)id, STR_ARG(secret)),
                    (until_us - cx->now_us) / US_PER_S);
}

bool
cookie_read(struct cx *cx, const struct req *req, const char *name, int64_t *id,
            struct db_param *hash)
{
    struct str secret = req_cookie(req, name), word;

    *id = 0;
    *hash = P_NULL;
    if (!str_cut(&secret, '.', &word) || !str_i64(word, id) || secret.len == 0) {
        *id = 0;
        return false;
    }
    *hash = auth_hash_secret(cx, secret);
    return true;
}

void
cookie_clear_session(struct res *res)
{
    auth_put_cookie(res, "__Host-bat", STR(""), 0);
    auth_put_cookie(res, COOKIE_REFRESH, STR(""), 0);
}
