#include "email.h"

#include "auth_private.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "cookies.h"
#include "devices.h"
#include "domain/mail/mail.h"
#include "sessions.h"
#include "throttle.h"

#include "auth_email.sql.h"
#include "auth_signin.sql.h"

static struct db_param
hash_of(struct cx *cx, struct str token)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(token, digest);
    return db_p_bytes(cx->arena, (struct str){ (const char *)digest, sizeof digest });
}

/* {"after":{"email":…},"before":{"email":…}} */
static struct str
change_detail(struct cx *cx, struct str before, struct str after)
{
    struct buf text = { .arena = cx->arena };
    struct json_out o = { .buf = &text };

    json_open(&o, '{');
    json_key(&o, "after");
    json_open(&o, '{');
    json_kv_str(&o, "email", after);
    json_close(&o, '}');
    json_key(&o, "before");
    json_open(&o, '{');
    json_kv_str(&o, "email", before);
    json_close(&o, '}');
    json_close(&o, '}');
    return buf_str(&text);
}

/* --- the wish ----------------------------------------------------------------- */

struct email_body {
    struct str email;
};

static struct err
require_patience(struct cx *cx, struct res *res, struct throttle wishes)
{
    int64_t until_us;
    struct err closed = throttle_require(cx, &wishes, 1, &until_us);

    if (closed.code == ERR_TOO_MANY)
        res->retry_after_s = (until_us - cx->now_us) / US_PER_S + 1;
    TRY(closed);
    return throttle_fail(cx, wishes, 0, NULL);
}

static struct err
post_email(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "email", JSON_STR, true, offsetof(struct email_body, email), 254 },
        { 0 },
    };
    struct throttle wishes = { THROTTLE_EMAIL_CHANGE,
                               str_fmt(cx->arena, "%lld", (long long)cx->user.v) };
    struct email_body body = { 0 };
    struct db_row state;
    struct str email;

    TRY(req_body(req, fields, &body));
    email = str_lower(cx->arena, str_trim(body.email));
    if (!mail_address_is_good(email))
        return FAIL_FIELD(ERR_INVALID, "email_invalid", "email");
    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(cx->user), P_TIME(cx->now_us)));
    if (str_eq(email, db_str(&state, 0)))
        return FAIL_FIELD(ERR_INVALID, "email_unchanged", "email");
    TRY(require_patience(cx, res, wishes));
    db_queue(cx, &SQL_email_ask, P_ID(cx->user), P_STR(email), P_I64(jobs_lane_alone()),
             P_TIME(cx->now_us));
    jobs_touch(QUEUE_DELIVERY);
    mail_queue(cx,
               &(struct mail){ .to = db_str(&state, 0),
                               .locale = db_str(&state, 2),
                               .template = "email_change_asked",
                               .params = { { "name", db_str(&state, 1) }, { "email", email } } });
    auth_audit_person(cx, "email.change_asked", "user",
                      change_detail(cx, db_str(&state, 0), email));
    return res_empty(res, 202);
}

/* Job "email.confirm": to an address that is somebody's nothing is written, and nobody hears of it. */
static struct err
confirm_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
             struct job_outcome *out)
{
    struct cookie_secret token = cookie_secret_new(cx);
    struct db_row row;
    bool found;

    (void)answer;
    (void)out;
    TRY(db_opt(cx, &SQL_email_link, &found, &row, P_I64(job->subject_id), token.hash,
               P_TIME(cx->now_us)));
    if (!found)
        return OK;
    mail_queue(cx, &(struct mail){
                       .to = db_str(&row, 0),
                       .locale = db_str(&row, 2),
                       .template = "email_confirm",
                       .params = { { "name", db_str(&row, 1) },
                                   { "link", mail_link(cx, "/confirmar-email", token.text) } } });
    return OK;
}

/* --- the links ---------------------------------------------------------------- */

struct token_body {
    struct str token;
};

static const struct json_field token_fields[] = {
    { "token", JSON_STR, true, offsetof(struct token_body, token), 100 },
    { 0 },
};

/* OK: the link did what it says. */
static struct err
judge_outcome(struct str outcome)
{
    if (str_eq(outcome, STR("used")))
        return FAIL(ERR_GONE, "link_used");
    return str_eq(outcome, STR("good")) ? OK : FAIL(ERR_GONE, "link_expired");
}

/* The session of whoever opened the link stays, if it is their own. */
static struct err
become(struct cx *cx, struct req *req, struct user_id user)
{
    TRY(auth_somebody(cx, req));
    if (cx->user.v != user.v)
        cx->session_id = 0;
    cx->user = user;
    cx->actor = ACTOR_USER;
    return OK;
}

static struct err
post_confirm(struct cx *cx, struct req *req, struct res *res)
{
    struct cookie_secret undo = cookie_secret_new(cx);
    struct token_body body = { 0 };
    struct db_row row;
    struct str before, after;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, token_fields, &body));
    TRY(db_one(cx, &SQL_email_confirm, &row, hash_of(cx, body.token), undo.hash,
               P_TIME(cx->now_us)));
    TRY(judge_outcome(db_str(&row, 0)));
    before = db_str(&row, 4);
    after = db_str(&row, 5);
    TRY(become(cx, req, (struct user_id){ db_i64(&row, 1) }));
    TRY(sessions_end(cx, cx->user, 0, cx->session_id, "email_changed", NULL));
    mail_queue(cx, &(struct mail){
                       .to = before,
                       .locale = db_str(&row, 3),
                       .template = "email_changed",
                       .params = { { "name", db_str(&row, 2) },
                                   { "email", after },
                                   { "link", mail_link(cx, "/desfazer-email", undo.text) } } });
    auth_audit_person(cx, "email.changed", "user", change_detail(cx, before, after));
    return res_empty(res, 204);
}

/* Somebody else may have been in for three days: everybody is out, and known nowhere. */
static struct err
post_undo(struct cx *cx, struct req *req, struct res *res)
{
    struct token_body body = { 0 };
    struct db_row row;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, token_fields, &body));
    TRY(db_one(cx, &SQL_email_undo, &row, hash_of(cx, body.token), P_I64(jobs_lane_alone()),
               P_TIME(cx->now_us)));
    TRY(judge_outcome(db_str(&row, 0)));
    jobs_touch(QUEUE_DELIVERY);
    TRY(become(cx, req, (struct user_id){ db_i64(&row, 1) }));
    TRY(sessions_end(cx, cx->user, 0, 0, "email_changed", NULL));
    TRY(devices_forget(cx, cx->user, 0));
    auth_audit_person(cx, "email.undone", "user",
                      change_detail(cx, db_str(&row, 2), db_str(&row, 3)));
    return res_empty(res, 204);
}

const struct route email_routes[] = {
    { POST, "/api/v1/me/email", NULL, TX_WRITE, post_email, ACCESS_SESSION, BODY_JSON,
      .flags = ROUTE_STEP_UP },
    { POST, "/api/v1/email-changes/confirm", NULL, TX_WRITE, post_confirm, ACCESS_PUBLIC,
      BODY_JSON },
    { POST, "/api/v1/email-changes/undo", NULL, TX_WRITE, post_undo, ACCESS_PUBLIC, BODY_JSON },
    { 0 },
};

const struct job_kind email_jobs[] = {
    { .name = "email.confirm", .queue = QUEUE_DELIVERY, .step = confirm_step },
    { 0 },
};
