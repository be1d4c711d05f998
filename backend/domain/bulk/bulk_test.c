#include "domain/bulk/bulk.h"
#include "domain/contacts/merge.h"
#include "domain/testing/fixtures.h"

enum { SOME = 3 };

/* So many customers are served by cx's member. */
static void
some_tickets(struct cx *cx, const char *role, struct ticket tickets[], int n)
{
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    test_member(cx, role);
    for (int i = 0; i < n; i++)
        tickets[i] = test_ticket_on(
            cx, &channel, str_cstr(cx->arena, str_fmt(cx->arena, "5549988410%03d", i)), "serving");
}

static struct json_ids
ids_of(struct cx *cx, const struct ticket tickets[], int n)
{
    int64_t *v = arena_array(cx->arena, int64_t, (size_t)n);

    for (int i = 0; i < n; i++)
        v[i] = tickets[i].id.v;
    return (struct json_ids){ v, (size_t)n };
}

static struct ticket
as_it_is(struct cx *cx, struct ticket ticket)
{
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    return ticket;
}

static int64_t
a_tag(struct cx *cx)
{
    struct tag tag = { .name = STR("boleto"), .color = STR("ok"), .description = STR("") };

    CHECK_OK(tags_add(cx, &tag));
    return tag.id.v;
}

TEST(named_tickets_are_closed_at_once_and_one_that_refuses_holds_up_none)
{
    struct cx *cx = test_cx();
    struct ticket tickets[SOME], closed;
    struct bulk_wish wish = { .act = STR("close") };
    struct close_reason_id done;
    struct bulk bulk;

    some_tickets(cx, "manager", tickets, SOME);
    done = test_reason(cx, "Done", "");
    wish.reason_id = done.v;
    CHECK_OK(tickets_close(cx, tickets[1].id, done, (struct str){ 0 }, &closed));
    CHECK_OK(bulk_start(cx, &wish, ids_of(cx, tickets, SOME), STR(""), &bulk));
    CHECK_STR(bulk.state, "done");
    CHECK_I64(bulk.done, 2);
    CHECK_I64(bulk.refused, 1);
    for (int i = 0; i < SOME; i++)
        CHECK_I64(as_it_is(cx, tickets[i]).state, TICKET_CLOSED);
    CHECK_I64(test_audit(cx, "bulk.started"), 1);
    CHECK_I64(test_audit(cx, "ticket.closed"), 3);
}

TEST(undoing_reverts_what_still_is_as_the_act_left_it_and_nothing_else)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("tag") };
    struct ticket tickets[SOME], by_hand;
    struct bulk bulk;

    some_tickets(cx, "manager", tickets, SOME);
    wish.tag_id = a_tag(cx);
    CHECK_OK(tags_on_ticket(cx, tickets[0].id, (struct tag_id){ wish.tag_id }, true, &by_hand));
    CHECK_OK(bulk_start(cx, &wish, ids_of(cx, tickets, SOME), STR(""), &bulk));
    CHECK_I64(bulk.done, SOME);
    CHECK_OK(tags_on_ticket(cx, tickets[2].id, (struct tag_id){ wish.tag_id }, false, &by_hand));
    CHECK_OK(bulk_undo(cx, bulk.id, &bulk));
    CHECK_STR(bulk.state, "undone");
    CHECK_I64(bulk.undone, 2);
    CHECK_I64(bulk.kept, 1);
    CHECK(as_it_is(cx, tickets[0]).tag_ids.len > 2); /* it carried it before */
    CHECK_I64((int64_t)as_it_is(cx, tickets[1]).tag_ids.len, 2);
    CHECK_FAIL(bulk_undo(cx, bulk.id, &bulk), ERR_CONFLICT, "bulk_undone");
}

TEST(what_was_closed_comes_back_to_whom_it_was_with)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("close") };
    struct ticket tickets[SOME];
    struct member_id holder;
    struct bulk bulk;

    some_tickets(cx, "agent", tickets, SOME);
    holder = cx->member;
    test_member(cx, "owner");
    wish.reason_id = test_reason(cx, "Done", "").v;
    CHECK_OK(bulk_start(cx, &wish, ids_of(cx, tickets, SOME), STR(""), &bulk));
    CHECK_OK(bulk_undo(cx, bulk.id, &bulk));
    for (int i = 0; i < SOME; i++) {
        CHECK_I64(as_it_is(cx, tickets[i]).state, TICKET_SERVING);
        CHECK_I64(as_it_is(cx, tickets[i]).assignee.v, holder.v);
    }
}

