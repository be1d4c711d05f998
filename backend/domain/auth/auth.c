#include "auth.h"

#include "agent.h"
#include "attempts.h"
#include "base/clock.h"
#include "domain/auth/access.h"
#include "domain/auth/tokens.h"

#include "auth.sql.h"

/*
 * Sessions this process has served lately. That a request of a new generation came, and
 * roughly when the last one did, is written down at most once a minute. Until the call is
 * committed nothing is: what was undone is written by the next one.
 */
enum { TOUCHED = 1024 };
#define TOUCH_US US_PER_MIN

static struct touched {
    int64_t session_id, gen, at_us;
    bool is_written;
} touched[TOUCHED];

static struct touched *
touched_of(const struct cx *cx)
{
    return &touched[(uint64_t)cx->session_id % TOUCHED];
}

static void
touch(struct cx *cx, int64_t gen)
{
    struct touched *t = touched_of(cx);

    if (t->is_written && t->session_id == cx->session_id && t->gen == gen &&
        t->at_us > cx->now_us - TOUCH_US)
        return;
    *t = (struct touched){ cx->session_id, gen, cx->now_us, .is_written = false };
    db_queue(cx, &SQL_session_touch, P_I64(cx->session_id), P_I64(gen), P_TIME(cx->now_us));
}

static bool
same_origin(const struct cx *cx, const struct req *req)
{
    struct str origin = req->header(req, "Origin");
    struct str site = req->header(req, "Sec-Fetch-Site");

    if (origin.len > 0)
        return str_eq(origin, str_of(cx->conf->public_url));
    return str_eq(site, STR("same-origin")) || str_eq(site, STR("none"));
}

struct err
auth_require_origin(const struct cx *cx, const struct req *req)
{
    if (req->method == GET || req->method == HEAD) {
        if (str_eq(req->header(req, "Sec-Fetch-Site"), STR("cross-site")))
            return FAIL(ERR_FORBIDDEN, "origin_refused");
        return OK;
    }
    return same_origin(cx, req) ? OK : FAIL(ERR_FORBIDDEN, "origin_refused");
}

static struct err
read_access_token(struct cx *cx, const struct req *req, struct crypto_claims *claims)
{
    struct str token = req_cookie(req, "__Host-bat");

    TRY(auth_require_origin(cx, req));
    if (token.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "session_missing");
    TRY(crypto_token_read(cx->arena, cx->conf, token, cx->now_us / US_PER_S, claims));

    cx->user.v = claims->user_id;
    cx->session_id = claims->session_id;
    cx->actor = ACTOR_USER;
    return OK;
}

/* A stranger's gate always refuses; if they were made a member in this very moment, look again. */
static struct err
fetch_refusal(struct cx *cx)
{
    TRY(db_hear(cx));
    return FAIL(ERR_RETRY, "retry");
}

/*
 * Refused by the account's own fence: whoever looks after its people will be asked why. A row of its
 * own, because the gate undoes everything else of this call.
 */
static struct err
note_fence(struct cx *cx, const struct req *req, struct res *res, const char *verdict,
           int64_t epoch)
{
    static const struct {
        const char *verdict, *reason;
    } fences[] = {
        { "network_refused", "network" },
        { "account_suspended", "plan" },
        { "account_closed", "plan" },
        { "factor_reset_unconfirmed", "factor_reset" },
    };
    struct json_out o = res_more(res);

    if (verdict == NULL)
        return OK;
    if (strcmp(verdict, "network_refused") == 0)
        json_kv_str(&o, "your_address", cx->address);
    for (size_t i = 0; i < sizeof fences / sizeof fences[0]; i++)
        if (strcmp(verdict, fences[i].verdict) == 0) {
            TRY(attempts_note_refusal(cx, agent_of(req), fences[i].reason, epoch));
            TRY(db_commit(cx));
            db_begin(cx, req->route->tx);
        }
    return OK;
}

/*
 * Judged here by what this process remembers, confirmed by the gate in the transaction
 * that uses it. Whoever is no member is judged there alone: it knows what to answer.
 */
static struct err
pass_gate(struct cx *cx, const struct req *req, struct res *res, const struct crypto_claims *claims,
          const char *permission, unsigned flags)
{
    const struct permission *needed =
        strcmp(permission, ROUTE_ANY_MEMBER) == 0 ? NULL : permissions_get(permission);
    bool needs_step_up = (flags & ROUTE_STEP_UP) != 0 ||
                         (needed != NULL && (needed->flags & PERMISSION_STEP_UP) != 0);
    const struct access *access;
    const char *verdict = NULL;
    bool needs_factor = false;

    TRY(access_find(cx, cx->account, cx->user, req->attempt > 0, &access));
    if (access != NULL) {
        access_enter(cx, access);
        verdict = access_refusal(access, needed, cx->address, (flags & ROUTE_UNPAID) != 0);
        needs_factor = access->factor_from_us != 0 && access->factor_from_us <= cx->now_us &&
                       (flags & ROUTE_NO_FACTOR) == 0;
        TRY(note_fence(cx, req, res, verdict, access->epoch));
    }
    db_queue(cx, &SQL_gate, P_ID(cx->account), P_I64(cx->session_id), P_I64(claims->gen),
             P_TIME(cx->now_us), P_I64(access == NULL ? 0 : access->epoch), P_STR(str_of(verdict)),
             P_BOOL(needs_factor), P_BOOL(needs_step_up));
    touch(cx, claims->gen);
    /* Nobody a handler could act for: the refusal is fetched before it runs. */
    return access == NULL ? fetch_refusal(cx) : OK;
}

