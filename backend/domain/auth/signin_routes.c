#include "agent.h"
#include "attempts.h"
#include "auth_private.h"
#include "base/clock.h"
#include "factor.h"
#include "passwords.h"
#include "signin.h"
#include "throttle.h"

#include "auth_signin.sql.h"

/* Nobody is signed in yet, so the gate asks nothing: whoever writes must come from our own page. */
static struct err
require_our_page(struct cx *cx, const struct req *req)
{
    return str_eq(req->header(req, "Origin"), str_of(cx->conf->public_url))
               ? OK
               : FAIL(ERR_FORBIDDEN, "origin_refused");
}

struct signin_body {
    struct str email, password;
};

static struct err
sign_in(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "email", JSON_STR, true, offsetof(struct signin_body, email), 254 },
        { "password", JSON_STR, true, offsetof(struct signin_body, password), 4000 },
        { 0 },
    };
    struct signin_body body = { 0 };
    struct signin_ticket shown;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    if (body.password.len > PASSWORD_BYTES_MAX)
        return FAIL_FIELD(ERR_INVALID, "password_too_long", "password");
    TRY(signin_by_password(cx, req, res, body.email, body.password, &shown));
    return signin_go_on(cx, req, res, &shown, NULL, false);
}

struct factor_body {
    struct str ticket, code, recovery;
    bool trust;
};

static struct err
show_factor(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "ticket", JSON_STR, true, offsetof(struct factor_body, ticket), 1024 },
        { "code", JSON_STR, false, offsetof(struct factor_body, code), 20 },
        { "recovery", JSON_STR, false, offsetof(struct factor_body, recovery), 40 },
        { "trust", JSON_FLAG, false, offsetof(struct factor_body, trust), 0 },
        { 0 },
    };
    struct factor_body body = { 0 };
    struct signin_ticket ticket;
    int64_t until_us = 0;
    struct err e;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    if (body.code.len == 0 && body.recovery.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "code");
    TRY(signin_ticket_open(cx, req, TICKET_FACTOR, body.ticket, &ticket));
    e = factor_show(cx, factor_of(ticket.user), body.code, body.recovery, &until_us);
    if (e.code == ERR_TOO_MANY)
        res->retry_after_s = (until_us - cx->now_us) / US_PER_S + 1;
    if (e.code == ERR_TOO_MANY || e.code == ERR_UNAUTHENTICATED)
        attempts_note(cx,
                      &(struct attempt){ .user = ticket.user,
                                         .agent = agent_of(req),
                                         .step = "factor",
                                         .reason = e.code == ERR_TOO_MANY ? "throttled" : "factor",
                                         .retry_at_us = until_us });
    TRY(e);
    signin_ticket_use(cx, &ticket);
    ticket.flags |= TICKET_HAS_FACTOR;
    if (body.trust && body.code.len > 0)
        ticket.flags |= TICKET_TRUSTS;
    return signin_go_on(cx, req, res, &ticket, NULL, false);
}

struct enrol_body {
    struct str ticket, email_code, code;
};

static const struct json_field enrol_fields[] = {
    { "ticket", JSON_STR, true, offsetof(struct enrol_body, ticket), 1024 },
    { "email_code", JSON_STR, false, offsetof(struct enrol_body, email_code), 20 },
    { 0 },
};
static const struct json_field confirm_fields[] = {
    { "ticket", JSON_STR, true, offsetof(struct enrol_body, ticket), 1024 },
    { "code", JSON_STR, true, offsetof(struct enrol_body, code), 20 },
    { 0 },
};

static struct err
enrol(struct cx *cx, struct req *req, struct res *res)
{
    struct enrol_body body = { 0 };
    struct signin_ticket ticket;
    struct db_row state;
    struct json_out o;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, enrol_fields, &body));
    TRY(signin_ticket_open(cx, req, TICKET_ENROL, body.ticket, &ticket));
    if (ticket.extra.len > 0 && !crypto_same(ticket.extra, str_trim(body.email_code))) {
        attempts_note(cx, &(struct attempt){ .user = ticket.user,
                                             .agent = agent_of(req),
                                             .step = "enrolment",
                                             .reason = "email_code" });
        return FAIL_FIELD(ERR_UNAUTHENTICATED, "code_invalid", "email_code");
    }
    signin_ticket_use(cx, &ticket);
    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(ticket.user), P_TIME(cx->now_us)));
    ticket.extra = factor_new_secret(cx);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "ticket", signin_ticket_issue(cx, req, TICKET_CONFIRM, &ticket));
    factor_write_secret(&o, ticket.extra, db_str(&state, 0));
    json_close(&o, '}');
    return res_json_end(res);
}