TEST(all_of_a_filter_are_gone_through_by_a_job_in_steps)
{
    enum { MANY = 45 };
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("tag") };
    struct ticket tickets[MANY];
    struct bulk bulk;
    int turns = 0;

    some_tickets(cx, "manager", tickets, MANY);
    wish.tag_id = a_tag(cx);
    CHECK_OK(bulk_start(cx, &wish, (struct json_ids){ 0 }, STR("tab=serving&assignee=me"), &bulk));
    CHECK_STR(bulk.state, "collecting");
    while (jobs_work_once(cx, QUEUE_CHORES) == 0 && ++turns < 10) {
    }
    CHECK_OK(bulk_get(cx, bulk.id, &bulk));
    CHECK_STR(bulk.state, "done");
    CHECK_I64(bulk.done, MANY);
    CHECK_I64(test_audit(cx, "ticket.tagged"), MANY);
}

TEST(who_lost_the_right_meanwhile_does_no_more)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("read") };
    struct ticket tickets[SOME];
    struct user_id manager;
    struct bulk bulk;

    some_tickets(cx, "manager", tickets, SOME);
    manager = cx->user;
    CHECK_OK(bulk_start(cx, &wish, (struct json_ids){ 0 }, STR("tab=serving"), &bulk));
    test_demote(cx, "agent");
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    test_act_as(cx, manager);
    CHECK_OK(bulk_get(cx, bulk.id, &bulk));
    CHECK_STR(bulk.state, "access_lost");
    CHECK_I64(bulk.done, 0);
}

TEST(what_is_cancelled_stops_before_the_next_step)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("read") };
    struct ticket tickets[SOME];
    struct bulk bulk;

    some_tickets(cx, "manager", tickets, SOME);
    CHECK_OK(bulk_start(cx, &wish, (struct json_ids){ 0 }, STR("tab=serving"), &bulk));
    CHECK_OK(bulk_cancel(cx, bulk.id, &bulk));
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    CHECK_OK(bulk_get(cx, bulk.id, &bulk));
    CHECK_STR(bulk.state, "cancelled");
    CHECK_FAIL(bulk_cancel(cx, bulk.id, &bulk), ERR_CONFLICT, "bulk_over");
}

TEST(an_act_in_bulk_needs_the_right_to_the_act_itself)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("tag"), .tag_id = 1 };
    struct ticket tickets[1];
    struct bulk bulk;

    some_tickets(cx, "finance", tickets, 0);
    CHECK_FAIL(bulk_start(cx, &wish, (struct json_ids){ 0 }, STR("tab=serving"), &bulk),
               ERR_FORBIDDEN, "permission_denied");
}

TEST(somebody_elses_act_does_not_exist)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("read") };
    struct ticket tickets[SOME];
    struct bulk bulk;

    some_tickets(cx, "manager", tickets, SOME);
    CHECK_OK(bulk_start(cx, &wish, ids_of(cx, tickets, SOME), STR(""), &bulk));
    test_member(cx, "manager");
    CHECK_FAIL(bulk_get(cx, bulk.id, &bulk), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(bulk_undo(cx, bulk.id, &bulk), ERR_NOT_FOUND, "not_found");
}

TEST(what_was_merged_since_is_not_opened_by_undoing_its_closing)
{
    struct cx *cx = test_cx();
    struct bulk_wish wish = { .act = STR("close") };
    struct ticket tickets[2];
    struct ticket_pair pair;
    struct bulk bulk;
    int64_t merge;

    some_tickets(cx, "manager", tickets, 2);
    wish.reason_id = test_reason(cx, "Done", "").v;
    CHECK_OK(contacts_merge(cx, tickets[0].contact, tickets[1].contact, &merge));
    CHECK_OK(bulk_start(cx, &wish, ids_of(cx, &tickets[1], 1), STR(""), &bulk));
    CHECK_I64(bulk.done, 1);
    CHECK_OK(tickets_merge(cx, tickets[1].id, tickets[0].id, &pair));
    CHECK_OK(bulk_undo(cx, bulk.id, &bulk));
    CHECK_I64(bulk.kept, 1);
    CHECK_I64(as_it_is(cx, tickets[1]).state, TICKET_CLOSED);
    CHECK_I64(as_it_is(cx, tickets[1]).merged_into.v, tickets[0].id.v);
}
