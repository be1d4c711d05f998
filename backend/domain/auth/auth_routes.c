#include "auth.h"

#include "base/clock.h"

#include "auth.sql.h"

enum {
    ACCESS_S = 10 * 60,        /* life of an access token */
    SHORT_S = 12 * 3600,       /* life of a session … */
    REMEMBERED_S = 30 * 86400, /* … and of one kept on this device */
    REFRESH_BYTES = 32,

    EMAIL_FREE = 5, /* failures of one e-mail before it has to wait … */
    EMAIL_WAIT_S = 900,
    ADDRESS_FREE = 20, /* … and of one address, which many people may share */
    ADDRESS_WAIT_S = 600
};

static void
set_cookie(struct res *res, const char *name, struct str value, int64_t max_age_s)
{
    res_header(res, "Set-Cookie",
               str_fmt(res->cx->arena,
                       "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; Secure; SameSite=Strict", name,
                       STR_ARG(value), (long long)max_age_s));
}

static void
set_access_cookie(struct cx *cx, struct res *res, int64_t session_id, int64_t gen)
{
    int64_t now_s = cx->now_us / US_PER_S;
    struct crypto_claims claims = { .user_id = cx->user.v,
                                    .session_id = session_id,
                                    .gen = gen,
                                    .issued_s = now_s,
                                    .expires_s = now_s + ACCESS_S };

    set_cookie(res, "__Host-bat", crypto_token_issue(cx->arena, cx->conf, &claims), ACCESS_S);
}

/* "<session>.<token>" to the browser, the token's hash to the database. */
static struct str
new_refresh_token(struct cx *cx, struct db_param *hash)
{
    struct str token = crypto_random_text(cx->arena, REFRESH_BYTES);
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(token, digest);
    *hash = db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest });
    return token;
}

static void
set_refresh_cookie(struct cx *cx, struct res *res, int64_t session_id, struct str token,
                   int64_t expires_us)
{
    set_cookie(res, "__Host-brt",
               str_fmt(cx->arena, "%lld.%.*s", (long long)session_id, STR_ARG(token)),
               (expires_us - cx->now_us) / US_PER_S);
}

/* A row of session_accounts. */
static void
write_membership(struct json_out *o, const struct db_row *row)
{
    struct permission_set held;

    if (!permissions_parse(db_str(row, 10), &held))
        BUG("permissions of member=%lld", (long long)db_i64(row, 5));
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "slug", db_str(row, 2));
    json_kv_str(o, "locale", db_str(row, 3));
    json_kv_str(o, "time_zone", db_str(row, 4));
    json_kv_i64(o, "member_id", db_i64(row, 5));
    json_kv_str(o, "display_name", db_str(row, 6));
    json_key(o, "group");
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 7));
    json_kv_str(o, "name", db_str(row, 8));
    json_kv_str(o, "builtin", db_str(row, 9));
    json_close(o, '}');
    json_kv_str(o, "scope", db_str(row, 11));
    json_kv_i64(o, "masks", db_i64(row, 12));
    json_key(o, "permissions");
    permissions_write(o, &held);
    json_close(o, '}');
}

static struct err
write_me(struct cx *cx, struct res *res)
{
    struct db_row person, row;
    struct db_rows accounts;
    struct json_out o;

    TRY(db_one(cx, &SQL_session_person, &person, P_I64(cx->session_id)));
    TRY(db_many(cx, &SQL_session_accounts, &accounts, P_I64(cx->session_id)));

    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "person");
    json_open(&o, '{');
    json_kv_i64(&o, "id", db_i64(&person, 0));
    json_kv_str(&o, "email", db_str(&person, 1));
    json_kv_str(&o, "name", db_str(&person, 2));
    json_kv_str(&o, "locale", db_str(&person, 3));
    json_kv_str(&o, "theme", db_str(&person, 4));
    json_key(&o, "enter_sends");
    if (db_is_null(&person, 5))
        json_put_null(&o);
    else
        json_put_bool(&o, db_bool(&person, 5));
    json_kv_bool(&o, "plays_sound", db_bool(&person, 6));
    json_close(&o, '}');
    json_key(&o, "accounts");
    json_open(&o, '[');
    for (int i = 0; i < accounts.count; i++) {
        row = db_row_at(&accounts, i);
        write_membership(&o, &row);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return OK;
}

/* Buckets are keyed hashes, so the table names nobody. */
static int64_t
bucket(struct cx *cx, const char *word, struct str who)
{
    return crypto_hash64(str_fmt(cx->arena, "signin|%s|%.*s", word, STR_ARG(who)));
}

