/* Customers whose ticket was merged into another go on writing. */
#include "domain/contacts/merge.h"
#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#include "base/clock.h"

#define HERE "5549988412076"
#define OTHER "5549988770011"

struct two {
    struct channel channel;
    struct ticket here, other;
    int64_t contact_merge;
};

static void
arrives(struct cx *cx, const struct channel *channel, const char *from, const char *text)
{
    static int n;

    test_arrives(
        cx, channel,
        str_cstr(cx->arena, str_fmt(cx->arena,
                                    "\"messages\":[{\"from\":\"%s\",\"id\":\"wamid.merged%d\","
                                    "\"timestamp\":\"%lld\",\"type\":\"text\",\"text\":"
                                    "{\"body\":\"%s\"}}]",
                                    from, ++n, (long long)(cx->now_us / US_PER_S), text)));
}

static void
writes(struct cx *cx, const struct channel *channel, const char *from, const char *text)
{
    test_advance(cx, US_PER_MIN);
    arrives(cx, channel, from, text);
    CHECK_I64(jobs_work_once(cx, QUEUE_INBOUND), 1);
}

static struct ticket
as_it_is(struct cx *cx, struct ticket ticket)
{
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    return ticket;
}

/* Of one person with two phones, the ticket of the other phone merged into the one of this. */
static struct two
merged(struct cx *cx)
{
    struct two two;
    struct ticket_pair pair;

    test_member(cx, "manager");
    two.channel = test_channel(cx, "whatsapp_cloud");
    two.here = test_ticket_on(cx, &two.channel, HERE, "serving");
    two.other = test_ticket_on(cx, &two.channel, OTHER, "waiting");
    CHECK_OK(contacts_merge(cx, two.here.contact, two.other.contact, &two.contact_merge));
    writes(cx, &two.channel, HERE, "Oi");
    writes(cx, &two.channel, OTHER, "Oi daqui");
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    two.here = as_it_is(cx, two.here);
    two.other = as_it_is(cx, two.other);
    return two;
}

/* The tickets of this phone that are live. */
static int64_t
live_of(struct cx *cx, const char *phone)
{
    static const struct db_stmt stmt = {
        .name = "test_merged_live",
        .shape = DB_ONE,
        .params = 2,
        .text = "SELECT count(*) FROM tickets WHERE account_id = $1::bigint AND contact_address = "
                "$2::text AND state <> 'closed'",
    };
    struct db_row row;

    CHECK_OK(db_one(cx, &stmt, &row, P_ID(cx->account), P_STR(str_of(phone))));
    return db_i64(&row, 0);
}

static int64_t
lines_of(struct cx *cx, struct ticket_id id, const char *event)
{
    struct message_page page;
    int64_t n = 0;

    CHECK_OK(tickets_messages(cx, id, 0, -1, 100, &page));
    for (size_t i = 0; i < page.n; i++)
        if (page.v[i].detail.p != NULL &&
            strstr(str_cstr(cx->arena, page.v[i].detail), event) != NULL)
            n++;
    return n;
}

TEST(what_the_customer_of_a_chapter_writes_comes_to_the_whole)
{
    struct cx *cx = test_cx();
    struct two two = merged(cx);
    int64_t before = test_messages(cx, two.other.id, "in"), window = two.here.window_ends_at_us;

    writes(cx, &two.channel, OTHER, "Um");
    writes(cx, &two.channel, OTHER, "Dois");
    CHECK_I64(test_messages(cx, two.other.id, "in"), before);
    CHECK_I64(test_messages(cx, two.here.id, "in"), 3);
    CHECK_I64(lines_of(cx, two.here.id, "ticket_heard"), 1); /* once for what is said in one go */
    CHECK_I64(live_of(cx, OTHER), 0);
    two.here = as_it_is(cx, two.here);
    CHECK_I64(two.here.window_ends_at_us, window); /* the day of this phone is no longer for it */
    CHECK_STR(two.here.contact_address, HERE);

    writes(cx, &two.channel, HERE, "Três");
    writes(cx, &two.channel, OTHER, "Quatro");
    CHECK_I64(lines_of(cx, two.here.id, "ticket_heard"), 2);
    CHECK(as_it_is(cx, two.here).window_ends_at_us > window);
}

TEST(once_the_whole_has_ended_the_customer_of_the_chapter_is_served_anew)
{
    struct cx *cx = test_cx();
    struct two two = merged(cx);

    CHECK_OK(tickets_close(cx, two.here.id, test_reason(cx, "Done", ""), STR(""), &two.here));
    writes(cx, &two.channel, OTHER, "De novo");
    CHECK_I64(test_messages(cx, two.here.id, "in"), 1);
    CHECK_I64(live_of(cx, OTHER), 1);
}

TEST(a_whole_that_cannot_be_answered_any_more_takes_nothing_in)
{
    struct cx *cx = test_cx();
    struct two two = merged(cx);

    test_advance(cx, 2 * US_PER_DAY);
    writes(cx, &two.channel, OTHER, "Depois de dois dias");
    CHECK_I64(test_messages(cx, two.here.id, "in"), 1);
    CHECK_I64(live_of(cx, OTHER), 1);
}

TEST(two_people_who_turn_out_to_be_two_are_heard_apart)
{
    struct cx *cx = test_cx();
    struct two two = merged(cx);
    struct contact_id kept, gone;
    struct merge_left left;

    CHECK_OK(contacts_unmerge(cx, two.contact_merge, &kept, &gone, &left));
    writes(cx, &two.channel, OTHER, "Sou outra pessoa");
    CHECK_I64(test_messages(cx, two.here.id, "in"), 1);
    CHECK_I64(live_of(cx, OTHER), 1);
}

TEST(taken_apart_each_hears_its_own_again)
{
    struct cx *cx = test_cx();
    struct two two = merged(cx);
    struct ticket_pair pair;
    struct ticket live;

    writes(cx, &two.channel, OTHER, "Junto");
    CHECK_OK(tickets_unmerge(cx, two.other.id, &live, &pair));
    writes(cx, &two.channel, OTHER, "Separado");
    CHECK_I64(test_messages(cx, two.other.id, "in"), 2);
    CHECK_I64(test_messages(cx, two.here.id, "in"), 2); /* what came meanwhile stays */
}

TEST(a_ticket_that_was_merged_while_its_customer_was_looked_up_is_looked_up_again)
{
    struct cx *cx = test_cx();
    struct two two = merged(cx);
    struct contact_address address = { "phone", STR(OTHER), true };
    struct contact_found who;
    struct ticket fresh;
    struct str welcome;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR(""), &who));
    CHECK_FAIL(tickets_open(cx, &two.channel, &who, &(struct first_said){ .words = STR("Oi") },
                            &fresh, &welcome),
               ERR_CONFLICT, "merged_elsewhere");
}
