#include "agent.h"
#include "auth_private.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "devices.h"
#include "domain/audit/audit.h"
#include "domain/mail/mail.h"
#include "factor.h"
#include "sessions.h"
#include "signin_ticket.h"
#include "throttle.h"

#include "auth_factor.sql.h"
#include "auth_signin.sql.h"

static struct err
get_factor(struct cx *cx, struct req *req, struct res *res)
{
    struct factor factor = { 0 };
    struct db_row state;
    struct db_rows devices;
    struct json_out o;
    bool found;

    (void)req;
    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(cx->user), P_TIME(cx->now_us)));
    TRY(factor_find(cx, factor_of(cx->user), &found, &factor));
    TRY(db_many(cx, &SQL_factor_devices, &devices, P_ID(cx->user), P_TIME(cx->now_us)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_time(&o, "enrolled_at", factor.enrolled_us);
    json_kv_i64(&o, "codes_left", factor.codes_left);
    json_kv_bool(&o, "is_demanded", db_bool(&state, 5));
    json_kv_i64(&o, "trusted_device_days", db_i64(&state, 6));
    json_key(&o, "devices");
    json_open(&o, '[');
    for (int i = 0; i < devices.count; i++) {
        struct db_row row = db_row_at(&devices, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_key(&o, "device");
        agent_write(&o, db_str(&row, 1));
        json_kv_str(&o, "address", db_str(&row, 2));
        json_kv_time(&o, "used_at", db_time(&row, 4));
        json_kv_time(&o, "trusted_until", db_time(&row, 5));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/*
 * A first factor is confirmed with a mailed code too, or else a stolen password, which is
 * all that its step-up asked for, would set its thief's. A browser that is known is no
 * excuse: the thief's own is, once they signed in. Six digits behind the secret.
 */
static struct err
mail_first_code(struct cx *cx, struct res *res, const struct db_row *person, struct str *extra)
{
    struct throttle letters = { THROTTLE_ENROL, str_fmt(cx->arena, "%lld", (long long)cx->user.v) };
    struct buf both = { .arena = cx->arena };
    int64_t until_us;
    struct err closed = throttle_require(cx, &letters, 1, &until_us);

    if (closed.code == ERR_TOO_MANY)
        res->retry_after_s = (until_us - cx->now_us) / US_PER_S + 1;
    TRY(closed);
    TRY(throttle_fail(cx, letters, 0, NULL));
    buf_add(&both, *extra);
    buf_add(&both, factor_mail_code(cx, person, "10"));
    *extra = buf_str(&both);
    return OK;
}

/* A new one, beside the one in force if there is: nothing changes before its first code. */
static struct err
post_factor(struct cx *cx, struct req *req, struct res *res)
{
    struct str secret = factor_new_secret(cx);
    struct signin_ticket ticket = { .user = cx->user, .extra = secret };
    struct db_row state;
    struct json_out o;
    bool is_first;

    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(cx->user), P_TIME(cx->now_us)));
    is_first = !db_bool(&state, 4);
    if (is_first)
        TRY(mail_first_code(cx, res, &state, &ticket.extra));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "ticket", signin_ticket_issue(cx, req, TICKET_CONFIRM, &ticket));
    factor_write_secret(&o, secret, db_str(&state, 0));
    json_kv_bool(&o, "needs_email_code", is_first);
    json_close(&o, '}');
    return res_json_end(res);
}

/* Whatever was let in by the former factor is out; this session goes on under new tokens. */
static struct err
change_factor(struct cx *cx, struct res *res, const char *action, bool has_factor)
{
    TRY(sessions_end(cx, cx->user, 0, cx->session_id, "factor_changed", NULL));
    TRY(devices_forget(cx, cx->user, 0));
    auth_audit_person(cx, action, "user", (struct str){ 0 });
    return sessions_renew(cx, res, false, has_factor);
}

struct confirm_body {
    struct str ticket, code, email_code;
};

static struct err
confirm_factor(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "ticket", JSON_STR, true, offsetof(struct confirm_body, ticket), 1024 },
        { "code", JSON_STR, true, offsetof(struct confirm_body, code), 20 },
        { "email_code", JSON_STR, false, offsetof(struct confirm_body, email_code), 20 },
        { 0 },
    };
    struct confirm_body body = { 0 };
    struct signin_ticket ticket;
    struct str secret, mailed;
    struct str codes[RECOVERY_CODES];
    struct json_out o;

    TRY(req_body(req, fields, &body));
    TRY(signin_ticket_open(cx, req, TICKET_CONFIRM, body.ticket, &ticket));
    if (ticket.user.v != cx->user.v || ticket.extra.len < TOTP_SECRET_BYTES)
        return FAIL(ERR_UNAUTHENTICATED, "ticket_invalid");
    secret = (struct str){ ticket.extra.p, TOTP_SECRET_BYTES };
    mailed = (struct str){ secret.p + secret.len, ticket.extra.len - secret.len };
    if (mailed.len > 0 && !crypto_same(mailed, str_trim(body.email_code)))
        return FAIL_FIELD(ERR_UNAUTHENTICATED, "code_invalid", "email_code");
    TRY(factor_enrol(cx, factor_of(cx->user), secret, body.code, codes));
    signin_ticket_use(cx, &ticket);
    TRY(change_factor(cx, res, "factor.enrolled", true));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "recovery_codes");
    factor_write_codes(&o, codes);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_confirm(struct cx *cx, struct req *req, struct res *res)
{
    return auth_keep(cx, confirm_factor(cx, req, res));
}

