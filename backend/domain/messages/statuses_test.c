#include "domain/messages/messages_private.h"

#include "base/clock.h"
#include "domain/auth/access.h"
#include "domain/testing/brittle.h"
#include "domain/testing/company.h"
#include "domain/testing/fixtures.h"

#include "messages.sql.h"

/* One of ours, accepted by the network under a name. */
struct sent {
    struct ticket ticket;
    int64_t seq;
    struct str name;
};

/* To the n-th customer of the channel. */
static struct sent
sent_to(struct cx *cx, const struct channel *channel, int n)
{
    struct ticket ticket = test_ticket_on(
        cx, channel, str_cstr(cx->arena, str_fmt(cx->arena, "55499884120%02d", n)), "waiting");
    struct sent sent = { .name = str_fmt(cx->arena, "wamid.%d", n) };
    struct message message;

    tickets_say(cx, &ticket, "bot", STR("Bom dia"), &message);
    provider_ids_add(cx, channel->id, sent.name, &message);
    message.state = STR("accepted");
    tickets_save(cx, &ticket, NULL);
    tickets_save_message(cx, &ticket, &message);
    sent.ticket = ticket;
    sent.seq = message.seq;
    return sent;
}

static struct receipt
said_of(const struct sent *sent, const char *state)
{
    return (struct receipt){ .channel = sent->ticket.channel,
                             .provider_id = sent->name,
                             .state = str_of(state) };
}

static struct message
message_of(struct cx *cx, const struct sent *sent)
{
    struct message message;

    CHECK_OK(tickets_message(cx, sent->ticket.id, sent->seq, &message));
    return message;
}

#define CHECK_STATE(cx, sent, expected) CHECK_STR(message_of(cx, sent).state, expected)

static int64_t
inbound(struct cx *cx, const char *state)
{
    static const struct db_stmt stmt = {
        .name = "test_statuses_inbound",
        .shape = DB_ONE,
        .params = 2,
        .text = "SELECT count(*) FROM inbound_events WHERE account_id = $1::bigint AND state = $2",
    };
    struct db_row row;

    CHECK_OK(db_one(cx, &stmt, &row, P_ID(cx->account), P_STR(str_of(state))));
    return db_i64(&row, 0);
}

/* A body of these statuses: "wamid.1:read wamid.2:delivered". */
static void
arrives(struct cx *cx, const struct channel *channel, const char *statuses)
{
    struct buf inside = { .arena = cx->arena };
    struct str rest = str_of(statuses), one, name;

    buf_add(&inside, STR("\"statuses\":["));
    while (rest.len > 0) {
        if (!str_cut(&rest, ' ', &one)) {
            one = rest;
            rest = STR("");
        }
        CHECK(str_cut(&one, ':', &name));
        buf_fmt(&inside,
                "%s{\"id\":\"%.*s\",\"status\":\"%.*s\",\"timestamp\":\"1772636400\","
                "\"recipient_id\":\"5549988412076\"}",
                buf_str(&inside).p[buf_str(&inside).len - 1] == '[' ? "" : ",", STR_ARG(name),
                STR_ARG(one));
    }
    buf_char(&inside, ']');
    test_arrives(cx, channel, str_cstr(cx->arena, buf_str(&inside)));
}

