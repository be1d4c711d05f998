#include "operators.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "domain/auth/auth.h"

#include "operators.sql.h"

enum {
    SESSION_S = 8 * 3600,
    TOKEN_BYTES = 32,
    FREE = 3 /* failures of an e-mail or an address before it has to wait */
};

static const char cookie[] = "__Host-bop";

static void
set_cookie(struct res *res, struct str value, int64_t max_age_s)
{
    res_header(res, "Set-Cookie",
               str_fmt(res->cx->arena,
                       "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; Secure; SameSite=Strict", cookie,
                       STR_ARG(value), (long long)max_age_s));
}

/* The browser has the token, the database what it hashes to. */
static struct db_param
hash_of(struct cx *cx, struct str token)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(token, digest);
    return db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest });
}

/* Columns 2 and 3 of operator_signin and operator_enter. */
static void
write_operator(struct json_out *o, const void *value)
{
    const struct db_row *row = value;

    json_open(o, '{');
    json_kv_str(o, "name", db_str(row, 2));
    json_kv_str(o, "email", db_str(row, 3));
    json_close(o, '}');
}

struct err
operators_enter(struct cx *cx, struct req *req, struct res *res)
{
    struct str token = req_cookie(req, cookie);
    struct db_row row;
    bool found;

    (void)res;
    if (req->route->access != ACCESS_OPERATOR)
        return OK;
    TRY(auth_require_origin(cx, req));
    if (token.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "session_missing");
    TRY(db_opt(cx, &SQL_operator_enter, &found, &row, hash_of(cx, token), P_TIME(cx->now_us),
               P_STR(cx->address)));
    if (!found)
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");
    if (!db_bool(&row, 4))
        return FAIL(ERR_FORBIDDEN, "network_refused");
    cx->session_id = db_i64(&row, 0);
    cx->user.v = db_i64(&row, 1);
    cx->actor = ACTOR_OPERATOR;
    if (db_bool(&row, 5))
        db_queue(cx, &SQL_operator_session_touch, P_I64(cx->session_id), P_TIME(cx->now_us));
    return OK;
}

struct signin_body {
    struct str email, password;
};

static const struct json_field signin_fields[] = {
    { "email", JSON_STR, true, offsetof(struct signin_body, email), 254 },
    { "password", JSON_STR, true, offsetof(struct signin_body, password), 512 },
    { 0 },
};

static struct err
require_patience(struct cx *cx, struct res *res, struct db_param keys)
{
    struct db_row row;
    bool is_closed;

    TRY(db_opt(cx, &SQL_operator_throttled, &is_closed, &row, keys, P_TIME(cx->now_us)));
    if (!is_closed)
        return OK;
    res->retry_after_s = (db_time(&row, 0) - cx->now_us) / US_PER_S + 1;
    return FAIL(ERR_TOO_MANY, "too_many_attempts");
}

/* Unknown and wrong are one answer after the same work. */
static struct err
post_session(struct cx *cx, struct req *req, struct res *res)
{
    struct str email, hash, token, agent = req->header(req, "User-Agent");
    struct signin_body body = { 0 };
    bool is_known, is_right, is_outdated = false;
    struct db_row row, session;
    struct db_param keys;
    int64_t buckets[2];

    if (!str_eq(req->header(req, "Origin"), str_of(cx->conf->public_url)))
        return FAIL(ERR_FORBIDDEN, "origin_refused");
    TRY(req_body(req, signin_fields, &body));
    if (body.password.len > 512)
        return FAIL_FIELD(ERR_INVALID, "too_long", "password");
    email = str_lower(cx->arena, str_trim(body.email));
    buckets[0] = crypto_hash64(str_fmt(cx->arena, "operator|email|%.*s", STR_ARG(email)));
    buckets[1] = crypto_hash64(str_fmt(cx->arena, "operator|from|%.*s", STR_ARG(cx->address)));
    keys = db_p_i64s(cx->arena, buckets, 2);
    TRY(require_patience(cx, res, keys));

    TRY(db_opt(cx, &SQL_operator_signin, &is_known, &row, P_STR(email), P_STR(cx->address)));
    hash = is_known ? db_str(&row, 1) : crypto_password_dummy(cx->conf);
    is_right = crypto_password_check(cx->conf, hash, body.password, &is_outdated) && is_known;
    if (!is_right) {
        /* Remembered although the request fails: the refusal is an answer that is committed. */
        db_queue(cx, &SQL_operator_failed, keys, P_TIME(cx->now_us), P_I64(FREE));
        res_problem(res, FAIL(ERR_UNAUTHENTICATED, "credentials_invalid"));
        return OK;
    }
    if (!db_bool(&row, 4))
        return FAIL(ERR_FORBIDDEN, "network_refused");
    if (is_outdated)
        db_queue(cx, &SQL_operator_rehash, P_I64(db_i64(&row, 0)),
                 P_STR(crypto_password_hash(cx->arena, cx->conf, body.password)));
    db_queue(cx, &SQL_operator_forgiven, P_I64(buckets[0]));
    token = crypto_random_text(cx->arena, TOKEN_BYTES);
    TRY(db_one(cx, &SQL_operator_session_start, &session, P_I64(db_i64(&row, 0)),
               hash_of(cx, token), P_TIME(cx->now_us), P_TIME(cx->now_us + SESSION_S * US_PER_S),
               P_STR(cx->address), P_STR(agent.p == NULL ? STR("") : agent)));
    set_cookie(res, token, SESSION_S);
    return res_json(res, 200, write_operator, &row);
}

