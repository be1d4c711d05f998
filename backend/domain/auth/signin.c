#include "signin.h"

#include "agent.h"
#include "attempts.h"
#include "auth_private.h"
#include "base/clock.h"
#include "cookies.h"
#include "devices.h"
#include "domain/mail/mail.h"
#include "factor.h"
#include "passwords.h"
#include "sessions.h"
#include "throttle.h"

#include "auth_passwords.sql.h"
#include "auth_signin.sql.h"

enum { LINK_S = 24 * 3600 };

/* --- the password ------------------------------------------------------------- */

/* Whom a try at the door is counted for: strangers by e-mail and address, a known device by itself. */
struct tried {
    struct throttle buckets[3];
    size_t n;
    int64_t email_hash;
    struct str email;
    struct user_id user; /* .v == 0: nobody */
    int64_t device_id;
};

static void
fill_buckets(struct cx *cx, struct tried *t)
{
    t->email_hash = crypto_hash64(str_fmt(cx->arena, "email|%.*s", STR_ARG(t->email)));
    if (t->device_id != 0) {
        t->buckets[0] = (struct throttle){ THROTTLE_DEVICE,
                                           str_fmt(cx->arena, "%lld|%.*s", (long long)t->device_id,
                                                   STR_ARG(t->email)) };
        t->n = 1;
        return;
    }
    t->buckets[0] = (struct throttle){ THROTTLE_EMAIL, t->email };
    t->buckets[1] = (struct throttle){ THROTTLE_ADDRESS, throttle_address(cx) };
    t->buckets[2] = (struct throttle){ THROTTLE_NETWORK, throttle_network(cx) };
    t->n = 3;
}

static void
note(struct cx *cx, const struct req *req, const struct tried *t, const char *reason,
     int64_t retry_at_us)
{
    attempts_note(cx, &(struct attempt){ .user = t->user,
                                         .email_hash = t->email_hash,
                                         .agent = agent_of(req),
                                         .step = "password",
                                         .reason = reason,
                                         .retry_at_us = retry_at_us });
}

/* The person hears of strangers who try and try, and gets a way back in when that locked them out. */
static struct err
warn_person(struct cx *cx, const struct tried *t, int64_t fails)
{
    struct db_row state;
    struct str token;

    if (t->user.v == 0 || (fails != THROTTLE_TELLS_AT && fails != THROTTLE_LOCKS_AT))
        return OK;
    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(t->user), P_TIME(cx->now_us)));
    token = crypto_sign(cx->arena, "signin-unlock",
                        str_fmt(cx->arena, "%lld %.*s", (long long)(cx->now_us / US_PER_S + LINK_S),
                                STR_ARG(t->email)));
    mail_queue(cx, &(struct mail){
                       .to = db_str(&state, 0),
                       .locale = db_str(&state, 2),
                       .template = fails == THROTTLE_LOCKS_AT ? "signin_locked" : "signin_attempts",
                       .params = { { "name", db_str(&state, 1) },
                                   { "address", cx->address },
                                   { "link", mail_link(cx, "/desbloquear", token) } } });
    return OK;
}

static struct err
count_failure(struct cx *cx, const struct req *req, const struct tried *t, bool has_password)
{
    int64_t fails;

    for (size_t i = 1; i < t->n; i++)
        TRY(throttle_fail(cx, t->buckets[i], t->email_hash, NULL));
    note(cx, req, t, has_password || t->user.v == 0 ? "password" : "password_missing", 0);
    TRY(throttle_fail(cx, t->buckets[0], t->email_hash, &fails));
    return warn_person(cx, t, t->device_id == 0 ? fails : 0);
}

struct err
signin_by_password(struct cx *cx, struct req *req, struct res *res, struct str email,
                   struct str password, struct signin_ticket *out)
{
    struct tried t = { .email = str_lower(cx->arena, str_trim(email)) };
    struct db_param device_hash;
    struct db_row person;
    int64_t device, until_us;
    struct str hash;
    bool has_password, is_right, outdated = false;
    struct err closed;