TEST(statuses_of_many_tickets_are_applied_together_and_each_message_is_told_once)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 1), b = sent_to(cx, &channel, 2),
                c = sent_to(cx, &channel, 3), d = sent_to(cx, &channel, 4);
    struct sent unknown = { .ticket = a.ticket, .name = STR("wamid.9") };
    struct receipt receipts[] = {
        said_of(&c, "failed"),    said_of(&a, "delivered"),     said_of(&b, "read"),
        said_of(&a, "read"),      said_of(&unknown, "read"),    said_of(&a, "delivered"),
        said_of(&a, "read"),      said_of(&b, "accepted"),      said_of(&d, "accepted"),
        said_of(&c, "delivered"), said_of(&unknown, "nothing"),
    };
    enum { ALL = sizeof receipts / sizeof receipts[0] };
    int64_t told = test_events(cx, "message.changed");
    struct message early = { .state = STR("accepted") };
    struct ticket ticket;

    receipts[0].error_code = STR("WA-131026");
    receipts[0].error_slug = STR("undeliverable");
    receipts[ALL - 2].state =
        STR("accepted"); /* a failure is the last word, this comes behind it */
    CHECK_OK(receipts_apply(cx, receipts, ALL));
    CHECK_STATE(cx, &a, "read");
    CHECK_STATE(cx, &b, "read");
    CHECK_STATE(cx, &c, "failed");
    CHECK_STR(message_of(cx, &c).error_code, "WA-131026");
    CHECK_STR(message_of(cx, &c).error_slug, "undeliverable");
    CHECK_STATE(cx, &d, "accepted");
    CHECK_I64(test_events(cx, "message.changed") - told, 3);
    CHECK_OK(tickets_get(cx, a.ticket.id, &ticket));
    CHECK_STR(ticket.last_state, "read");

    CHECK_OK(receipts_apply(cx, receipts, ALL)); /* delivered once more */
    CHECK_I64(test_events(cx, "message.changed") - told, 3);
    CHECK_OK(receipts_apply_early(cx, channel.id, STR("wamid.9"), &early));
    CHECK_STR(early.state, "read");
}

TEST(a_status_of_an_earlier_message_leaves_the_list_as_it_is)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent first = sent_to(cx, &channel, 1);
    struct receipt receipt = said_of(&first, "read");
    struct ticket ticket = first.ticket;
    struct message second;

    tickets_say(cx, &ticket, "bot", STR("Ainda aí?"), &second);
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(receipts_apply(cx, &receipt, 1));
    CHECK_STATE(cx, &first, "read");
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK_STR(ticket.last_state, "queued");
}

TEST(an_echo_gives_its_message_the_name_by_which_others_find_it)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent sent = sent_to(cx, &channel, 1);
    struct receipt receipts[2] = { said_of(&sent, "accepted"), said_of(&sent, "read") };

    receipts[0].provider_id = receipts[1].provider_id = STR("wamid.other");
    receipts[0].opaque =
        str_fmt(cx->arena, "%lld:%lld", (long long)sent.ticket.id.v, (long long)sent.seq);
    CHECK_OK(receipts_apply(cx, &receipts[0], 1)); /* behind, and worth its name all the same */
    CHECK_STATE(cx, &sent, "accepted");
    CHECK_OK(receipts_apply(cx, &receipts[1], 1));
    CHECK_STATE(cx, &sent, "read");
}

TEST(the_same_name_on_another_channel_or_account_is_another_message)
{
    struct cx *theirs = test_cx();
    struct channel foreign = test_channel(theirs, "whatsapp_cloud");
    struct sent of_theirs = sent_to(theirs, &foreign, 1);
    struct cx *ours = test_cx();
    struct channel here = test_channel(ours, "whatsapp_cloud"),
                   there = test_channel(ours, "webchat");
    struct sent one = sent_to(ours, &here, 1), other = sent_to(ours, &there, 1);
    struct receipt receipts[] = { said_of(&one, "read"), said_of(&of_theirs, "read") };

    receipts[1].opaque = str_fmt(ours->arena, "%lld:%lld", (long long)of_theirs.ticket.id.v,
                                 (long long)of_theirs.seq);
    CHECK_OK(receipts_apply(ours, receipts, 2));
    CHECK_STATE(ours, &one, "read");
    CHECK_STATE(ours, &other, "accepted");
    CHECK_STATE(theirs, &of_theirs, "accepted");
}

