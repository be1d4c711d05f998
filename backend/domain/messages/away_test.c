#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#include "base/clock.h"
#include "domain/hours/hours.h"

/* The account follows a period: Wednesday 08:00–18:36 in São Paulo, and says this while it is closed. */
static void
keep_hours(struct cx *cx, const char *away_text)
{
    static const struct db_stmt period = {
        .name = "test_away_hours",
        .shape = DB_EXEC,
        .params = 2,
        .text =
            "WITH p AS (INSERT INTO service_periods (account_id, name) VALUES ($1::bigint, "
            "'Balcão') "
            "RETURNING id), r AS (INSERT INTO period_ranges (account_id, period_id, day, from_min, "
            "until_min) SELECT $1, id, 3, 480, 1116 FROM p) "
            "INSERT INTO account_hours (account_id, period_id, away_text) SELECT $1, id, $2::text "
            "FROM p",
    };
    const struct db_param params[] = { P_ID(cx->account), P_STR(str_of(away_text)) };

    CHECK_OK(db_exec_(cx, &period, NULL, params, 2));
}

static void
writes(struct cx *cx, const struct channel *channel, int n)
{
    test_arrives(
        cx, channel,
        str_cstr(cx->arena,
                 str_fmt(cx->arena,
                         "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.%d\","
                         "\"timestamp\":\"%lld\",\"type\":\"text\",\"text\":{\"body\":\"Oi\"}}]",
                         n, (long long)(cx->now_us / US_PER_S))));
    CHECK_I64(jobs_work_once(cx, QUEUE_INBOUND), 1);
}

static struct ticket
ticket_of(struct cx *cx, const struct channel *channel)
{
    struct contact_address address = { "phone", STR("5549988412076"), true };
    struct contact_found who;
    struct ticket ticket;
    bool found;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(cx, channel->id, who.identity, &found, &ticket));
    CHECK(found);
    return ticket;
}

TEST(who_writes_while_it_is_open_is_told_nothing)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    keep_hours(cx, "Estamos fechados.");
    writes(cx, &channel, 1);
    CHECK_I64(ticket_of(cx, &channel).out_of_hours_at_us, 0);
    CHECK_I64(test_messages(cx, ticket_of(cx, &channel).id, "out"), 0);
}

TEST(who_writes_while_it_is_closed_is_told_once_until_it_opens)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;
    int64_t marked_at;

    keep_hours(cx, "Voltamos {{hours.next_opening|relative}}.");
    test_advance(cx, 7 * US_PER_HOUR); /* Wednesday 19:00 */
    marked_at = cx->now_us;
    writes(cx, &channel, 1);
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.out_of_hours_at_us, marked_at);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
    CHECK_STR(ticket.last_preview, "Voltamos 11/03 às 08:00.");
    CHECK_I64(test_jobs(cx, "message.send"), 1);

    test_advance(cx, US_PER_HOUR);
    writes(cx, &channel, 2);
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.out_of_hours_at_us, marked_at);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);

    test_advance(cx, 7 * US_PER_DAY); /* the next stretch; its mark stays, for nobody answered */
    writes(cx, &channel, 3);
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.out_of_hours_at_us, marked_at);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 2);
}

TEST(a_delivery_that_comes_again_tells_nothing_again)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    keep_hours(cx, "Estamos fechados.");
    test_advance(cx, 7 * US_PER_HOUR);
    writes(cx, &channel, 1);
    writes(cx, &channel, 1);
    CHECK_I64(test_messages(cx, ticket_of(cx, &channel).id, "out"), 1);
}

TEST(without_words_the_ticket_is_marked_and_nothing_said)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    keep_hours(cx, "");
    test_advance(cx, 7 * US_PER_HOUR);
    writes(cx, &channel, 1);
    ticket = ticket_of(cx, &channel);
    CHECK_I64(ticket.out_of_hours_at_us, cx->now_us);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 0);
}

TEST(a_person_who_answers_takes_the_mark_away_and_is_not_talked_over)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct post post = { .text = STR("Ainda estou aqui."), .client_key = STR("k1") };
    struct ticket ticket;
    struct message message;
    bool is_new;

    keep_hours(cx, "Estamos fechados.");
    test_advance(cx, 7 * US_PER_HOUR);
    writes(cx, &channel, 1);
    test_member(cx, "agent");
    test_join(cx, channel.department);
    CHECK_OK(tickets_take(cx, ticket_of(cx, &channel).id, &ticket));
    CHECK_OK(messages_post(cx, ticket.id, &post, &message, &is_new));
    CHECK_I64(ticket_of(cx, &channel).out_of_hours_at_us, 0);

    test_advance(cx, 7 * US_PER_DAY + US_PER_MIN);
    post.client_key = STR("k2");
    ticket = ticket_of(cx, &channel);
    ticket.window_ends_at_us = cx->now_us + US_PER_DAY;
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(messages_post(cx, ticket.id, &post, &message, &is_new));
    writes(cx, &channel, 2);
    CHECK_I64(ticket_of(cx, &channel).out_of_hours_at_us, 0);
    test_advance(cx, 2 * US_PER_HOUR);
    writes(cx, &channel, 3);
    CHECK_I64(ticket_of(cx, &channel).out_of_hours_at_us, cx->now_us);
}
