/*
 * The operators' door: password, then the second factor, which everybody has or sets up
 * before anything else. The steps are those of persons (auth/signin.h), less what operators
 * do not have: devices that are known or trusted, sessions elsewhere, letters with a code (a
 * list of networks already says where the password may be used).
 */
#include "operators.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "operators_private.h"

#include "operators_door.sql.h"

enum {
    SESSION_S = 8 * 3600,
    TOKEN_BYTES = 32,
    FREE = 3 /* failures of an e-mail or an address before it has to wait */
};

static const char cookie[] = "__Host-bop";

struct operator
{
    int64_t id;
    struct str name, email;
    bool has_factor;
};

static void
write_operator(struct json_out *o, const void *value)
{
    const struct operator* operator= value;

    json_open(o, '{');
    json_kv_str(o, "name", operator->name);
    json_kv_str(o, "email", operator->email);
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
    TRY(db_opt(cx, &SQL_operator_enter, &found, &row, auth_hash_secret(cx, token),
               P_TIME(cx->now_us), P_STR(cx->address)));
    if (!found)
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");
    if (!db_bool(&row, 2))
        return FAIL(ERR_FORBIDDEN, "network_refused");
    cx->session_id = db_i64(&row, 0);
    cx->user.v = db_i64(&row, 1);
    cx->actor = ACTOR_OPERATOR;
    if (db_bool(&row, 3))
        db_queue(cx, &SQL_operator_session_touch, P_I64(cx->session_id), P_TIME(cx->now_us));
    return OK;
}

/* Judged anew at each step. *found: they are (still) an operator. */
static struct err
find(struct cx *cx, int64_t id, bool *found, struct operator* out)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_operator_state, found, &row, P_I64(id), P_STR(cx->address)));
    if (!*found)
        return OK;
    if (!db_bool(&row, 2))
        return FAIL(ERR_FORBIDDEN, "network_refused");
    *out = (struct operator){
        .id = id, .name = db_str(&row, 0), .email = db_str(&row, 1), .has_factor = db_bool(&row, 3)
    };
    return OK;
}

/* --- the password ------------------------------------------------------------- */

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

struct signin_body {
    struct str email, password;
};

static const struct json_field signin_fields[] = {
    { "email", JSON_STR, true, offsetof(struct signin_body, email), 254 },
    { "password", JSON_STR, true, offsetof(struct signin_body, password), 512 },
    { 0 },
};

/* Unknown and wrong are one answer after the same work. */
static struct err
check_password(struct cx *cx, struct res *res, const struct signin_body *body, int64_t *id)
{
    struct str email = str_lower(cx->arena, str_trim(body->email)), hash;
    int64_t buckets[2] = {
        crypto_hash64(str_fmt(cx->arena, "operator|email|%.*s", STR_ARG(email))),
        crypto_hash64(str_fmt(cx->arena, "operator|from|%.*s", STR_ARG(cx->address))),
    };
    struct db_param keys = db_p_i64s(cx->arena, buckets, 2);
    bool is_known, is_right, is_outdated = false;
    struct db_row row;

    TRY(require_patience(cx, res, keys));
    TRY(db_opt(cx, &SQL_operator_password, &is_known, &row, P_STR(email)));
    hash = is_known ? db_str(&row, 1) : crypto_password_dummy(cx->conf);
    is_right = crypto_password_check(cx->conf, hash, body->password, &is_outdated) && is_known;
    if (!is_right) {
        db_queue(cx, &SQL_operator_failed, keys, P_TIME(cx->now_us), P_I64(FREE));
        return FAIL(ERR_UNAUTHENTICATED, "credentials_invalid");
    }
    *id = db_i64(&row, 0);
    if (is_outdated)
        db_queue(cx, &SQL_operator_rehash, P_I64(*id),
                 P_STR(crypto_password_hash(cx->arena, cx->conf, body->password)));
    db_queue(cx, &SQL_operator_forgiven, P_I64(buckets[0]));
    return OK;
}

static struct err
sign_in(struct cx *cx, struct req *req, struct res *res)
{
    struct signin_body body = { 0 };
    struct signin_ticket ticket = { 0 };
    struct operator operator;
    struct json_out o;
    bool found;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, signin_fields, &body));
    if (body.password.len > 512)
        return FAIL_FIELD(ERR_INVALID, "too_long", "password");
    TRY(check_password(cx, res, &body, &ticket.user.v));
    TRY(find(cx, ticket.user.v, &found, &operator));
    if (!found)
        return FAIL(ERR_UNAUTHENTICATED, "credentials_invalid");
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "state", operator.has_factor ? STR("factor_required") : STR("enrol_required"));
    json_kv_str(&o, "ticket",
                signin_ticket_issue(
                    cx, req, operator.has_factor ? TICKET_OPERATOR_FACTOR : TICKET_OPERATOR_ENROL,
                    &ticket));
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- the factor --------------------------------------------------------------- */

struct step_body {
    struct str ticket, code, recovery;
};

/* A ticket of whoever may still come in. One for a factor that is there, or for none. */
static struct err
open_ticket(struct cx *cx, const struct req *req, enum ticket_kind kind, struct str text,
            struct signin_ticket *ticket, struct operator* out)
{
    bool found;

    TRY(signin_ticket_open(cx, req, kind, text, ticket));
    TRY(find(cx, ticket->user.v, &found, out));
    return found && out->has_factor == (kind == TICKET_OPERATOR_FACTOR)
               ? OK
               : FAIL(ERR_UNAUTHENTICATED, "ticket_invalid");
}