/* Somebody who got a factor in the meantime shows that one. */
static struct err
confirm(struct cx *cx, struct req *req, struct res *res)
{
    struct enrol_body body = { 0 };
    struct signin_ticket ticket;
    struct str codes[RECOVERY_CODES];
    struct db_row state;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, confirm_fields, &body));
    TRY(signin_ticket_open(cx, req, TICKET_CONFIRM, body.ticket, &ticket));
    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(ticket.user), P_TIME(cx->now_us)));
    if (db_bool(&state, 4))
        return FAIL(ERR_UNAUTHENTICATED, "ticket_invalid");
    TRY(factor_enrol(cx, factor_of(ticket.user), ticket.extra, body.code, codes));
    signin_ticket_use(cx, &ticket);
    cx->user = ticket.user;
    auth_audit_person(cx, "factor.enrolled", "user", (struct str){ 0 });
    ticket.flags |= TICKET_HAS_FACTOR;
    return signin_go_on(cx, req, res, &ticket, codes, false);
}

struct new_password_body {
    struct str ticket, password;
};

static struct err
change_password(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "ticket", JSON_STR, true, offsetof(struct new_password_body, ticket), 1024 },
        { "password", JSON_STR, true, offsetof(struct new_password_body, password), 4000 },
        { 0 },
    };
    struct new_password_body body = { 0 };
    struct signin_ticket ticket;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    TRY(signin_ticket_open(cx, req, TICKET_PASSWORD, body.ticket, &ticket));
    TRY(auth_password_judge(cx, body.password, ticket.user));
    signin_ticket_use(cx, &ticket);
    TRY(auth_password_set(cx, ticket.user, body.password, 0));
    cx->user = ticket.user;
    auth_audit_person(cx, "password.changed", "user", (struct str){ 0 });
    ticket.flags &= ~(unsigned)TICKET_MUST_CHANGE;
    ticket.device_id = 0; /* forgotten with all of them */
    return signin_go_on(cx, req, res, &ticket, NULL, false);
}

struct takeover_body {
    struct str ticket;
};

static const struct json_field takeover_fields[] = {
    { "ticket", JSON_STR, true, offsetof(struct takeover_body, ticket), 1024 },
    { 0 },
};

static struct err
take_over(struct cx *cx, struct req *req, struct res *res)
{
    struct takeover_body body = { 0 };
    struct signin_ticket ticket;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, takeover_fields, &body));
    TRY(signin_ticket_open(cx, req, TICKET_TAKEOVER, body.ticket, &ticket));
    signin_ticket_use(cx, &ticket);
    return signin_go_on(cx, req, res, &ticket, NULL, true);
}

struct unlock_body {
    struct str token;
};

/* The link in the letter to somebody whom strangers locked out. */
static struct err
unlock(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "token", JSON_STR, true, offsetof(struct unlock_body, token), 1024 },
        { 0 },
    };
    struct unlock_body body = { 0 };
    struct str payload, word;
    int64_t expires_s;

    TRY(require_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    if (!crypto_signed(cx->arena, "signin-unlock", body.token, &payload) ||
        !str_cut(&payload, ' ', &word) || !str_i64(word, &expires_s) ||
        expires_s <= cx->now_us / US_PER_S)
        return FAIL(ERR_GONE, "link_expired");
    throttle_forget(cx, (struct throttle){ THROTTLE_EMAIL, payload });
    return res_empty(res, 204);
}

/* Every step keeps what it counted and noted, refused or not. */
#define KEPT(name, step)                                                                           \
    static struct err name(struct cx *cx, struct req *req, struct res *res)                        \
    {                                                                                              \
        return auth_keep(cx, step(cx, req, res));                                                  \
    }
KEPT(post_session, sign_in)
KEPT(post_factor, show_factor)
KEPT(post_enrol, enrol)
KEPT(post_confirm, confirm)
KEPT(post_password, change_password)
KEPT(post_takeover, take_over)
KEPT(post_unlock, unlock)

#define STEP(path, handler)                                                                        \
    {                                                                                              \
        POST, path, NULL, TX_WRITE, handler, ACCESS_PUBLIC, BODY_JSON                              \
    }
const struct route signin_routes[] = {
    STEP("/api/v1/session", post_session),
    STEP("/api/v1/session/factor", post_factor),
    STEP("/api/v1/session/enrol", post_enrol),
    STEP("/api/v1/session/enrol/confirm", post_confirm),
    STEP("/api/v1/session/password", post_password),
    STEP("/api/v1/session/takeover", post_takeover),
    STEP("/api/v1/session/unlock", post_unlock),
    { 0 },
};
