/*
 * Where figures are counted: two workers at the same time never in the same place, for they come to the cards in different
 * orders and would wait for one another.
 */
#include "base/db.h"
#include "base/testing/testing.h"

/* A transaction of a worker of its own. */
static struct cx *
worker(const struct cx *of)
{
    struct cx *cx = test_connection("balcao_worker");

    cx->account = of->account;
    db_begin(cx, TX_WRITE);
    db_set_account(cx, cx->account);
    return cx;
}

static int64_t
place(struct cx *cx, struct account_id account)
{
    static const struct db_stmt ask = {
        .name = "counters_place",
        .shape = DB_ONE,
        .params = 1,
        .text = "SELECT flow_counters_place($1::bigint)::bigint",
    };
    const struct db_param params[] = { P_ID(account) };
    struct db_row row;

    CHECK_OK(db_one_(cx, &ask, &row, params, 1));
    return db_i64(&row, 0);
}

TEST(two_workers_count_in_different_places_and_each_always_in_its_own)
{
    struct cx *cx = test_cx(), *one = worker(cx), *other = worker(cx);
    int64_t first = place(one, cx->account);

    CHECK(place(other, cx->account) != first);
    CHECK_I64(place(one, cx->account), first);

    /* Another account's figures are other rows. */
    CHECK_I64(place(other, (struct account_id){ cx->account.v + 1 }), first);

    /* It is free again for whoever comes next. */
    db_rollback(one);
    db_rollback(other);
    db_begin(other, TX_WRITE);
    db_set_account(other, other->account);
    CHECK_I64(place(other, cx->account), first);
    db_rollback(other);
}