static struct err
require_open_buckets(struct cx *cx, struct res *res, const int64_t keys[2])
{
    struct db_row row;
    bool closed;

    TRY(db_opt(cx, &SQL_throttle_find, &closed, &row, db_p_i64s(cx->arena, keys, 2),
               P_TIME(cx->now_us)));
    if (!closed)
        return OK;
    res->retry_after_s = (db_time(&row, 0) - cx->now_us) / US_PER_S + 1;
    return FAIL(ERR_TOO_MANY, "too_many_attempts");
}

/*
 * A failure must be remembered although the request fails, so it is a commit of
 * its own: the dispatcher would roll the count back with the rest.
 */
static struct err
count_failure(struct cx *cx, const int64_t keys[2])
{
    db_queue(cx, &SQL_throttle_fail, P_I64(keys[0]), P_TIME(cx->now_us), P_I64(EMAIL_FREE),
             P_I64(EMAIL_WAIT_S));
    db_queue(cx, &SQL_throttle_fail, P_I64(keys[1]), P_TIME(cx->now_us), P_I64(ADDRESS_FREE),
             P_I64(ADDRESS_WAIT_S));
    TRY(db_commit(cx));
    db_begin(cx, TX_WRITE);
    return OK;
}

struct signin_body {
    struct str email, password;
    bool remember;
};

static const struct json_field signin_fields[] = {
    { "email", JSON_STR, true, offsetof(struct signin_body, email), 254 },
    { "password", JSON_STR, true, offsetof(struct signin_body, password), 512 },
    { "remember", JSON_FLAG, false, offsetof(struct signin_body, remember), 0 },
    { 0 },
};

/*
 * Unknown, password-less and wrong are one answer after the same work: one hash
 * is computed whoever is named, so time tells nothing either.
 */
static struct err
post_session(struct cx *cx, struct req *req, struct res *res)
{
    struct signin_body body = { 0 };
    struct db_row person, session;
    struct db_param refresh_hash;
    struct str email, hash, refresh, agent = req->header(req, "User-Agent");
    bool is_known, is_right, outdated = false;
    int64_t expires_us, keys[2];

    if (!str_eq(req->header(req, "Origin"), str_of(cx->conf->public_url)))
        return FAIL(ERR_FORBIDDEN, "origin_refused");
    TRY(req_body(req, signin_fields, &body));
    if (body.password.len > 512)
        return FAIL_FIELD(ERR_INVALID, "too_long", "password");
    email = str_lower(cx->arena, str_trim(body.email));
    keys[0] = bucket(cx, "email", email);
    keys[1] = bucket(cx, "address", cx->address);

    TRY(require_open_buckets(cx, res, keys));
    TRY(db_one(cx, &SQL_signin_person, &person, P_STR(email)));
    is_known = !db_is_null(&person, 0) && !db_is_null(&person, 1);
    hash = is_known ? db_str(&person, 1) : crypto_password_dummy(cx->conf);
    is_right = crypto_password_check(cx->conf, hash, body.password, &outdated) && is_known;
    if (!is_right) {
        TRY(count_failure(cx, keys));
        return FAIL(ERR_UNAUTHENTICATED, "credentials_invalid");
    }

    cx->user.v = db_i64(&person, 0);
    cx->actor = ACTOR_USER;
    if (outdated)
        db_queue(cx, &SQL_password_rehash, P_ID(cx->user),
                 P_STR(crypto_password_hash(cx->arena, cx->conf, body.password)));
    db_queue(cx, &SQL_throttle_forget, P_I64(keys[0]));

    refresh = new_refresh_token(cx, &refresh_hash);
    expires_us = cx->now_us + (body.remember ? REMEMBERED_S : SHORT_S) * US_PER_S;
    TRY(db_one(cx, &SQL_session_start, &session, P_ID(cx->user), refresh_hash, P_TIME(expires_us),
               P_STR(cx->address),
               P_STR(str_is_utf8(agent) && agent.len > 0 ? str_first_code_points(agent, 200)
                                                         : STR("unknown"))));
    cx->session_id = db_i64(&session, 0);
    set_access_cookie(cx, res, cx->session_id, db_i64(&session, 1));
    set_refresh_cookie(cx, res, cx->session_id, refresh, expires_us);
    log_info("session.started", "user=%lld session=%lld", (long long)cx->user.v,
             (long long)cx->session_id);
    return write_me(cx, res);
}

static struct err
get_session(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    return write_me(cx, res);
}