struct err
auth_member_enter(struct cx *cx, struct req *req, struct res *res, struct str account,
                  const char *permission)
{
    struct crypto_claims claims;

    if (req_bearer(req).p != NULL)
        return tokens_enter(cx, req, account, permission, req->route->flags);
    TRY(read_access_token(cx, req, &claims));
    if (account.len == 0)
        return FAIL(ERR_INVALID, "account_required");
    if (!str_i64(account, &cx->account.v) || cx->account.v <= 0)
        return FAIL(ERR_NOT_FOUND, "account_unknown");
    cx->log.account_id = cx->account.v;
    return pass_gate(cx, req, res, &claims, permission, req->route->flags);
}

static struct err
session_enter(struct cx *cx, struct req *req)
{
    struct crypto_claims claims;

    if (req_bearer(req).p != NULL)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    TRY(read_access_token(cx, req, &claims));
    db_queue(cx, &SQL_session_gate, P_I64(cx->session_id), P_I64(claims.gen), P_TIME(cx->now_us),
             P_BOOL((req->route->flags & ROUTE_STEP_UP) != 0));
    touch(cx, claims.gen);
    return OK;
}

/* --- signed leaves: "<expires> <account> <whatever the purpose needs>" ----------------- */

static struct str
sign_leave(struct cx *cx, const char *purpose, int64_t valid_s, struct str grant)
{
    return crypto_sign(cx->arena, purpose,
                       str_fmt(cx->arena, "%lld %.*s", (long long)(cx->now_us / US_PER_S + valid_s),
                               STR_ARG(grant)));
}

/* cx->grant is what follows the time. */
static struct err
enter_signed(struct cx *cx, const char *purpose, struct str token, struct err invalid,
             struct err expired)
{
    struct str payload, word;
    int64_t expires_s;

    if (token.len > 1024 || !crypto_signed(cx->arena, purpose, token, &payload) ||
        !str_cut(&payload, ' ', &word) || !str_i64(word, &expires_s))
        return invalid;
    if (expires_s <= cx->now_us / US_PER_S)
        return expired;

    cx->grant = payload;
    if (!str_cut(&payload, ' ', &word) || !str_i64(word, &cx->account.v))
        return invalid;
    cx->actor = ACTOR_VISITOR;
    cx->bound = access_everything;
    cx->log.account_id = cx->account.v;
    db_set_account(cx, cx->account);
    return OK;
}

struct str
auth_visitor_token(struct cx *cx, struct str grant)
{
    return sign_leave(cx, "visitor", INT64_C(365) * 24 * 3600, grant);
}

struct err
auth_visitor_enter(struct cx *cx, struct str token)
{
    if (token.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "visitor_missing");
    return enter_signed(cx, "visitor", token, FAIL(ERR_UNAUTHENTICATED, "visitor_invalid"),
                        FAIL(ERR_UNAUTHENTICATED, "visitor_expired"));
}

struct str
auth_link_token(struct cx *cx, int64_t attachment_id, int64_t valid_s)
{
    return sign_leave(
        cx, "file", valid_s,
        str_fmt(cx->arena, "%lld %lld", (long long)cx->account.v, (long long)attachment_id));
}

struct err
auth_link_enter(struct cx *cx, struct str token, int64_t *attachment_id)
{
    struct err invalid = FAIL(ERR_NOT_FOUND, "not_found");
    struct str word;

    TRY(enter_signed(cx, "file", token, invalid, FAIL(ERR_GONE, "link_expired")));
    if (!str_cut(&cx->grant, ' ', &word) || !str_i64(cx->grant, attachment_id))
        return invalid;
    return OK;
}

void
auth_answer_any_origin(struct req *req, struct res *res)
{
    struct str origin = req->header(req, "Origin");

    if (origin.len == 0)
        return;
    res_header(res, "Access-Control-Allow-Origin", origin);
    res_header(res, "Access-Control-Expose-Headers", STR("Retry-After, X-Request-Id"));
    res_header(res, "Vary", STR("Origin"));
}

struct err
auth_invited(struct cx *cx, struct str *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_access_invited, &row, P_ID(cx->account)));
    *out = db_str(&row, 0);
    return OK;
}

struct err
auth_enter(struct cx *cx, struct req *req, struct res *res)
{
    switch (req->route->access) {
    case ACCESS_MEMBER:
        return auth_member_enter(cx, req, res, req->header(req, "Balcao-Account"),
                                 req->route->permission);
    case ACCESS_SESSION: return session_enter(cx, req);
    case ACCESS_VISITOR:
        auth_answer_any_origin(req, res);
        return auth_visitor_enter(cx, req_bearer(req));
    case ACCESS_PUBLIC:
    case ACCESS_LOOPBACK:
    case ACCESS_OPERATOR: return OK; /* their routes are served by a pool of their own */
    }
    return OK;
}

void
auth_leave(const struct cx *cx)
{
    struct touched *t = touched_of(cx);

    if (cx->token_id != 0)
        tokens_leave(cx);
    else if (cx->session_id != 0 && t->session_id == cx->session_id && t->at_us == cx->now_us)
        t->is_written = true;
}
