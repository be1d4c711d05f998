#include "sessions.h"

#include "base/net.h"
#include "cookies.h"

#include "auth_sessions.sql.h"

struct err
sessions_begin(struct cx *cx, const struct session_begin *how, struct session_begun *out,
               struct session_elsewhere *elsewhere)
{
    struct cookie_secret refresh = cookie_secret_new(cx);
    struct db_row row;

    TRY(db_one(cx, &SQL_session_start, &row, P_ID(how->user), refresh.hash, P_TIME(cx->now_us),
               P_STR(cx->address), P_STR(how->agent), db_p_id(how->device_id),
               P_BOOL(how->has_factor), P_BOOL(how->takes_over)));
    if (str_eq(db_str(&row, 0), STR("elsewhere"))) {
        *elsewhere = (struct session_elsewhere){ .agent = db_str(&row, 4),
                                                 .address = db_str(&row, 5),
                                                 .since_us = db_time(&row, 6),
                                                 .active_us = db_time(&row, 7) };
        return FAIL(ERR_CONFLICT, "session_elsewhere");
    }
    *out = (struct session_begun){ .id = db_i64(&row, 1),
                                   .gen = db_i64(&row, 2),
                                   .expires_us = db_time(&row, 3),
                                   .refresh = refresh.text };
    return OK;
}

void
sessions_set_cookies(struct cx *cx, struct res *res, const struct session_begun *session)
{
    cookie_set_access(cx, res, session->id, session->gen);
    cookie_set(cx, res, COOKIE_REFRESH, session->id, session->refresh, session->expires_us);
}

struct err
sessions_renew(struct cx *cx, struct res *res, bool steps_up, bool shows_factor)
{
    struct cookie_secret refresh = cookie_secret_new(cx);
    struct session_begun session = { .id = cx->session_id, .refresh = refresh.text };
    struct db_row row;

    TRY(db_one(cx, &SQL_session_renew, &row, P_I64(cx->session_id), refresh.hash,
               P_TIME(cx->now_us), P_BOOL(steps_up), P_BOOL(shows_factor)));
    session.gen = db_i64(&row, 0);
    session.expires_us = db_time(&row, 1);
    sessions_set_cookies(cx, res, &session);
    return OK;
}

struct err
sessions_end(struct cx *cx, struct user_id user, int64_t session, int64_t except,
             const char *reason, int64_t *ended)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_person_sessions_end, &row, P_ID(user), db_p_id(session), db_p_id(except),
               P_STR(str_of(reason)), P_TIME(cx->now_us)));
    if (ended != NULL)
        *ended = db_i64(&row, 0);
    return OK;
}

struct str
sessions_mask_address(struct arena *a, struct str address)
{
    struct net_address parsed;
    struct net_block block;

    if (!net_parse_address(address, &parsed))
        return STR("");
    block = net_block_of(&parsed, parsed.is_v6 ? 32 : 16);
    return net_print_block(a, &block);
}
