#include "domain/auth/access.h"
#include "domain/testing/fixtures.h"

static struct str
opened_today(struct cx *cx, struct ticket ticket)
{
    (void)cx;
    return (struct str){ ticket.protocol.p, 9 };
}

TEST(a_new_ticket_waits_in_its_channels_department_under_a_protocol_of_the_day)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "waiting");

    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_STR(ticket.controller, "queue");
    CHECK_STR(opened_today(cx, ticket), "20260304-");
    CHECK_I64(test_messages(cx, ticket.id, "system"), 1);
}

TEST(the_day_of_a_protocol_is_the_accounts_day)
{
    struct cx *cx = test_cx();

    test_advance(cx, INT64_C(11) * 3600 *
                         1000000); /* 02:00 UTC of the 5th, 23:00 of the 4th in São Paulo */
    CHECK_STR(opened_today(cx, test_ticket(cx, "waiting")), "20260304-");
}

TEST(one_customer_has_one_live_ticket_on_a_channel)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct contact_address address = { "phone", STR("5549988412076"), true };
    struct contact_found who;
    struct ticket ticket;
    struct str welcome;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR("Ana"), &who));
    CHECK_OK(tickets_open(cx, &channel, &who, &(struct first_said){ .words = STR("Oi") }, &ticket,
                          &welcome));
    CHECK_FAIL(tickets_open(cx, &channel, &who, &(struct first_said){ .words = STR("Oi") }, &ticket,
                            &welcome),
               ERR_CONFLICT, "one_live_ticket");
}

TEST(a_ticket_that_contradicts_itself_is_not_kept)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    ticket.assignee.v = 0;
    tickets_save(cx, &ticket, NULL);
    CHECK_FAIL(tickets_get(cx, ticket.id, &ticket), ERR_INVALID, "ticket_agrees");
}

TEST(taking_twice_takes_once)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "waiting");

    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    CHECK_I64(ticket.assignee.v, cx->member.v);
    CHECK_I64(test_audit(cx, "ticket.taken"), 1);
    CHECK_I64(test_messages(cx, ticket.id, "system"), 2);
}

TEST(what_a_colleague_serves_does_not_exist_for_an_agent_but_a_manager_takes_it)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    test_member(cx, "agent");
    test_join(cx, ticket.department);
    CHECK_FAIL(tickets_take(cx, ticket.id, &ticket), ERR_NOT_FOUND, "not_found");
    test_member(cx, "manager");
    test_join(cx, ticket.department);
    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    CHECK_I64(ticket.assignee.v, cx->member.v);
}

TEST(a_transfer_to_a_department_puts_the_ticket_back_in_a_queue)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct department_id finance = test_department(cx, "Finance");
    struct ticket_transfer to = { .department = finance, .note = STR("check the invoice") };

    CHECK_OK(tickets_transfer(cx, ticket.id, &to, &ticket));
    CHECK_I64(ticket.state, TICKET_WAITING);
    CHECK_I64(ticket.department.v, finance.v);
    CHECK_I64(ticket.assignee.v, 0);
    CHECK_I64(test_messages(cx, ticket.id, "note"), 1);
    /* every line of the thread is told, or screens would see a hole: opened, taken, note, transferred */
    CHECK_I64(test_events(cx, "message.created"), ticket.last_seq);
    CHECK_I64(test_jobs(cx, "message.send"), 0);
}

TEST(a_transfer_to_a_person_of_another_account_finds_nobody)
{
    struct cx *theirs = test_cx();
    struct member_id stranger = test_member(theirs, "agent");
    struct cx *ours = test_cx();
    struct ticket ticket = test_ticket(ours, "serving");
    struct ticket_transfer to = { .assignee = stranger };

    CHECK_FAIL(tickets_transfer(ours, ticket.id, &to, &ticket), ERR_NOT_FOUND, "member_unknown");
}

