#include "auth.h"

#include "base/clock.h"

#include "auth.sql.h"

#include <stdio.h>

/*
 * Members this process has met. It only saves a question: the gate confirms each
 * entry in the transaction that uses it. Full or stale slots are simply replaced.
 */
enum { REMEMBERED = 1024 };

static struct remembered {
    int64_t account_id, user_id, member_id;
    char role[16];
} members[REMEMBERED];

static struct remembered *
slot_of(int64_t account_id, int64_t user_id)
{
    uint64_t mixed = (uint64_t)account_id * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)user_id;

    return &members[(mixed ^ (mixed >> 32)) % REMEMBERED];
}

/* The first read of a member, or the first after the gate refused what we remembered. */
static struct err
remember(struct cx *cx, struct remembered *slot)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_access_find, &found, &row, P_ID(cx->account), P_ID(cx->user)));
    *slot = (struct remembered){ .account_id = cx->account.v, .user_id = cx->user.v };
    if (found) {
        struct str role = db_str(&row, 1);

        slot->member_id = db_i64(&row, 0);
        snprintf(slot->role, sizeof slot->role, "%.*s", STR_ARG(role));
    }
    return OK;
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

/* Cookies travel by themselves, so a write must show that one of our pages asked for it. */
static struct err
require_origin(const struct cx *cx, const struct req *req)
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

    TRY(require_origin(cx, req));
    if (token.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "session_missing");
    TRY(crypto_token_read(cx->arena, cx->conf, token, cx->now_us / US_PER_S, claims));

    cx->user.v = claims->user_id;
    cx->session_id = claims->session_id;
    cx->actor = ACTOR_USER;
    return OK;
}

struct err
auth_member_enter(struct cx *cx, struct req *req, struct str account, const char *permission)
{
    struct crypto_claims claims;
    struct remembered *slot;

    TRY(read_access_token(cx, req, &claims));
    if (account.len == 0)
        return FAIL(ERR_INVALID, "account_required");
    if (!str_i64(account, &cx->account.v) || cx->account.v <= 0)
        return FAIL(ERR_NOT_FOUND, "account_unknown");
    cx->log.account_id = cx->account.v;

    slot = slot_of(cx->account.v, cx->user.v);
    if (slot->account_id != cx->account.v || slot->user_id != cx->user.v || slot->member_id == 0 ||
        req->attempt > 0)
        TRY(remember(cx, slot));

    cx->member.v = slot->member_id;
    cx->role = str_dup(cx->arena, str_of(slot->role));
    cx->log.member_id = cx->member.v;
    db_queue(cx, &SQL_gate, P_ID(cx->account), P_I64(cx->session_id), P_I64(claims.gen),
             P_STR(permissions_roles(permission)), P_TIME(cx->now_us), P_ID(cx->member),
             P_STR(cx->role));
    return OK;
}

static struct err
session_enter(struct cx *cx, struct req *req)
{
    struct crypto_claims claims;

    TRY(read_access_token(cx, req, &claims));
    db_queue(cx, &SQL_session_gate, P_I64(cx->session_id), P_I64(claims.gen), P_TIME(cx->now_us));
    return OK;
}

/* grant: "<account> …", the rest is the business of the room that issued it. */
struct str
auth_visitor_token(struct cx *cx, struct str grant)
{
    int64_t expires_s = cx->now_us / US_PER_S + INT64_C(365) * 24 * 3600;

    return crypto_sign(cx->arena, "visitor",
                       str_fmt(cx->arena, "%lld %.*s", (long long)expires_s, STR_ARG(grant)));
}

struct err
auth_visitor_enter(struct cx *cx, struct str token)
{
    struct str payload, word;
    int64_t expires_s;

    if (token.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "visitor_missing");
    if (token.len > 1024 || !crypto_signed(cx->arena, "visitor", token, &payload) ||
        !str_cut(&payload, ' ', &word) || !str_i64(word, &expires_s))
        return FAIL(ERR_UNAUTHENTICATED, "visitor_invalid");
    if (expires_s <= cx->now_us / US_PER_S)
        return FAIL(ERR_UNAUTHENTICATED, "visitor_expired");

    cx->grant = payload;
    if (!str_cut(&payload, ' ', &word) || !str_i64(word, &cx->account.v))
        return FAIL(ERR_UNAUTHENTICATED, "visitor_invalid");
    cx->actor = ACTOR_VISITOR;
    cx->log.account_id = cx->account.v;
    db_set_account(cx, cx->account);
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
auth_enter(struct cx *cx, struct req *req, struct res *res)
{
    switch (req->route->access) {
    case ACCESS_MEMBER:
        return auth_member_enter(cx, req, req->header(req, "Balcao-Account"),
                                 req->route->permission);
    case ACCESS_SESSION: return session_enter(cx, req);
    case ACCESS_VISITOR:
        auth_answer_any_origin(req, res);
        return auth_visitor_enter(cx, req_bearer(req));
    case ACCESS_PUBLIC:
    case ACCESS_LOOPBACK: return OK;
    }
    return OK;
}