    (void)cookie_read(cx, req, COOKIE_KNOWN, &device, &device_hash);
    TRY(db_one(cx, &SQL_signin_person, &person, P_STR(t.email), db_p_id(device), device_hash));
    t.user.v = db_i64(&person, 0);
    t.device_id = db_i64(&person, 2);
    fill_buckets(cx, &t);
    closed = throttle_require(cx, t.buckets, t.n, &until_us);
    if (closed.code == ERR_TOO_MANY) {
        res->retry_after_s = (until_us - cx->now_us) / US_PER_S + 1;
        note(cx, req, &t, "throttled", until_us);
    }
    TRY(closed);

    has_password = t.user.v != 0 && !db_is_null(&person, 1);
    hash = has_password ? db_str(&person, 1) : crypto_password_dummy(cx->conf);
    is_right = crypto_password_check(cx->conf, hash, password, &outdated) && has_password;
    if (!is_right) {
        TRY(count_failure(cx, req, &t, has_password));
        return FAIL(ERR_UNAUTHENTICATED, "credentials_invalid");
    }
    if (outdated)
        db_queue(cx, &SQL_password_rehash, P_ID(t.user),
                 P_STR(crypto_password_hash(cx->arena, cx->conf, password)));
    throttle_forget(cx, t.buckets[0]);
    if (t.device_id == 0)
        throttle_give_back(cx, t.buckets[1]);
    *out = (struct signin_ticket){
        .user = t.user,
        .device_id = t.device_id,
        .flags = (t.device_id != 0 ? TICKET_KNOWS_DEVICE : 0u) |
                 (password_is_common(cx->arena, password) ? TICKET_MUST_CHANGE : 0u),
    };
    return OK;
}

/* --- what comes next ------------------------------------------------------------ */

static struct err
answer_ticket(struct cx *cx, struct req *req, struct res *res, const char *state,
              enum ticket_kind kind, const struct signin_ticket *ticket, const struct str *codes,
              int64_t trusted_days)
{
    struct json_out o = res_json_begin(res, 200);

    json_open(&o, '{');
    json_kv_str(&o, "state", str_of(state));
    json_kv_str(&o, "ticket", signin_ticket_issue(cx, req, kind, ticket));
    if (kind == TICKET_FACTOR)
        json_kv_i64(&o, "trusted_device_days", trusted_days);
    if (kind == TICKET_ENROL)
        json_kv_bool(&o, "needs_email_code", ticket->extra.len > 0);
    if (codes != NULL) {
        json_key(&o, "recovery_codes");
        factor_write_codes(&o, codes);
    }
    json_close(&o, '}');
    return res_json_end(res);
}

/* Whoever stole a password must not set up the factor too: where nobody knows the browser, a letter decides. */
static struct err
ask_to_enrol(struct cx *cx, struct req *req, struct res *res, const struct signin_ticket *shown,
             const struct db_row *state)
{
    struct signin_ticket ticket = *shown;

    if ((shown->flags & TICKET_KNOWS_DEVICE) == 0)
        ticket.extra = factor_mail_code(cx, state, "5");
    return answer_ticket(cx, req, res, "enrol_required", TICKET_ENROL, &ticket, NULL, 0);
}

static struct err
tell_elsewhere(struct cx *cx, struct req *req, struct res *res, const struct signin_ticket *shown,
               const struct str *codes, const struct session_elsewhere *elsewhere)
{
    struct json_out o = res_more(res);

    attempts_note(cx, &(struct attempt){ .user = shown->user,
                                         .agent = agent_of(req),
                                         .step = "takeover",
                                         .reason = "session_elsewhere" });
    json_kv_str(&o, "ticket", signin_ticket_issue(cx, req, TICKET_TAKEOVER, shown));
    json_key(&o, "elsewhere");
    json_open(&o, '{');
    json_key(&o, "device");
    agent_write(&o, elsewhere->agent);
    json_kv_str(&o, "address", sessions_mask_address(cx->arena, elsewhere->address));
    json_kv_time(&o, "since", elsewhere->since_us);
    json_kv_time(&o, "last_active_at", elsewhere->active_us);
    json_close(&o, '}');
    if (codes != NULL) {
        json_key(&o, "recovery_codes");
        factor_write_codes(&o, codes);
    }
    return FAIL(ERR_CONFLICT, "session_elsewhere");
}