TEST(closing_needs_a_reason_says_goodbye_and_ends_once)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct close_reason_id reason = test_reason(
                               cx, "Done", "Até logo, {{contact.first_name}}! {{ticket.protocol}}"),
                           none = { reason.v + 1000 };

    CHECK_FAIL(tickets_close(cx, ticket.id, none, (struct str){ 0 }, &ticket), ERR_NOT_FOUND,
               "reason_unknown");
    CHECK_OK(tickets_close(cx, ticket.id, reason, (struct str){ 0 }, &ticket));
    CHECK_I64(ticket.state, TICKET_CLOSED);
    CHECK_I64(ticket.closed_at_us, cx->now_us);
    CHECK_I64(test_jobs(cx, "message.send"), 1);
    CHECK_FAIL(tickets_close(cx, ticket.id, reason, (struct str){ 0 }, &ticket), ERR_CONFLICT,
               "ticket_closed");
    CHECK_I64(test_audit(cx, "ticket.closed"), 1);
}

TEST(a_closing_message_that_came_too_late_does_not_keep_the_ticket_open)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    ticket.window_ends_at_us = cx->now_us;
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(
        tickets_close(cx, ticket.id, test_reason(cx, "Done", "bye"), (struct str){ 0 }, &ticket));
    CHECK_I64(ticket.state, TICKET_CLOSED);
    CHECK_I64(test_jobs(cx, "message.send"), 0);
}

TEST(reading_up_to_the_customers_last_word_clears_the_mark_although_we_spoke_since)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message in = { .direction = STR("in"),
                          .author_kind = STR("contact"),
                          .kind = STR("text"),
                          .text = STR("Oi"),
                          .state = STR("received") };
    bool was_unread;

    tickets_append(cx, &ticket, &in);
    tickets_append_system(cx, &ticket, STR("{\"event\":\"x\"}"));
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(tickets_read(cx, ticket.id, in.seq - 1, &was_unread));
    CHECK(!was_unread);
    CHECK_OK(tickets_read(cx, ticket.id, in.seq, &was_unread));
    CHECK(was_unread);
}

TEST(pages_of_a_thread_meet_without_gap_or_overlap)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message_page last, older, newer;

    for (int i = 0; i < 10; i++) {
        struct message m = { .direction = STR("note"),
                             .author_kind = STR("member"),
                             .author = cx->member,
                             .kind = STR("text"),
                             .text = STR("x"),
                             .state = STR("internal") };

        tickets_append(cx, &ticket, &m);
    }
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(tickets_messages(cx, ticket.id, 0, -1, 5, &last));
    CHECK_I64((int64_t)last.n, 5);
    CHECK(last.has_older && !last.has_newer);
    CHECK_I64(last.v[4].seq, ticket.last_seq);
    CHECK_OK(tickets_messages(cx, ticket.id, last.v[0].seq, -1, 100, &older));
    CHECK_I64(older.v[older.n - 1].seq, last.v[0].seq - 1);
    CHECK(!older.has_older);
    CHECK_OK(tickets_messages(cx, ticket.id, 0, older.v[0].seq, 3, &newer));
    CHECK_I64(newer.v[0].seq, older.v[0].seq + 1);
    CHECK(newer.has_newer);
}

TEST(a_worker_locks_what_members_do_not_see_and_nothing_of_another_account)
{
    struct cx *theirs = test_cx();
    struct ticket foreign = test_ticket(theirs, "waiting"), ticket, *free;
    struct cx *ours = test_cx();
    struct ticket mine = test_ticket(ours, "serving");
    int64_t both[] = { foreign.id.v, mine.id.v };
    size_t n;

    test_member(ours, "agent");
    CHECK_FAIL(tickets_lock(ours, mine.id, &ticket), ERR_NOT_FOUND, "not_found");
    ours->bound = access_everything;
    CHECK_OK(tickets_lock(ours, mine.id, &ticket));
    CHECK_I64(ticket.id.v, mine.id.v);
    CHECK_FAIL(tickets_lock(ours, foreign.id, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_OK(tickets_lock_free(ours, both, 2, &free, &n));
    CHECK_I64((int64_t)n, 1);
    CHECK_I64(free[0].id.v, mine.id.v);
}

TEST(another_accounts_ticket_does_not_exist)
{
    struct cx *theirs = test_cx();
    struct ticket foreign = test_ticket(theirs, "waiting"), ticket;
    struct cx *ours = test_cx();
    struct message_page page;

    test_member(ours, "owner");
    CHECK_FAIL(tickets_get(ours, foreign.id, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(tickets_take(ours, foreign.id, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_OK(tickets_messages(ours, foreign.id, 0, -1, 10, &page));
    CHECK_I64((int64_t)page.n, 0);
}
