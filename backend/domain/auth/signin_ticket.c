#include "signin_ticket.h"

#include "agent.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/net.h"

#include "auth_signin.sql.h"

enum { TRIES_MAX = 5, USED = 1000 };

static const struct {
    const char *seal; /* bound into it: no kind passes for another */
    int64_t life_us;
} kinds[TICKET__MAX] = {
    [TICKET_FACTOR] = { "signin-ticket|factor", 5 * US_PER_MIN },
    [TICKET_ENROL] = { "signin-ticket|enrol", 5 * US_PER_MIN },
    [TICKET_CONFIRM] = { "signin-ticket|confirm", 10 * US_PER_MIN },
    [TICKET_PASSWORD] = { "signin-ticket|password", 5 * US_PER_MIN },
    [TICKET_TAKEOVER] = { "signin-ticket|takeover", 2 * US_PER_MIN },
    [TICKET_OPERATOR_FACTOR] = { "operator-ticket|factor", 5 * US_PER_MIN },
    [TICKET_OPERATOR_ENROL] = { "operator-ticket|enrol", 5 * US_PER_MIN },
    [TICKET_OPERATOR_CONFIRM] = { "operator-ticket|confirm", 10 * US_PER_MIN },
};

/* The browser and about where it is: telephones change their address, not their provider. */
static int64_t
place_of(struct cx *cx, const struct req *req)
{
    struct net_address address;
    struct str around = cx->address;
    struct net_block block;

    if (net_parse_address(cx->address, &address)) {
        block = net_block_of(&address, address.is_v6 ? 32 : 16);
        around = net_print_block(cx->arena, &block);
    }
    return crypto_hash64(
        str_fmt(cx->arena, "ticket|%.*s|%.*s", STR_ARG(around), STR_ARG(agent_of(req))));
}

struct str
signin_ticket_issue(struct cx *cx, const struct req *req, enum ticket_kind kind,
                    const struct signin_ticket *ticket)
{
    struct buf plain = { .arena = cx->arena };
    struct str sealed;
    int64_t id;

    crypto_random(&id, sizeof id);
    buf_fmt(&plain, "%lld %lld %lld %u %lld %lld ", (long long)id,
            (long long)(cx->now_us + kinds[kind].life_us), (long long)ticket->user.v, ticket->flags,
            (long long)ticket->device_id, (long long)place_of(cx, req));
    buf_add(&plain, ticket->extra);
    sealed = crypto_seal(cx->arena, str_of(kinds[kind].seal), buf_str(&plain));
    return crypto_base64url(cx->arena, (const uint8_t *)sealed.p, sealed.len);
}

static bool
read_ticket(struct cx *cx, const struct req *req, enum ticket_kind kind, struct str text,
            struct signin_ticket *out)
{
    struct str sealed, plain, word;
    int64_t numbers[6];

    if (text.len > 1024 || !crypto_unbase64url(cx->arena, text, &sealed) ||
        !crypto_unseal(cx->arena, str_of(kinds[kind].seal), sealed, &plain))
        return false;
    for (int i = 0; i < 6; i++)
        if (!str_cut(&plain, ' ', &word) || !str_i64(word, &numbers[i]))
            return false;
    *out = (struct signin_ticket){ .id = numbers[0],
                                   .expires_us = numbers[1],
                                   .user = { numbers[2] },
                                   .flags = (unsigned)numbers[3],
                                   .device_id = numbers[4],
                                   .extra = plain };
    return out->expires_us > cx->now_us && numbers[5] == place_of(cx, req);
}

struct err
signin_ticket_open(struct cx *cx, const struct req *req, enum ticket_kind kind, struct str text,
                   struct signin_ticket *out)
{
    struct db_row row;

    if (!read_ticket(cx, req, kind, text, out))
        return FAIL(ERR_UNAUTHENTICATED, "ticket_invalid");
    TRY(db_one(cx, &SQL_ticket_try, &row, P_I64(out->id), P_TIME(out->expires_us), P_I64(1)));
    return db_i64(&row, 0) > TRIES_MAX ? FAIL(ERR_UNAUTHENTICATED, "ticket_invalid") : OK;
}

void
signin_ticket_use(struct cx *cx, const struct signin_ticket *ticket)
{
    db_queue(cx, &SQL_ticket_try, P_I64(ticket->id), P_TIME(ticket->expires_us), P_I64(USED));
}
