#include "domain/tags/tags.h"
#include "domain/testing/fixtures.h"

static struct tag_id
a_tag(struct cx *cx, const char *name)
{
    struct tag tag = { .name = str_of(name), .color = STR("ok"), .description = STR("") };

    CHECK_OK(tags_add(cx, &tag));
    return tag.id;
}

/* Two tickets of two customers, both in the hands of cx's member. */
static void
two_tickets(struct cx *cx, struct ticket *one, struct ticket *two)
{
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    test_member(cx, "agent");
    *one = test_ticket_on(cx, &channel, "5549988412076", "serving");
    *two = test_ticket_on(cx, &channel, "5549988412077", "serving");
}

TEST(a_name_is_given_once_whatever_its_case)
{
    struct cx *cx = test_cx();
    struct tag again = { .name = STR(" BOLETO "), .color = STR("warn"), .description = STR("") };

    a_tag(cx, "boleto");
    CHECK_FAIL(tags_add(cx, &again), ERR_CONFLICT, "tag_name_is_taken");
}

TEST(a_colour_is_a_role_of_the_theme)
{
    struct cx *cx = test_cx();
    struct tag tag = { .name = STR("x"), .color = STR("#ff0000"), .description = STR("") };

    CHECK_FAIL(tags_add(cx, &tag), ERR_INVALID, "unknown_value");
}

TEST(tagging_twice_tags_once_and_the_row_carries_the_ids_in_their_order)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct tag_id first = a_tag(cx, "zz"), second = a_tag(cx, "aa");
    int64_t activity = ticket.last_activity_at_us;

    test_advance(cx, 1000000);
    CHECK_OK(tags_on_ticket(cx, ticket.id, first, true, &ticket));
    CHECK_OK(tags_on_ticket(cx, ticket.id, first, true, &ticket));
    test_advance(cx, 1000000);
    CHECK_OK(tags_on_ticket(cx, ticket.id, second, true, &ticket));
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK(str_eq(ticket.tag_ids,
                 str_fmt(cx->arena, "{%lld,%lld}", (long long)first.v, (long long)second.v)));
    CHECK_I64(ticket.last_activity_at_us, activity); /* it does not jump to the top */
    CHECK_I64(test_audit(cx, "ticket.tagged"), 2);
    CHECK_OK(tags_on_ticket(cx, ticket.id, first, false, &ticket));
    CHECK_OK(tags_on_ticket(cx, ticket.id, first, false, &ticket));
    CHECK(str_eq(ticket.tag_ids, str_fmt(cx->arena, "{%lld}", (long long)second.v)));
    CHECK_I64(test_audit(cx, "ticket.untagged"), 1);
}

TEST(what_is_archived_is_put_on_nothing_and_stays_where_it_is)
{
    struct cx *cx = test_cx();
    struct tag_id id = a_tag(cx, "velha");
    struct ticket ticket, other;
    struct tag tag;

    two_tickets(cx, &ticket, &other);
    CHECK_OK(tags_on_ticket(cx, ticket.id, id, true, &ticket));
    CHECK_OK(tags_lock(cx, id, &tag));
    tag.is_active = false;
    CHECK_OK(tags_edit(cx, &tag));
    CHECK_FAIL(tags_on_ticket(cx, other.id, id, true, &other), ERR_NOT_FOUND, "tag_unknown");
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK(ticket.tag_ids.len > 2);
    CHECK_OK(tags_on_ticket(cx, ticket.id, id, false, &ticket));
}

TEST(a_single_message_carries_a_tag)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct tag_id tag = a_tag(cx, "prova");
    struct message message;

    CHECK_OK(tags_on_message(cx, ticket.id, 1, tag, true, &message));
    CHECK(str_eq(message.tag_ids, str_fmt(cx->arena, "{%lld}", (long long)tag.v)));
    CHECK_I64(test_events(cx, "message.changed"), 1);
    CHECK_OK(tags_on_message(cx, ticket.id, 1, tag, false, &message));
    CHECK(message.tag_ids.p == NULL);
    CHECK_FAIL(tags_on_message(cx, ticket.id, 99, tag, true, &message), ERR_NOT_FOUND, "not_found");
}

TEST(merging_moves_what_carried_the_one_to_the_other)
{
    struct cx *cx = test_cx();
    struct ticket both, one;
    struct tag_id from = a_tag(cx, "boletos"), into = a_tag(cx, "boleto");
    struct str expected = str_fmt(cx->arena, "{%lld}", (long long)into.v);
    struct message message;

    two_tickets(cx, &both, &one);
    CHECK_OK(tags_on_ticket(cx, both.id, from, true, &both));
    CHECK_OK(tags_on_ticket(cx, both.id, into, true, &both));
    CHECK_OK(tags_on_ticket(cx, one.id, from, true, &one));
    CHECK_OK(tags_on_message(cx, one.id, 1, from, true, &message));
    CHECK_OK(tags_on_contact(cx, one.contact, from, true));

    CHECK_FAIL(tags_merge(cx, from, from), ERR_CONFLICT, "tag_is_itself");
    CHECK_OK(tags_merge(cx, from, into));
    CHECK_FAIL(tags_on_ticket(cx, one.id, from, true, &one), ERR_NOT_FOUND, "tag_unknown");
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    CHECK_OK(tickets_get(cx, both.id, &both));
    CHECK_OK(tickets_get(cx, one.id, &one));
    CHECK(str_eq(both.tag_ids, expected));
    CHECK(str_eq(one.tag_ids, expected));
    CHECK_OK(tickets_message(cx, one.id, 1, &message));
    CHECK(str_eq(message.tag_ids, expected));
    a_tag(cx, "boletos"); /* the name is free again */
}

TEST(a_link_that_follows_a_merge_goes_to_where_the_other_went)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct tag_id a = a_tag(cx, "a"), b = a_tag(cx, "b"), c = a_tag(cx, "c");

    CHECK_OK(tags_on_ticket(cx, ticket.id, a, true, &ticket));
    CHECK_OK(tags_merge(cx, a, b));
    CHECK_OK(tags_merge(cx, b, c));
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES) + jobs_work_once(cx, QUEUE_CHORES), 2);
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    CHECK(str_eq(ticket.tag_ids, str_fmt(cx->arena, "{%lld}", (long long)c.v)));
}

TEST(another_accounts_tag_does_not_exist)
{
    struct cx *theirs = test_cx();
    struct tag_id foreign = a_tag(theirs, "deles");
    struct cx *ours = test_cx();
    struct ticket ticket = test_ticket(ours, "serving");
    struct tag tag;

    CHECK_FAIL(tags_on_ticket(ours, ticket.id, foreign, true, &ticket), ERR_NOT_FOUND,
               "tag_unknown");
    CHECK_FAIL(tags_lock(ours, foreign, &tag), ERR_NOT_FOUND, "not_found");
}
