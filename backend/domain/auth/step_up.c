#include "step_up.h"

#include "auth_private.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "factor.h"
#include "passwords.h"
#include "sessions.h"
#include "throttle.h"

#include "auth_passwords.sql.h"

static void
say_when(struct cx *cx, struct res *res, int64_t until_us)
{
    if (until_us > 0)
        res->retry_after_s = (until_us - cx->now_us) / US_PER_S + 1;
}

struct err
step_up_by_password(struct cx *cx, struct res *res, struct str password, const char *field)
{
    struct throttle bucket = { THROTTLE_STEP_UP,
                               str_fmt(cx->arena, "%lld", (long long)cx->user.v) };
    int64_t until_us;
    struct err closed = throttle_require(cx, &bucket, 1, &until_us);
    struct db_row row;
    bool outdated;

    say_when(cx, res, until_us);
    TRY(closed);
    if (password.len > PASSWORD_BYTES_MAX)
        return FAIL_FIELD(ERR_INVALID, "password_too_long", field);
    TRY(db_one(cx, &SQL_password_context, &row, P_ID(cx->user), P_TIME(cx->now_us)));
    if (db_is_null(&row, 4) ||
        !crypto_password_check(cx->conf, db_str(&row, 4), password, &outdated)) {
        TRY(throttle_fail(cx, bucket, 0, NULL));
        return FAIL_FIELD(ERR_UNAUTHENTICATED, "password_wrong", field);
    }
    throttle_forget(cx, bucket);
    return OK;
}

struct step_up_body {
    struct str code, password;
};

static struct err
step_up(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "code", JSON_STR, false, offsetof(struct step_up_body, code), 20 },
        { "password", JSON_STR, false, offsetof(struct step_up_body, password), 4000 },
        { 0 },
    };
    struct step_up_body body = { 0 };
    struct factor factor;
    int64_t until_us = 0;
    struct err e;
    bool has_factor;

    TRY(req_body(req, fields, &body));
    TRY(factor_find(cx, factor_of(cx->user), &has_factor, &factor));
    if (has_factor && body.code.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "code");
    if (!has_factor && body.password.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "password");
    if (has_factor) {
        e = factor_show(cx, factor_of(cx->user), body.code, (struct str){ 0 }, &until_us);
        say_when(cx, res, until_us);
        TRY(e);
    } else {
        TRY(step_up_by_password(cx, res, body.password, "password"));
    }
    auth_audit_person(cx, "session.stepped_up", "session", (struct str){ 0 });
    TRY(sessions_renew(cx, res, true, has_factor));
    return res_empty(res, 204);
}

static struct err
post_step_up(struct cx *cx, struct req *req, struct res *res)
{
    return auth_keep(cx, step_up(cx, req, res));
}

/* What the dialogue has to ask for. */
static struct err
get_step_up(struct cx *cx, struct req *req, struct res *res)
{
    struct factor factor;
    struct json_out o;
    bool has_factor;

    (void)req;
    TRY(factor_find(cx, factor_of(cx->user), &has_factor, &factor));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "by", has_factor ? STR("code") : STR("password"));
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route step_up_routes[] = {
    { GET, "/api/v1/session/step-up", NULL, TX_READ, get_step_up, ACCESS_SESSION },
    { POST, "/api/v1/session/step-up", NULL, TX_WRITE, post_step_up, ACCESS_SESSION, BODY_JSON },
    { 0 },
};
