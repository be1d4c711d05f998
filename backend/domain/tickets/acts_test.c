#include "base/clock.h"
#include "domain/testing/fixtures.h"

static void
customer_writes(struct cx *cx, struct ticket *ticket)
{
    struct message in = { .direction = STR("in"),
                          .author_kind = STR("contact"),
                          .kind = STR("text"),
                          .text = STR("Oi"),
                          .state = STR("received") };

    tickets_append(cx, ticket, &in);
    tickets_save(cx, ticket, &in);
}

static struct ticket
as_it_is(struct cx *cx, struct ticket ticket)
{
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    return ticket;
}

TEST(a_snoozed_ticket_comes_back_at_its_time_marked_and_unread)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t until = cx->now_us + US_PER_HOUR;

    CHECK_OK(tickets_snooze(cx, ticket.id, until, &ticket));
    CHECK_I64(as_it_is(cx, ticket).snoozed_until_us, until);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 0);
    test_advance(cx, US_PER_HOUR);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    ticket = as_it_is(cx, ticket);
    CHECK_I64(ticket.snoozed_until_us, 0);
    CHECK_I64(ticket.woken_at_us, cx->now_us);
    CHECK_I64(ticket.last_activity_at_us, cx->now_us);
    CHECK(ticket.unread_count > 0);
    CHECK_I64(test_audit(cx, "ticket.woken"), 1);
}

TEST(a_timer_lets_a_ticket_be_that_moved_on)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t later = cx->now_us + 2 * US_PER_HOUR;

    CHECK_OK(tickets_snooze(cx, ticket.id, cx->now_us + US_PER_HOUR, &ticket));
    CHECK_OK(tickets_snooze(cx, ticket.id, later, &ticket));
    test_advance(cx, US_PER_HOUR);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    CHECK_I64(as_it_is(cx, ticket).snoozed_until_us, later);
    CHECK_I64(test_audit(cx, "ticket.woken"), 0);
}

TEST(a_customers_word_wakes_a_ticket_at_once)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    CHECK_OK(tickets_snooze(cx, ticket.id, cx->now_us + US_PER_HOUR, &ticket));
    customer_writes(cx, &ticket);
    ticket = as_it_is(cx, ticket);
    CHECK_I64(ticket.snoozed_until_us, 0);
    CHECK_I64(ticket.woken_at_us, cx->now_us);
    test_advance(cx, US_PER_HOUR);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    CHECK_I64(test_audit(cx, "ticket.woken"), 0);
}

TEST(nobody_snoozes_into_the_past_or_what_is_closed)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "closed");

    CHECK_FAIL(tickets_snooze(cx, ticket.id, cx->now_us, &ticket), ERR_INVALID, "until_past");
    CHECK_FAIL(tickets_snooze(cx, ticket.id, cx->now_us + 400 * US_PER_DAY, &ticket), ERR_INVALID,
               "until_far");
    CHECK_FAIL(tickets_snooze(cx, ticket.id, cx->now_us + US_PER_HOUR, &ticket), ERR_CONFLICT,
               "ticket_closed");
}

TEST(a_closed_ticket_opens_again_in_the_hands_of_who_asks)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "closed"), live;

    CHECK_OK(tickets_reopen(cx, ticket.id, &live, &ticket));
    ticket = as_it_is(cx, ticket);
    CHECK_I64(ticket.state, TICKET_SERVING);
    CHECK_I64(ticket.assignee.v, cx->member.v);
    CHECK_I64(ticket.closed_at_us, 0);
    CHECK_I64(test_audit(cx, "ticket.reopened"), 1);
    CHECK_FAIL(tickets_reopen(cx, ticket.id, &live, &ticket), ERR_CONFLICT, "not_closed");
}

TEST(a_customer_who_is_served_already_is_not_served_twice)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket old, now, live;

    test_member(cx, "agent");
    old = test_ticket_on(cx, &channel, "5549988412076", "closed");
    now = test_ticket_on(cx, &channel, "5549988412076", "waiting");
    CHECK_FAIL(tickets_reopen(cx, old.id, &live, &old), ERR_CONFLICT, "one_live_ticket");
    CHECK_I64(live.id.v, now.id.v);
    CHECK(str_eq(live.protocol, now.protocol));
}