static struct err
get_session(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_operator_enter, &found, &row, hash_of(cx, req_cookie(req, cookie)),
               P_TIME(cx->now_us), P_STR(cx->address)));
    if (!found)
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");
    return res_json(res, 200, write_operator, &row);
}

static struct err
delete_session(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    db_queue(cx, &SQL_operator_session_end, P_I64(cx->session_id), P_TIME(cx->now_us));
    set_cookie(res, STR(""), 0);
    return res_empty(res, 204);
}

static void
write_account(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "slug", db_str(row, 2));
    json_kv_str(o, "state", db_str(row, 3));
    json_kv_time(o, "created_at", db_time(row, 4));
    json_kv_i64(o, "members", db_i64(row, 5));
    json_kv_i64(o, "tickets_today", db_i64(row, 6));
    json_kv_i64(o, "storage_bytes", db_i64(row, 7));
    json_kv_i64(o, "channels", db_i64(row, 8));
    json_kv_i64(o, "channels_failing", db_i64(row, 9));
    json_close(o, '}');
}

static struct err
get_accounts(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(operators_list_accounts(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_account(&o, &row);
    }
    json_close(&o, ']');
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return OK;
}

static const struct json_field opening_fields[] = {
    { "name", JSON_STR, true, offsetof(struct account_opening, name), 120 },
    { "slug", JSON_STR, true, offsetof(struct account_opening, slug), 60 },
    { "owner_email", JSON_STR, true, offsetof(struct account_opening, owner_email), 254 },
    { "owner_name", JSON_STR, false, offsetof(struct account_opening, owner_name), 120 },
    { 0 },
};

static struct err
post_account(struct cx *cx, struct req *req, struct res *res)
{
    struct account_opening opening = { 0 };
    struct account_opened opened;
    struct json_out o;

    TRY(req_body(req, opening_fields, &opening));
    TRY(operators_open_account(cx, &opening, &opened));
    o = res_json_begin(res, 201);
    json_open(&o, '{');
    json_kv_i64(&o, "id", opened.id.v);
    json_kv_bool(&o, "owner_is_known", opened.is_known);
    json_kv_str(&o, "password", opened.password);
    json_close(&o, '}');
    return OK;
}

static struct err
set_state(struct cx *cx, struct req *req, struct res *res, const char *state)
{
    struct account_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(operators_set_state(cx, id, state));
    return res_empty(res, 204);
}

static struct err
post_suspend(struct cx *cx, struct req *req, struct res *res)
{
    return set_state(cx, req, res, "suspended");
}

static struct err
post_resume(struct cx *cx, struct req *req, struct res *res)
{
    return set_state(cx, req, res, "active");
}

static struct err
get_health(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows queues, dead;
    struct db_row inbound;
    struct json_out o;

    (void)req;
    TRY(db_many_(cx, &SQL_health_queues, &queues, NULL, 0));
    TRY(db_many_(cx, &SQL_health_dead, &dead, NULL, 0));
    TRY(db_one_(cx, &SQL_health_inbound, &inbound, NULL, 0));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "queues");
    json_open(&o, '[');
    for (int i = 0; i < queues.count; i++) {
        struct db_row row = db_row_at(&queues, i);

        json_open(&o, '{');
        json_kv_str(&o, "queue", db_str(&row, 0));
        json_kv_i64(&o, "waiting", db_i64(&row, 1));
        json_kv_i64(&o, "oldest_s", db_i64(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "dead");
    json_open(&o, '[');
    for (int i = 0; i < dead.count; i++) {
        struct db_row row = db_row_at(&dead, i);

        json_open(&o, '{');
        json_kv_str(&o, "kind", db_str(&row, 0));
        json_kv_i64(&o, "count", db_i64(&row, 1));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "inbound");
    json_open(&o, '{');
    json_kv_i64(&o, "pending", db_i64(&inbound, 0));
    json_kv_i64(&o, "oldest_s", db_i64(&inbound, 1));
    json_close(&o, '}');
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return OK;
}

const struct route operators_routes[] = {
    { POST, "/api/v1/operator/session", NULL, TX_WRITE, post_session, ACCESS_PUBLIC, BODY_JSON,
      NULL },
    { GET, "/api/v1/operator/session", NULL, TX_READ, get_session, ACCESS_OPERATOR, BODY_NONE,
      NULL },
    { DELETE, "/api/v1/operator/session", NULL, TX_WRITE, delete_session, ACCESS_OPERATOR,
      BODY_NONE, NULL },
    { GET, "/api/v1/operator/accounts", NULL, TX_READ, get_accounts, ACCESS_OPERATOR, BODY_NONE,
      NULL },
    { POST, "/api/v1/operator/accounts", NULL, TX_WRITE, post_account, ACCESS_OPERATOR, BODY_JSON,
      "account.created" },
    { POST, "/api/v1/operator/accounts/:id/suspend", NULL, TX_WRITE, post_suspend, ACCESS_OPERATOR,
      BODY_JSON, "account.suspended" },
    { POST, "/api/v1/operator/accounts/:id/resume", NULL, TX_WRITE, post_resume, ACCESS_OPERATOR,
      BODY_JSON, "account.resumed" },
    { GET, "/api/v1/operator/health", NULL, TX_READ, get_health, ACCESS_OPERATOR, BODY_NONE, NULL },
    { 0 },
};
