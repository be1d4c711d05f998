#include "throttle.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/net.h"

#include "auth_throttle.sql.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const struct rule {
    const char *word;
    int window_s; /* failures further apart are not counted together */
    int free;     /* failures before it closes */
    int wait_s;   /* how long, at most */
    bool grows;   /* two seconds at first, twice as long each time */
    int locks_at; /* failures that close it for a day; 0: never */
    int names;    /* different e-mails that close it at once; 0: any number */
} rules[THROTTLE__MAX] = {
    [THROTTLE_EMAIL] = { "email", DAY, 4, 15 * MINUTE, true, THROTTLE_LOCKS_AT, 0 },
    [THROTTLE_DEVICE] = { "device", DAY, 9, 15 * MINUTE, true, 0, 0 },
    [THROTTLE_ADDRESS] = { "address", 10 * MINUTE, 19, 10 * MINUTE, false, 0, 10 },
    [THROTTLE_NETWORK] = { "network", 10 * MINUTE, 199, 10 * MINUTE, false, 0, 0 },
    [THROTTLE_FACTOR] = { "factor", HOUR, 9, HOUR, false, 0, 0 },
    [THROTTLE_FACTOR_DAY] = { "factor_day", DAY, 19, HOUR, false, 0, 0 },
    [THROTTLE_STEP_UP] = { "step_up", HOUR, 9, HOUR, false, 0, 0 },
    [THROTTLE_ENROL] = { "enrol", HOUR, 9, HOUR, false, 0, 0 },
    [THROTTLE_RESET_EMAIL] = { "reset_email", HOUR, 2, HOUR, false, 0, 0 },
    [THROTTLE_RESET_ADDRESS] = { "reset_address", HOUR, 19, HOUR, false, 0, 0 },
    [THROTTLE_EMAIL_CHANGE] = { "email_change", HOUR, 4, HOUR, false, 0, 0 },
};

static int64_t
key_of(struct cx *cx, struct throttle of)
{
    return crypto_hash64(
        str_fmt(cx->arena, "signin|%s|%.*s", rules[of.bucket].word, STR_ARG(of.who)));
}

/* Of an address that is none: itself, so that it is counted all the same. */
static struct str
block_around(struct cx *cx, int v4_bits, int v6_bits)
{
    struct net_address address;
    struct net_block block;

    if (!net_parse_address(cx->address, &address))
        return cx->address;
    block = net_block_of(&address, address.is_v6 ? v6_bits : v4_bits);
    return net_print_block(cx->arena, &block);
}

struct str
throttle_address(struct cx *cx)
{
    return block_around(cx, 32, 64);
}

struct str
throttle_network(struct cx *cx)
{
    return block_around(cx, 24, 48);
}

struct err
throttle_require(struct cx *cx, const struct throttle *of, size_t n, int64_t *until_us)
{
    int64_t *keys = arena_array(cx->arena, int64_t, n);
    struct db_row row;
    bool is_closed;

    for (size_t i = 0; i < n; i++)
        keys[i] = key_of(cx, of[i]);
    *until_us = 0;
    TRY(db_opt(cx, &SQL_throttle_closed, &is_closed, &row, db_p_i64s(cx->arena, keys, n),
               P_TIME(cx->now_us)));
    if (!is_closed)
        return OK;
    *until_us = db_time(&row, 0);
    return FAIL(ERR_TOO_MANY, "too_many_attempts");
}

struct err
throttle_fail(struct cx *cx, struct throttle of, int64_t tried, int64_t *fails)
{
    const struct rule *rule = &rules[of.bucket];
    const struct db_param params[] = {
        P_I64(key_of(cx, of)), P_TIME(cx->now_us),  P_I64(rule->window_s),
        P_I64(rule->free),     P_I64(rule->wait_s), P_BOOL(rule->grows),
        P_I64(rule->locks_at), P_I64(rule->names),  tried == 0 ? P_NULL : P_I64(tried),
    };
    struct db_row row;

    if (fails == NULL) {
        db_queue_(cx, &SQL_throttle_fail, params, (int)(sizeof params / sizeof params[0]));
        return OK;
    }
    TRY(db_one_(cx, &SQL_throttle_fail, &row, params, (int)(sizeof params / sizeof params[0])));
    *fails = db_i64(&row, 0);
    return OK;
}

void
throttle_forget(struct cx *cx, struct throttle of)
{
    db_queue(cx, &SQL_throttle_forget, P_I64(key_of(cx, of)));
}

void
throttle_give_back(struct cx *cx, struct throttle of)
{
    db_queue(cx, &SQL_throttle_give_back, P_I64(key_of(cx, of)));
}