TEST(what_was_taken_over_is_given_back_to_whom_it_was_taken_from)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct member_id former = cx->member;

    test_member(cx, "owner");
    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    CHECK_I64(ticket.taken_from.v, former.v);
    CHECK_OK(tickets_hand_back(cx, ticket.id, &ticket));
    ticket = as_it_is(cx, ticket);
    CHECK_I64(ticket.assignee.v, former.v);
    CHECK_I64(ticket.taken_from.v, 0);
    CHECK_FAIL(tickets_hand_back(cx, ticket.id, &ticket), ERR_CONFLICT, "not_holder");
}

TEST(what_came_from_the_queue_is_given_back_to_it)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "waiting");

    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    CHECK_OK(tickets_hand_back(cx, ticket.id, &ticket));
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_I64(ticket.assignee.v, 0);
}

TEST(a_ticket_is_classified_by_what_is_on_the_lists)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t reason = test_reason(cx, "Done", "").v;

    CHECK_OK(tickets_classify(cx, ticket.id, -1, reason, &ticket));
    CHECK_OK(tickets_classify(cx, ticket.id, -1, reason, &ticket));
    CHECK_I64(as_it_is(cx, ticket).reason_id, reason);
    CHECK_I64(test_audit(cx, "ticket.classified"), 1);
    CHECK_FAIL(tickets_classify(cx, ticket.id, 9999999, -1, &ticket), ERR_NOT_FOUND,
               "type_unknown");
    CHECK_FAIL(tickets_classify(cx, ticket.id, -1, 9999999, &ticket), ERR_NOT_FOUND,
               "reason_unknown");
    CHECK_OK(tickets_classify(cx, ticket.id, -1, 0, &ticket));
    CHECK_I64(as_it_is(cx, ticket).reason_id, 0);
}

TEST(an_unread_mark_stays_until_somebody_reads)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    bool was_unread;

    CHECK_OK(tickets_read(cx, ticket.id, ticket.last_seq, &was_unread));
    CHECK_OK(tickets_unread(cx, ticket.id, &ticket));
    CHECK_I64(as_it_is(cx, ticket).unread_count, 1);
    CHECK_OK(tickets_read(cx, ticket.id, ticket.last_seq, &was_unread));
    CHECK(was_unread);
}

TEST(peeking_leaves_a_trace_and_no_mark)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    customer_writes(cx, &ticket);
    CHECK_OK(tickets_peek(cx, ticket.id, &ticket));
    CHECK(as_it_is(cx, ticket).unread_count > 0);
    CHECK_I64(test_audit(cx, "ticket.peeked"), 1);
}

TEST(a_transcript_leaves_a_row_and_changes_nothing)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving"), exported;

    CHECK_OK(tickets_transcript(cx, ticket.id, false, &exported));
    CHECK_I64(exported.last_seq, ticket.last_seq);
    CHECK_I64(test_audit(cx, "ticket.exported"), 1);
}

TEST(a_transfer_is_told_to_whom_it_concerns)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department_id nobodys = test_department(cx, "Vendas");

    CHECK_OK(tickets_transfer(cx, ticket.id, &(struct ticket_transfer){ .assignee = cx->member },
                              &ticket));
    CHECK_I64(test_events(cx, "ticket.transferred"), 0); /* one's own doing is no news */
    CHECK_OK(tickets_transfer(cx, ticket.id, &(struct ticket_transfer){ .department = nobodys },
                              &ticket));
    CHECK_I64(test_events(cx, "ticket.transferred"), 0);
}

TEST(another_accounts_ticket_is_acted_on_by_nobody)
{
    struct cx *theirs = test_cx();
    struct ticket foreign = test_ticket(theirs, "closed"), ticket, live;
    struct cx *ours = test_cx();

    test_member(ours, "owner");
    CHECK_FAIL(tickets_reopen(ours, foreign.id, &live, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(tickets_peek(ours, foreign.id, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(tickets_snooze(ours, foreign.id, 0, &ticket), ERR_NOT_FOUND, "not_found");
}