static struct err
answer_signed_in(struct cx *cx, struct res *res, const struct str *codes)
{
    struct json_out o = res_json_begin(res, 200);

    json_open(&o, '{');
    json_kv_str(&o, "state", STR("signed_in"));
    json_key(&o, "me");
    TRY(auth_write_me(cx, &o));
    if (codes != NULL) {
        json_key(&o, "recovery_codes");
        factor_write_codes(&o, codes);
    }
    json_close(&o, '}');
    return res_json_end(res);
}

/* All is shown: a session begins, and this browser is known from now on. */
static struct err
begin(struct cx *cx, struct req *req, struct res *res, const struct signin_ticket *shown,
      const struct str *codes, bool takes_over, int64_t trusted_days)
{
    struct session_begin how = { .user = shown->user,
                                 .agent = agent_of(req),
                                 .has_factor = (shown->flags & TICKET_HAS_FACTOR) != 0,
                                 .takes_over = takes_over };
    struct session_elsewhere elsewhere;
    struct session_begun session;
    struct err e;

    cx->user = shown->user;
    cx->actor = ACTOR_USER;
    TRY(devices_keep(cx, res, shown->user, shown->device_id, how.agent, &how.device_id));
    e = sessions_begin(cx, &how, &session, &elsewhere);
    if (e.code == ERR_CONFLICT) {
        struct signin_ticket known = *shown;

        known.device_id = how.device_id; /* the cookie that says so is in this answer */
        return tell_elsewhere(cx, req, res, &known, codes, &elsewhere);
    }
    TRY(e);
    if ((shown->flags & TICKET_TRUSTS) != 0 && trusted_days > 0)
        devices_trust(cx, res, shown->user, how.device_id, trusted_days);
    cx->session_id = session.id;
    sessions_set_cookies(cx, res, &session);
    attempts_note(cx, &(struct attempt){ .user = cx->user,
                                         .agent = how.agent,
                                         .step = takes_over ? "takeover" : "password",
                                         .reason = "signed_in" });
    auth_audit_person(cx, takes_over ? "session.taken_over" : "session.started", "session",
                      (struct str){ 0 });
    db_queue(cx, &SQL_signin_sweep, P_TIME(cx->now_us));
    log_info("session.started", "user=%lld session=%lld", (long long)cx->user.v,
             (long long)cx->session_id);
    return answer_signed_in(cx, res, codes);
}

struct err
signin_go_on(struct cx *cx, struct req *req, struct res *res, const struct signin_ticket *shown,
             const struct str *codes, bool takes_over)
{
    struct signin_ticket so_far = *shown;
    struct db_row state;
    bool is_trusted = false, has_factor, demands_factor;
    int64_t trusted_days;

    so_far.extra = (struct str){ 0 };
    TRY(db_one(cx, &SQL_signin_state, &state, P_ID(shown->user), P_TIME(cx->now_us)));
    has_factor = db_bool(&state, 4);
    demands_factor = db_bool(&state, 5);
    trusted_days = db_i64(&state, 6);
    if (has_factor && (so_far.flags & TICKET_HAS_FACTOR) == 0) {
        TRY(devices_is_trusted(cx, req, res, shown->user, &is_trusted));
        if (!is_trusted || trusted_days == 0)
            return answer_ticket(cx, req, res, "factor_required", TICKET_FACTOR, &so_far, NULL,
                                 trusted_days);
        so_far.flags |= TICKET_HAS_FACTOR;
    }
    if (!has_factor && demands_factor)
        return ask_to_enrol(cx, req, res, &so_far, &state);
    if ((so_far.flags & TICKET_MUST_CHANGE) != 0 || db_bool(&state, 3))
        return answer_ticket(cx, req, res, "password_change_required", TICKET_PASSWORD, &so_far,
                             codes, 0);
    return begin(cx, req, res, &so_far, codes, takes_over, trusted_days);
}