static struct err
delete_factor(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    TRY(factor_remove(cx, factor_of(cx->user)));
    TRY(change_factor(cx, res, "factor.removed", false));
    return res_empty(res, 204);
}

static struct err
post_recovery_codes(struct cx *cx, struct req *req, struct res *res)
{
    struct str codes[RECOVERY_CODES];
    struct factor factor;
    struct json_out o;
    bool found;

    (void)req;
    TRY(factor_find(cx, factor_of(cx->user), &found, &factor));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "factor_missing");
    factor_new_codes(cx, factor_of(cx->user), codes);
    auth_audit_person(cx, "factor.codes_renewed", "user", (struct str){ 0 });
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "recovery_codes");
    factor_write_codes(&o, codes);
    json_close(&o, '}');
    return res_json_end(res);
}

struct reset_body {
    struct str reason;
};

/* They lost everything: how their identity was checked is the reason, and stays in the trail. */
static struct err
post_reset_factor(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "reason", JSON_STR, true, offsetof(struct reset_body, reason), 500 },
        { 0 },
    };
    struct reset_body body = { 0 };
    struct buf detail = { .arena = cx->arena };
    struct json_out o = { .buf = &detail };
    struct member_person who;
    struct db_row account;

    TRY(req_body(req, fields, &body));
    if (str_trim(body.reason).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "reason");
    TRY(auth_member_person(cx, req, &who));
    TRY(auth_require_above(cx, who.user));
    TRY(db_one(cx, &SQL_factor_account, &account, P_ID(cx->account)));
    db_queue(cx, &SQL_factor_reset, P_ID(cx->account), P_ID(who.user));
    TRY(sessions_end(cx, who.user, 0, 0, "factor_changed", NULL));
    TRY(devices_forget(cx, who.user, 0));
    mail_queue(cx, &(struct mail){ .to = who.email,
                                   .locale = who.locale,
                                   .template = "factor_reset",
                                   .params = { { "name", who.display_name },
                                               { "account", db_str(&account, 0) } } });
    json_open(&o, '{');
    json_kv_str(&o, "reason", body.reason);
    json_close(&o, '}');
    audit_add(cx, "factor.reset", "member", who.member.v, buf_str(&detail));
    return res_empty(res, 204);
}

/* Another account took the factor away; this one accepts what the person set up since. */
static struct err
post_confirm_factor(struct cx *cx, struct req *req, struct res *res)
{
    struct member_person who;
    struct db_row row;

    TRY(auth_member_person(cx, req, &who));
    TRY(auth_require_above(cx, who.user));
    TRY(db_one(cx, &SQL_factor_confirm_reset, &row, P_ID(cx->account), P_ID(who.user)));
    if (!db_bool(&row, 0))
        return FAIL(ERR_CONFLICT, "nothing_to_confirm");
    audit_add(cx, "factor.reset_confirmed", "member", who.member.v, (struct str){ 0 });
    return res_empty(res, 204);
}

/* The person may try again at once; whoever made them wait is delayed anew. */
static struct err
post_unlock(struct cx *cx, struct req *req, struct res *res)
{
    struct member_person who;
    struct str user;

    TRY(auth_member_person(cx, req, &who));
    TRY(auth_require_above(cx, who.user));
    user = str_fmt(cx->arena, "%lld", (long long)who.user.v);
    throttle_forget(cx, (struct throttle){ THROTTLE_EMAIL, who.email });
    throttle_forget(cx, (struct throttle){ THROTTLE_FACTOR, user });
    throttle_forget(cx, (struct throttle){ THROTTLE_FACTOR_DAY, user });
    throttle_forget(cx, (struct throttle){ THROTTLE_STEP_UP, user });
    audit_add(cx, "member.unlocked", "member", who.member.v, (struct str){ 0 });
    return res_empty(res, 204);
}

const struct route factor_routes[] = {
    { GET, "/api/v1/me/factor", NULL, TX_READ, get_factor, ACCESS_SESSION },
    { POST, "/api/v1/me/factor", NULL, TX_WRITE, post_factor, ACCESS_SESSION, BODY_JSON,
      .flags = ROUTE_STEP_UP },
    { DELETE, "/api/v1/me/factor", NULL, TX_WRITE, delete_factor, ACCESS_SESSION,
      .flags = ROUTE_STEP_UP },
    { POST, "/api/v1/me/factor/confirm", NULL, TX_WRITE, post_confirm, ACCESS_SESSION, BODY_JSON },
    { POST, "/api/v1/me/factor/recovery-codes", NULL, TX_WRITE, post_recovery_codes, ACCESS_SESSION,
      BODY_JSON, .flags = ROUTE_STEP_UP },
    { POST, "/api/v1/members/:id/reset-factor", "users.reset_factor", TX_WRITE, post_reset_factor,
      .body = BODY_JSON, .audit = "factor.reset" },
    { POST, "/api/v1/members/:id/confirm-factor", "users.reset_factor", TX_WRITE,
      post_confirm_factor, .body = BODY_JSON, .audit = "factor.reset_confirmed" },
    { POST, "/api/v1/members/:id/unlock", "users.unlock", TX_WRITE, post_unlock, .body = BODY_JSON,
      .audit = "member.unlocked" },
    { 0 },
};