TEST(a_hostile_status_harms_none_beside_it)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 1), b = sent_to(cx, &channel, 2);
    struct receipt receipts[] = {
        said_of(&a, "delivered"),  said_of(&a, "read"), said_of(&a, "read"),
        said_of(&a, "read"),       said_of(&a, "read"), said_of(&a, "read"),
        said_of(&b, "hibernated"), said_of(&b, "read"),
    };

    receipts[1].provider_id = STR("\",\\\"},{NULL");
    receipts[2].provider_id = STR("");
    receipts[3].provider_id = receipts[4].provider_id = receipts[5].provider_id = STR("wamid.X");
    receipts[3].opaque = STR("9223372036854775807:9223372036854775807");
    receipts[4].opaque = STR("1:2:3");
    receipts[5].opaque = STR("-1:0");
    CHECK_OK(receipts_apply(cx, receipts, sizeof receipts / sizeof receipts[0]));
    CHECK_OK(db_hear(cx));
    CHECK_STATE(cx, &a, "delivered");
    CHECK_STATE(cx, &b, "read");
}

/* --- as jobs -------------------------------------------------------------------------- */

TEST(a_body_of_statuses_is_one_job_that_waits_for_company)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 1), b = sent_to(cx, &channel, 2);

    arrives(cx, &channel, "wamid.1:delivered wamid.2:read");
    CHECK_I64(test_jobs(cx, "inbound.statuses"), 1);
    CHECK_I64(test_jobs(cx, "inbound.event"), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_INBOUND), 0);
    test_advance(cx, JOBS_GATHER_MS * US_PER_MS);
    CHECK_I64(jobs_work_once(cx, QUEUE_INBOUND), 1);
    CHECK_STATE(cx, &a, "delivered");
    CHECK_STATE(cx, &b, "read");
    CHECK_I64(inbound(cx, "pending"), 0);
    CHECK_I64(inbound(cx, "done"), 1);
}

TEST(statuses_among_words_are_applied_with_them)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 76);

    test_arrives(cx, &channel,
                 "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.in\",\"timestamp\":"
                 "\"1772636400\",\"type\":\"text\",\"text\":{\"body\":\"Oi\"}}],"
                 "\"statuses\":[{\"id\":\"wamid.76\",\"status\":\"read\",\"recipient_id\":"
                 "\"5549988412076\",\"timestamp\":\"1772636400\"}]");
    CHECK_I64(test_jobs(cx, "inbound.statuses"), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_INBOUND), 1);
    CHECK_STATE(cx, &a, "read");
    CHECK_I64(test_messages(cx, a.ticket.id, "in"), 1);
}

static int64_t
company_works(struct cx *cx, int expected)
{
    return test_company_works(cx, "inbound.statuses", expected);
}

TEST(a_company_of_bodies_takes_as_many_round_trips_as_one)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    enum { CUSTOMERS = 6 };
    struct sent sent[CUSTOMERS];
    int64_t alone;

    CHECK_OK(channels_set_state(cx, &channel, NULL));
    for (int i = 0; i < CUSTOMERS; i++)
        sent[i] = sent_to(cx, &channel, i);
    arrives(cx, &channel, "wamid.0:delivered");
    alone = company_works(cx, 1);
    for (int i = 0; i < CUSTOMERS; i++)
        arrives(cx, &channel, str_cstr(cx->arena, str_fmt(cx->arena, "wamid.%d:read", i)));
    CHECK_I64(company_works(cx, CUSTOMERS), alone);
    for (int i = 0; i < CUSTOMERS; i++)
        CHECK_STATE(cx, &sent[i], "read");
    CHECK_I64(inbound(cx, "pending"), 0);
}

/* --- beside others: transactions are real ones ------------------------------------------- */

static void
forget_jobs(void *arg)
{
    struct cx *cx = arg;

    db_rollback(cx);
    (void)db_script(cx->db, cx->arena, "RESET ROLE; TRUNCATE jobs, lanes, dead_jobs");
}

/* What the test has made so far is there for others. */
static void
commit(struct cx *cx)
{
    CHECK_OK(db_commit(cx));
    testing_at_end(forget_jobs, cx);
}