/* All is shown. codes: recovery codes to tell with it, or NULL. */
static struct err
begin(struct cx *cx, struct req *req, struct res *res, const struct operator* operator,
      const struct str * codes)
{
    struct str token = crypto_random_text(cx->arena, TOKEN_BYTES);
    struct str agent = req->header(req, "User-Agent");
    struct db_row session;
    struct json_out o;

    TRY(db_one(cx, &SQL_operator_session_start, &session, P_I64(operator->id),
               auth_hash_secret(cx, token), P_TIME(cx->now_us),
               P_TIME(cx->now_us + SESSION_S * US_PER_S), P_STR(cx->address),
               P_STR(agent.p == NULL ? STR("") : agent)));
    cx->session_id = db_i64(&session, 0);
    operators_note(cx, operator->id, "session.started");
    auth_put_cookie(res, cookie, token, SESSION_S);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "state", STR("signed_in"));
    json_key(&o, "operator");
    write_operator(&o, operator);
    if (codes != NULL) {
        json_key(&o, "recovery_codes");
        factor_write_codes(&o, codes);
    }
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
show_factor(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "ticket", JSON_STR, true, offsetof(struct step_body, ticket), 1024 },
        { "code", JSON_STR, false, offsetof(struct step_body, code), 20 },
        { "recovery", JSON_STR, false, offsetof(struct step_body, recovery), 40 },
        { 0 },
    };
    struct step_body body = { 0 };
    struct signin_ticket ticket;
    struct operator operator;
    int64_t until_us = 0;
    struct err e;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    if (body.code.len == 0 && body.recovery.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "code");
    TRY(open_ticket(cx, req, TICKET_OPERATOR_FACTOR, body.ticket, &ticket, &operator));
    e = factor_show(cx, operators_factor(operator.id), body.code, body.recovery, &until_us);
    if (e.code == ERR_TOO_MANY)
        res->retry_after_s = (until_us - cx->now_us) / US_PER_S + 1;
    TRY(e);
    signin_ticket_use(cx, &ticket);
    if (body.code.len == 0)
        operators_note(cx, operator.id, "factor.recovery_used");
    return begin(cx, req, res, &operator, NULL);
}

static struct err
enrol(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "ticket", JSON_STR, true, offsetof(struct step_body, ticket), 1024 },
        { 0 },
    };
    struct step_body body = { 0 };
    struct signin_ticket ticket;
    struct operator operator;
    struct json_out o;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    TRY(open_ticket(cx, req, TICKET_OPERATOR_ENROL, body.ticket, &ticket, &operator));
    signin_ticket_use(cx, &ticket);
    ticket.extra = factor_new_secret(cx);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "ticket", signin_ticket_issue(cx, req, TICKET_OPERATOR_CONFIRM, &ticket));
    factor_write_secret(&o, ticket.extra, operator.email);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
confirm(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "ticket", JSON_STR, true, offsetof(struct step_body, ticket), 1024 },
        { "code", JSON_STR, true, offsetof(struct step_body, code), 20 },
        { 0 },
    };
    struct step_body body = { 0 };
    struct signin_ticket ticket;
    struct operator operator;
    struct str codes[RECOVERY_CODES];

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    TRY(open_ticket(cx, req, TICKET_OPERATOR_CONFIRM, body.ticket, &ticket, &operator));
    TRY(factor_enrol(cx, operators_factor(operator.id), ticket.extra, body.code, codes));
    signin_ticket_use(cx, &ticket);
    operators_note(cx, operator.id, "factor.enrolled");
    return begin(cx, req, res, &operator, codes);
}

/* --- the session -------------------------------------------------------------- */

static struct err
get_session(struct cx *cx, struct req *req, struct res *res)
{
    struct operator operator;
    bool found;

    (void)req;
    TRY(find(cx, cx->user.v, &found, &operator));
    if (!found)
        return FAIL(ERR_UNAUTHENTICATED, "session_unknown");
    return res_json(res, 200, write_operator, &operator);
}

static struct err
delete_session(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    db_queue(cx, &SQL_operator_session_end, P_I64(cx->session_id), P_TIME(cx->now_us));
    operators_note(cx, cx->user.v, "session.ended");
    auth_put_cookie(res, cookie, STR(""), 0);
    return res_empty(res, 204);
}

/* Every step keeps what it counted, refused or not. */
#define KEPT(name, step)                                                                           \
    static struct err name(struct cx *cx, struct req *req, struct res *res)                        \
    {                                                                                              \
        return auth_keep(cx, step(cx, req, res));                                                  \
    }
KEPT(post_session, sign_in)
KEPT(post_factor, show_factor)
KEPT(post_enrol, enrol)
KEPT(post_confirm, confirm)

const struct route operators_door_routes[] = {
    { POST, "/api/v1/operator/session", NULL, TX_WRITE, post_session, ACCESS_PUBLIC, BODY_JSON },
    { GET, "/api/v1/operator/session", NULL, TX_READ, get_session, ACCESS_OPERATOR },
    { DELETE, "/api/v1/operator/session", NULL, TX_WRITE, delete_session, ACCESS_OPERATOR },
    { POST, "/api/v1/operator/session/factor", NULL, TX_WRITE, post_factor, ACCESS_PUBLIC,
      BODY_JSON },
    { POST, "/api/v1/operator/session/enrol", NULL, TX_WRITE, post_enrol, ACCESS_PUBLIC,
      BODY_JSON },
    { POST, "/api/v1/operator/session/enrol/confirm", NULL, TX_WRITE, post_confirm, ACCESS_PUBLIC,
      BODY_JSON },
    { 0 },
};
