#include "base/clock.h"
#include "domain/contacts/merge.h"
#include "domain/messages/messages_private.h"
#include "domain/testing/company.h"
#include "domain/testing/fixtures.h"

/* who: "'from':'5549…'", "'from_user_id':'BR.1'" or both; apostrophes stand for quotes. */
static void
writes(struct cx *cx, const struct channel *channel, const char *who, int n)
{
    struct str inside = str_fmt(cx->arena,
                                "'messages':[{%s,'id':'wamid.%d','timestamp':'%lld',"
                                "'type':'text','text':{'body':'%d'}}]",
                                who, n, (long long)(cx->now_us / US_PER_S), n);
    struct buf quoted = { .arena = cx->arena };

    for (size_t i = 0; i < inside.len; i++)
        buf_char(&quoted, inside.p[i] == '\'' ? '"' : inside.p[i]);
    test_arrives(cx, channel, str_cstr(cx->arena, buf_str(&quoted)));
}

static int64_t
company_works(struct cx *cx, int expected)
{
    return test_company_works(cx, "inbound.event", expected);
}

static struct ticket
ticket_of(struct cx *cx, const struct channel *channel, const char *kind, const char *address)
{
    struct contact_address addresses[] = { { kind, str_of(address), true } };
    struct contact_found who;
    struct ticket ticket;
    bool found;

    CHECK_OK(contacts_resolve(cx, addresses, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(cx, channel->id, who.identity, &found, &ticket));
    CHECK(found);
    return ticket;
}

static struct channel
working_channel(struct cx *cx)
{
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    CHECK_OK(channels_set_state(cx, &channel, NULL));
    return channel;
}

TEST(a_company_takes_as_many_round_trips_as_one)
{
    struct cx *cx = test_cx();
    struct channel channel = working_channel(cx);
    enum { CUSTOMERS = 6 };

    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < CUSTOMERS; i++)
            writes(cx, &channel,
                   str_cstr(cx->arena, str_fmt(cx->arena, "'from':'55499884120%d'", 70 + i)),
                   10 * turn + i);
        /* Known to have tickets the second time: bodies, people, tickets. */
        if (turn == 0)
            company_works(cx, CUSTOMERS);
        else
            CHECK_I64(company_works(cx, CUSTOMERS), 3);
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        struct ticket ticket =
            ticket_of(cx, &channel, "phone",
                      str_cstr(cx->arena, str_fmt(cx->arena, "55499884120%d", 70 + i)));

        CHECK_I64(test_messages(cx, ticket.id, "in"), 2);
        CHECK_I64(ticket.unread_count, 2);
    }
}

TEST(one_customer_under_two_names_in_one_company_is_one_ticket)
{
    struct cx *cx = test_cx();
    struct channel channel = working_channel(cx);
    struct ticket ticket;

    writes(cx, &channel, "'from':'5549988412076','from_user_id':'BR.7'", 1);
    company_works(cx, 1);
    writes(cx, &channel, "'from_user_id':'BR.7'", 2);
    writes(cx, &channel, "'from':'5549988412076'", 3);
    writes(cx, &channel, "'from_user_id':'BR.7'", 4);
    writes(cx, &channel, "'from':'5549988412076'", 3);
    company_works(cx, 4);
    ticket = ticket_of(cx, &channel, "whatsapp_user", "BR.7");
    CHECK_I64(test_messages(cx, ticket.id, "in"), 4);
    CHECK_I64(ticket.last_seq,
              test_messages(cx, ticket.id, "in") + test_messages(cx, ticket.id, "system"));
    CHECK_I64(ticket.unread_count, 4);
}

TEST(a_message_in_two_lanes_of_a_company_is_not_kept_twice)
{
    struct cx *cx = test_cx();
    struct channel channel = working_channel(cx);
    struct job_outcome outcome = { .verdict = JOB_DONE };
    void *foreseen[2];
    struct job jobs[2];

    writes(cx, &channel, "'from':'5549988412076','from_user_id':'BR.7'", 1);
    company_works(cx, 1);
    writes(cx, &channel, "'from':'5549988412076'", 2);
    writes(cx, &channel, "'from_user_id':'BR.7'", 2);
    test_waiting_jobs(cx, "inbound.event", jobs, 2);
    CHECK_OK(inbound_event_foresee(cx, (const struct job *[]){ &jobs[0], &jobs[1] }, 2, foreseen));
    for (int i = 0; i < 2; i++) {
        jobs[i].foreseen = foreseen[i];
        CHECK_OK(inbound_event_step(cx, &jobs[i], NULL, &outcome));
    }
    CHECK_FAIL(db_hear(cx), ERR_RETRY, "retry");
}

TEST(a_ticket_that_somebody_of_the_company_touched_is_asked_for_again)
{
    struct cx *cx = test_cx();
    struct channel channel = working_channel(cx);
    struct ticket ticket;

    writes(cx, &channel, "'from':'5549988412076','from_user_id':'BR.7'", 1);
    company_works(cx, 1);
    test_arrives(
        cx, &channel,
        "\"messages\":[{\"from_user_id\":\"BR.7\",\"id\":\"wamid.moved\",\"type\":\"system\","
        "\"system\":{\"type\":\"user_changed_user_id\",\"user_id\":\"BR.8\"}}]");
    writes(cx, &channel, "'from':'5549988412076'", 2);
    company_works(cx, 2);
    ticket = ticket_of(cx, &channel, "phone", "5549988412076");
    CHECK_I64(test_messages(cx, ticket.id, "in"), 2);
    CHECK_I64(ticket.last_seq, 2 + test_messages(cx, ticket.id, "system"));
}

TEST(two_ways_into_one_ticket_in_one_company_lose_nothing_in_either_order)
{
    struct cx *cx = test_cx();
    struct channel channel = working_channel(cx);
    const char *const whole = "'from':'5549988412076'", *const chapter = "'from':'5549988770011'";
    struct ticket here, other;
    struct ticket_pair pair;
    int64_t merge;

    test_member(cx, "owner");
    writes(cx, &channel, whole, 1);
    writes(cx, &channel, chapter, 2);
    company_works(cx, 2);
    here = ticket_of(cx, &channel, "phone", "5549988412076");
    other = ticket_of(cx, &channel, "phone", "5549988770011");
    CHECK_OK(contacts_merge(cx, here.contact, other.contact, &merge));
    CHECK_OK(tickets_merge(cx, other.id, here.id, &pair));

    writes(cx, &channel, whole, 3);
    writes(cx, &channel, chapter, 4);
    company_works(cx, 2);
    writes(cx, &channel, chapter, 5);
    writes(cx, &channel, whole, 6);
    company_works(cx, 2);
    here = ticket_of(cx, &channel, "phone", "5549988770011");
    CHECK_I64(here.id.v, pair.target.id.v);
    CHECK_I64(test_messages(cx, here.id, "in"), 5);
    CHECK_I64(here.last_seq,
              test_messages(cx, here.id, "in") + test_messages(cx, here.id, "system"));
}