/* A worker's connection, in the account of cx. */
static struct cx *
worker(const struct cx *of)
{
    struct cx *cx = test_connection("balcao_worker");

    cx->now_us = of->now_us;
    cx->account = of->account;
    cx->bound = access_everything;
    return cx;
}

static void
begin(struct cx *cx)
{
    db_begin(cx, TX_WRITE);
    db_set_account(cx, cx->account);
}

/* How a worker sees it now. */
static void
check_state(struct cx *cx, const struct sent *sent, const char *state)
{
    begin(cx);
    CHECK_STATE(cx, sent, state);
    db_rollback(cx);
}

/* Whether somebody, in a transaction that is open, holds the ticket. */
static bool
is_held(struct cx *cx, const struct sent *sent)
{
    struct ticket *free;
    size_t n;

    begin(cx);
    CHECK_OK(tickets_lock_free(cx, &sent->ticket.id.v, 1, &free, &n));
    db_rollback(cx);
    return n == 0;
}

TEST(a_status_that_is_behind_locks_nothing)
{
    struct cx *cx = test_cx(), *one, *other;
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent sent = sent_to(cx, &channel, 1);
    struct receipt behind = said_of(&sent, "accepted"), forward = said_of(&sent, "delivered");
    struct ticket ticket;

    commit(cx);
    one = worker(cx);
    other = worker(cx);
    begin(one);
    CHECK_OK(receipts_apply(one, &behind, 1));
    CHECK(!is_held(other, &sent));
    CHECK_OK(receipts_apply(one, &forward, 1));
    CHECK(is_held(other, &sent));
    CHECK_OK(db_commit(one));

    begin(other);
    CHECK_OK(tickets_lock(other, sent.ticket.id, &ticket));
    begin(one);
    CHECK_OK(receipts_apply(one, &behind, 1));
    CHECK_I64(behind.held.v, 0); /* over, whoever holds the ticket */
    CHECK_OK(db_commit(one));
    db_rollback(other);
}

TEST(two_who_apply_the_same_in_other_orders_wait_for_nobody)
{
    struct cx *cx = test_cx(), *one, *other;
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 1), b = sent_to(cx, &channel, 2),
                c = sent_to(cx, &channel, 3);
    struct receipt first[] = { said_of(&a, "read"), said_of(&b, "read") };
    struct receipt second[] = { said_of(&c, "read"), said_of(&b, "read"), said_of(&a, "read") };
    int64_t told = test_events(cx, "message.changed");

    commit(cx);
    one = worker(cx);
    other = worker(cx);
    begin(one);
    begin(other);
    CHECK_OK(receipts_apply(one, first, 2));
    CHECK_OK(receipts_apply(other, second, 3));
    CHECK_I64(second[0].held.v, 0);
    CHECK_I64(second[1].held.v, b.ticket.id.v);
    CHECK_I64(second[2].held.v, a.ticket.id.v);
    CHECK_OK(db_commit(other));
    CHECK_OK(db_commit(one));

    begin(other);
    CHECK_OK(receipts_apply(other, second, 3));
    CHECK_I64(second[1].held.v + second[2].held.v, 0);
    CHECK_OK(db_commit(other));
    check_state(one, &a, "read");
    check_state(one, &b, "read");
    check_state(one, &c, "read");
    begin(one);
    CHECK_I64(test_events(one, "message.changed") - told, 3);
    db_rollback(one);
}

TEST(a_ticket_that_somebody_holds_is_come_back_for_and_holds_up_no_other)
{
    struct cx *cx = test_cx(), *one, *holder;
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 1), b = sent_to(cx, &channel, 2);
    struct ticket ticket;

    arrives(cx, &channel, "wamid.1:delivered wamid.2:delivered");
    commit(cx);
    one = worker(cx);
    holder = worker(cx);
    begin(holder);
    CHECK_OK(tickets_lock(holder, a.ticket.id, &ticket));
    one->now_us += JOBS_GATHER_MS * US_PER_MS;
    CHECK_I64(jobs_work_once(one, QUEUE_INBOUND), 0);
    check_state(one, &a, "accepted");
    check_state(one, &b, "delivered");
    begin(one);
    CHECK_I64(inbound(one, "pending"), 1);
    db_rollback(one);

    db_rollback(holder);
    one->now_us += US_PER_S;
    CHECK_I64(jobs_work_once(one, QUEUE_INBOUND), 1);
    check_state(one, &a, "delivered");
    begin(one);
    CHECK_I64(inbound(one, "done"), 1);
    db_rollback(one);
}

