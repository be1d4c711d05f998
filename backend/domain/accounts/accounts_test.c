#include "domain/testing/fixtures.h"

#include "domain/accounts/accounts.h"

/* A worker's connection, whose commits are real, in an account that is there for all of them. */
static struct cx *
beside(void)
{
    static const struct db_stmt account = {
        .name = "account_beside",
        .shape = DB_ONE,
        .params = 0,
        .text = "INSERT INTO accounts (name, slug) VALUES ('Beside', 'beside') "
                "ON CONFLICT (slug) DO UPDATE SET name = 'Beside' RETURNING id",
    };
    struct cx *owner = test_connection(NULL), *cx = test_connection("balcao_worker");
    struct db_row row;

    db_begin(owner, TX_WRITE);
    CHECK_OK(db_one_(owner, &account, &row, NULL, 0));
    CHECK_OK(db_commit(owner));
    cx->account.v = db_i64(&row, 0);
    return cx;
}

static void
begin(struct cx *cx)
{
    db_begin(cx, TX_WRITE);
    db_set_account(cx, cx->account);
}

static struct str
next_protocol(struct cx *cx)
{
    struct str protocol;

    CHECK_OK(accounts_next_protocol(cx, &protocol));
    return protocol;
}

TEST(protocols_count_one_by_one_from_the_first_of_the_day)
{
    struct cx *cx = test_cx();

    CHECK_STR(next_protocol(cx), "20260304-0001");
    CHECK_STR(next_protocol(cx), "20260304-0002");
    CHECK_STR(next_protocol(cx), "20260304-0003");
    test_advance(cx, INT64_C(24) * 3600 * 1000000);
    CHECK_STR(next_protocol(cx), "20260305-0001");
}

TEST(protocols_stay_unique_when_all_counters_have_been_used)
{
    struct cx *cx = test_cx();

    for (int i = 1; i < 130; i++)
        (void)next_protocol(cx);
    CHECK_STR(next_protocol(cx), "20260304-0130");
}

TEST(two_who_open_tickets_at_once_neither_wait_nor_share_a_protocol)
{
    struct cx *ana = beside(), *bia = beside();
    struct str first, meanwhile, after;

    begin(ana);
    (void)next_protocol(ana);
    CHECK_OK(db_commit(ana)); /* the day's counters are there */

    begin(ana);
    begin(bia);
    first = next_protocol(ana);
    meanwhile = next_protocol(bia);
    CHECK(!str_eq(first, meanwhile));
    db_rollback(ana);
    CHECK_OK(db_commit(bia));

    /* What was given back is given again, what was kept is not. */
    begin(ana);
    after = next_protocol(ana);
    CHECK(str_eq(after, first));
    db_rollback(ana);
}
