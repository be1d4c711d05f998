#include "accounts.h"

#include "accounts.sql.h"

struct err
accounts_get(struct cx *cx, struct account *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_account_get, &row, P_ID(cx->account)));
    *out = (struct account){
        .id = { db_i64(&row, 0) },
        .name = db_str(&row, 1),
        .locale = db_str(&row, 2),
        .time_zone = db_str(&row, 3),
        .currency = db_str(&row, 4),
    };
    return OK;
}

struct err
accounts_next_protocol(struct cx *cx, struct str *out)
{
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_protocol_next, &found, &row, P_ID(cx->account), P_TIME(cx->now_us)));
    if (!found) {
        db_queue(cx, &SQL_protocol_day, P_ID(cx->account), P_TIME(cx->now_us));
        TRY(db_opt(cx, &SQL_protocol_next, &found, &row, P_ID(cx->account), P_TIME(cx->now_us)));
    }
    if (!found)
        return FAIL(ERR_RETRY, "protocols_held");
    *out = db_str(&row, 0);
    return OK;
}