TEST(a_body_that_cannot_be_read_dies_alone)
{
    static const struct db_stmt spoil = {
        .name = "test_statuses_spoil",
        .shape = DB_EXEC,
        .params = 1,
        .text = "UPDATE inbound_events SET body = 'spoilt' WHERE account_id = $1::bigint AND id = "
                "(SELECT max(id) FROM inbound_events WHERE account_id = $1)",
    };
    static const struct db_stmt dead = {
        .name = "test_statuses_dead",
        .shape = DB_ONE,
        .params = 1,
        .text = "SELECT count(*) FROM dead_jobs WHERE account_id = $1::bigint",
    };
    struct cx *cx = test_cx(), *one;
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct sent a = sent_to(cx, &channel, 1), b = sent_to(cx, &channel, 2);
    struct db_row row;

    arrives(cx, &channel, "wamid.1:read");
    arrives(cx, &channel, "wamid.2:read");
    CHECK_OK(db_exec(cx, &spoil, NULL, P_ID(cx->account)));
    commit(cx);
    one = worker(cx);
    one->now_us += JOBS_GATHER_MS * US_PER_MS;
    CHECK_I64(jobs_work_once(one, QUEUE_INBOUND), 2);
    check_state(one, &a, "read");
    check_state(one, &b, "accepted");
    begin(one);
    CHECK_OK(db_one(one, &dead, &row, P_ID(one->account)));
    CHECK_I64(db_i64(&row, 0), 1);
    db_rollback(one);
}

TEST(a_crash_in_the_middle_leaves_all_of_it_to_be_done_again)
{
    /* What is further, what is told of it, what came early, and what is over. */
    static const struct db_stmt sum = {
        .name = "test_statuses_sum",
        .shape = DB_ONE,
        .params = 1,
        .text =
            "SELECT (SELECT count(*) FROM messages WHERE account_id = $1::bigint AND state = "
            "'read')"
            " + 10 * (SELECT count(*) FROM tickets WHERE account_id = $1 AND last_state = 'read')"
            " + 100 * (SELECT count(*) FROM account_event WHERE account_id = $1 AND kind = "
            "'message.changed')"
            " + 1000 * (SELECT count(*) FROM early_statuses WHERE account_id = $1)"
            " + 10000 * (SELECT count(*) FROM inbound_events WHERE account_id = $1 AND state = "
            "'done')",
    };
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct db_row row;
    struct job job = { .kind = jobs_kind(STR("inbound.statuses")),
                       .account = cx->account,
                       .attempt = 1 };
    static const struct db_stmt body = {
        .name = "test_statuses_body",
        .shape = DB_ONE,
        .params = 1,
        .text = "SELECT max(id) FROM inbound_events WHERE account_id = $1::bigint",
    };
    int64_t before;

    CHECK_OK(channels_set_state(cx, &channel, NULL));
    sent_to(cx, &channel, 1);
    sent_to(cx, &channel, 2);
    arrives(cx, &channel, "wamid.1:read wamid.2:read wamid.9:read");
    CHECK_OK(db_one(cx, &body, &row, P_ID(cx->account)));
    job.subject_id = db_i64(&row, 0);
    brittle_make(cx);
    before = brittle_sum(cx, &sum);
    CHECK(brittle_everywhere(cx, &job, &sum) >= 4);
    CHECK_I64(brittle_sum(cx, &sum) - before, 11222);
    CHECK_OK(brittle_try(cx, &job, 0)); /* replayed */
    CHECK_I64(brittle_sum(cx, &sum) - before, 11222);
}
