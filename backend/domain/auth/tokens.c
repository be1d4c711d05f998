#include "tokens.h"

#include "base/clock.h"
#include "base/crypto.h"

#include "auth_tokens.sql.h"

/*
 * Tokens this process has met, as access.c remembers members: the gate confirms the epoch
 * in the transaction that uses it.
 */
enum { REMEMBERED = 256, SLOT_BYTES = 512, COL_USER = 18, COL_IS_BOT };
#define TOUCH_US US_PER_MIN

static struct slot {
    int64_t account, id;
    int64_t touched_us; /* is_touch_written: once its call is committed */
    bool is_touch_written;
    struct access access;
    struct arena *arena;
} slots[REMEMBERED];

static struct slot *
slot_of(int64_t account, int64_t id)
{
    uint64_t mixed = (uint64_t)account * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)id;

    return &slots[(mixed ^ (mixed >> 32)) % REMEMBERED];
}

static struct err
load(struct cx *cx, struct slot *slot, const struct token_text *token)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_token_access, &found, &row, P_I64(token->account), P_I64(token->id)));
    if (slot->arena == NULL)
        slot->arena = arena_new(SLOT_BYTES);
    arena_reset(slot->arena);
    slot->account = token->account;
    slot->id = token->id;
    slot->is_touch_written = false;
    slot->access = (struct access){ .account = { token->account }, .token_id = token->id };
    if (!found)
        return OK;
    slot->access.user.v = db_i64(&row, COL_USER);
    slot->access.is_bot = db_bool(&row, COL_IS_BOT);
    access_read(slot->arena, &row, &slot->access);
    return OK;
}

static void
touch(struct cx *cx, struct slot *slot)
{
    if (slot->is_touch_written && slot->touched_us > cx->now_us - TOUCH_US)
        return;
    slot->touched_us = cx->now_us;
    slot->is_touch_written = false;
    db_queue(cx, &SQL_token_touch, P_I64(slot->account), P_I64(slot->id), P_TIME(cx->now_us),
             P_STR(cx->address));
}

/* Dangerous, but programs do it too, when whoever made the token said so and fenced its addresses. */
static bool
is_for_fenced(const struct permission *permission)
{
    struct str name = str_of(permission->name);

    return str_ends(name, STR(".import")) || str_ends(name, STR(".export")) ||
           str_eq(name, STR("webhooks.manage")) || str_eq(name, STR("imports.run"));
}

/* What is done by somebody who then holds a ticket, or was it that said something. */
static bool
is_for_persons(const struct permission *permission)
{
    static const char *const names[] = { "tickets.pick", "tickets.take_over", "tickets.start",
                                         "tickets.invite", "tickets.whisper" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], permission->name) == 0)
            return true;
    return false;
}

bool
tokens_may_hold(const struct permission *permission, bool has_person, bool has_networks)
{
    if ((permission->flags & PERMISSION_NO_TOKEN) != 0)
        return false;
    if (!has_person && is_for_persons(permission))
        return false;
    return (permission->flags & PERMISSION_STEP_UP) == 0 ||
           (has_networks && is_for_fenced(permission));
}

/* NULL: a route of each member's own, or one where a person must show once more who they are. */
static bool
is_for_tokens(const struct access *access, const struct permission *needed, unsigned flags)
{
    return needed != NULL && (flags & ROUTE_STEP_UP) == 0 &&
           tokens_may_hold(needed, access->member.v != 0, access->is_fenced);
}

struct err
tokens_enter(struct cx *cx, const struct req *req, struct str account, const char *permission,
             unsigned flags)
{
    const struct permission *needed =
        strcmp(permission, ROUTE_ANY_MEMBER) == 0 ? NULL : permissions_get(permission);
    uint8_t hash[CRYPTO_SHA256_BYTES];
    const char *verdict = NULL;
    struct token_text token;
    struct slot *slot;
    int64_t named;

    if (req_cookie(req, "__Host-bat").len > 0 || req_cookie(req, "__Host-brt").len > 0)
        return FAIL(ERR_INVALID, "ambiguous_credentials");
    if (!token_parse(req_bearer(req), &token))
        return FAIL(ERR_UNAUTHENTICATED, "token_invalid");
    if (account.len > 0 && (!str_i64(account, &named) || named != token.account))
        return FAIL(ERR_NOT_FOUND, "account_unknown");
    crypto_sha256(token.secret, hash);

    slot = slot_of(token.account, token.id);
    if (slot->account != token.account || slot->id != token.id || req->attempt > 0)
        TRY(load(cx, slot, &token));
    cx->account.v = token.account;
    cx->token_id = token.id;
    cx->user = slot->access.user;
    cx->actor = ACTOR_TOKEN;
    cx->log.account_id = token.account;
    if (slot->access.bound != NULL) {
        access_enter(cx, &slot->access);
        verdict = access_refusal(&slot->access, NULL, cx->address, (flags & ROUTE_UNPAID) != 0);
        if (verdict == NULL && !is_for_tokens(&slot->access, needed, flags))
            verdict = "token_not_allowed";
        if (verdict == NULL)
            verdict =
                access_refusal(&slot->access, needed, cx->address, (flags & ROUTE_UNPAID) != 0);
    }
    db_queue(cx, &SQL_token_gate, P_ID(cx->account), P_I64(token.id),
             db_p_bytes(cx->arena, (struct str){ (const char *)hash, sizeof hash }),
             P_TIME(cx->now_us), P_I64(slot->access.epoch), P_STR(str_of(verdict)));
    touch(cx, slot);
    return OK;
}

void
tokens_leave(const struct cx *cx)
{
    struct slot *slot = slot_of(cx->account.v, cx->token_id);

    if (slot->account == cx->account.v && slot->id == cx->token_id &&
        slot->touched_us == cx->now_us)
        slot->is_touch_written = true;
}