static void
clear_cookies(struct res *res)
{
    set_cookie(res, "__Host-bat", STR(""), 0);
    set_cookie(res, "__Host-brt", STR(""), 0);
}

static struct err
delete_session(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    db_queue(cx, &SQL_session_end, P_I64(cx->session_id), P_STR(STR("signed_out")),
             P_TIME(cx->now_us));
    clear_cookies(res);
    res_header(res, "Clear-Site-Data", STR("\"cache\", \"storage\""));
    return res_empty(res, 204);
}

static struct err
post_refresh(struct cx *cx, struct req *req, struct res *res)
{
    struct str cookie = req_cookie(req, "__Host-brt"), id, outcome, next;
    struct db_param next_hash;
    uint8_t digest[CRYPTO_SHA256_BYTES];
    int64_t session_id, gen;
    struct db_row row;

    if (!str_eq(req->header(req, "Origin"), str_of(cx->conf->public_url)))
        return FAIL(ERR_FORBIDDEN, "origin_refused");
    if (!str_cut(&cookie, '.', &id) || !str_i64(id, &session_id) || cookie.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "session_missing");

    crypto_sha256(cookie, digest);
    next = new_refresh_token(cx, &next_hash);
    TRY(db_one(cx, &SQL_session_rotate, &row, P_I64(session_id),
               db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest }),
               next_hash, P_TIME(cx->now_us)));
    outcome = db_str(&row, 0);
    if (str_eq(outcome, STR("reused"))) {
        /* The end of the session must stand although the answer is a refusal. */
        TRY(db_commit(cx));
        db_begin(cx, TX_WRITE);
        log_warn("session.reused", "session=%lld", (long long)session_id);
        return FAIL(ERR_UNAUTHENTICATED, "session_reused");
    }
    if (str_eq(outcome, STR("unknown")))
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");

    cx->user.v = db_i64(&row, 1);
    gen = db_i64(&row, 2);
    set_access_cookie(cx, res, session_id, gen);
    if (str_eq(outcome, STR("rotated")))
        set_refresh_cookie(cx, res, session_id, next, db_time(&row, 3));
    return res_empty(res, 204);
}

struct preferences_body {
    struct str locale, theme;
    bool enter_sends, plays_sound;
};

static bool
is_one_of(struct str word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_eq(word, str_of(*words)))
            return true;
    return false;
}

static const char *const locales[] = { "pt-BR", "en", NULL };
static const char *const themes[] = { "auto", "light", "dark", NULL };

/* Absent flags stay as they are, so presence is asked of the document itself. */
static struct db_param
flag_param(const struct json *body, const char *key)
{
    return json_get(body, key) == NULL ? P_NULL : P_BOOL(json_true(json_get(body, key)));
}

static struct err
patch_preferences(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "locale", JSON_STR, false, offsetof(struct preferences_body, locale), 10 },
        { "theme", JSON_STR, false, offsetof(struct preferences_body, theme), 10 },
        { "enter_sends", JSON_FLAG, false, offsetof(struct preferences_body, enter_sends), 0 },
        { "plays_sound", JSON_FLAG, false, offsetof(struct preferences_body, plays_sound), 0 },
        { 0 },
    };
    struct preferences_body body = { 0 };
    const struct json *document;

    TRY(req_body(req, fields, &body));
    TRY(json_parse(cx->arena, req->body, &document));
    if (body.locale.p != NULL && !is_one_of(body.locale, locales))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "locale");
    if (body.theme.p != NULL && !is_one_of(body.theme, themes))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "theme");
    db_queue(cx, &SQL_preferences_save, P_I64(cx->session_id), P_STR(body.locale),
             P_STR(body.theme), flag_param(document, "enter_sends"),
             flag_param(document, "plays_sound"));
    return write_me(cx, res);
}

const struct route auth_routes[] = {
    { POST, "/api/v1/session", NULL, TX_WRITE, post_session, ACCESS_PUBLIC, BODY_JSON, NULL },
    { GET, "/api/v1/session", NULL, TX_READ, get_session, ACCESS_SESSION, BODY_NONE, NULL },
    { DELETE, "/api/v1/session", NULL, TX_WRITE, delete_session, ACCESS_SESSION, BODY_NONE, NULL },
    { POST, "/api/v1/session/refresh", NULL, TX_WRITE, post_refresh, ACCESS_PUBLIC, BODY_JSON,
      NULL },
    { PATCH, "/api/v1/session/preferences", NULL, TX_WRITE, patch_preferences, ACCESS_SESSION,
      BODY_JSON, NULL },
    { 0 },
};
