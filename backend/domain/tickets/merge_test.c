#include "base/clock.h"
#include "domain/contacts/merge.h"
#include "domain/testing/fixtures.h"

struct two {
    struct channel channel;
    struct ticket here, other;
};

static struct ticket
as_it_is(struct cx *cx, struct ticket ticket)
{
    CHECK_OK(tickets_get(cx, ticket.id, &ticket));
    return ticket;
}

/* One person with two phones, who wrote from both: one ticket is the manager's, the other is in this state. */
static struct two
two_of_one(struct cx *cx, const char *state)
{
    struct two two;
    int64_t merge;

    test_member(cx, "manager");
    two.channel = test_channel(cx, "whatsapp_cloud");
    two.here = test_ticket_on(cx, &two.channel, "5549988412076", "serving");
    two.other = test_ticket_on(cx, &two.channel, "5549988770011", state);
    CHECK_OK(contacts_merge(cx, two.here.contact, two.other.contact, &merge));
    two.here = as_it_is(cx, two.here);
    two.other = as_it_is(cx, two.other);
    return two;
}

static void
customer_writes(struct cx *cx, struct ticket *ticket)
{
    struct message in = { .direction = STR("in"),
                          .author_kind = STR("contact"),
                          .kind = STR("text"),
                          .text = STR("Ainda sem sinal"),
                          .state = STR("received") };

    tickets_append(cx, ticket, &in);
    tickets_save(cx, ticket, &in);
}

static struct str
ids(struct cx *cx, struct ticket_id id)
{
    return str_fmt(cx->arena, "{%lld}", (long long)id.v);
}

TEST(the_one_that_ends_is_a_chapter_of_the_one_that_goes_on)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct ticket_pair pair;
    struct db_rows rows;

    customer_writes(cx, &two.other);
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    two.other = as_it_is(cx, two.other);
    two.here = as_it_is(cx, two.here);
    CHECK_I64(two.other.state, TICKET_CLOSED);
    CHECK_I64(two.other.merged_into.v, two.here.id.v);
    CHECK_I64(two.other.closed_by.v, cx->member.v);
    CHECK_I64(two.here.state, TICKET_SERVING);
    CHECK(str_eq(two.here.merged_ids, ids(cx, two.other.id)));
    CHECK(str_eq(pair.target.merged_ids, two.here.merged_ids));
    CHECK_I64(two.here.unread_count, 1); /* nobody has read it yet */
    CHECK_OK(tickets_chapters(cx, two.here.id, &rows));
    CHECK_I64(rows.count, 1);
    CHECK_I64(tickets_at(&rows, 0).id.v, two.other.id.v);
    CHECK_I64(test_audit(cx, "ticket.merged"), 1);
    CHECK_I64(test_audit(cx, "ticket.joined"), 1);
    CHECK_I64(test_audit(cx, "ticket.closed"), 1);
}

TEST(the_customer_is_told_nothing_when_two_become_one)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "serving");
    struct ticket_pair pair;

    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK_I64(test_messages(cx, two.other.id, "out"), 0);
    CHECK_I64(test_messages(cx, two.here.id, "out"), 0);
    CHECK_I64(test_jobs(cx, "message.send"), 0);
}

TEST(asked_twice_it_is_merged_once_and_undone_once)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct ticket_pair pair;
    struct ticket live;

    CHECK_FAIL(tickets_unmerge(cx, two.other.id, &live, &pair), ERR_CONFLICT, "not_merged");
    for (int i = 0; i < 2; i++)
        CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK(str_eq(as_it_is(cx, two.here).merged_ids, ids(cx, two.other.id)));
    CHECK_I64(test_audit(cx, "ticket.merged"), 1);
    CHECK_I64(test_audit(cx, "ticket.joined"), 1);
    for (int i = 0; i < 2; i++)
        CHECK_OK(tickets_unmerge(cx, two.other.id, &live, &pair));
    CHECK_I64(pair.target.id.v, two.here.id.v);
    CHECK_I64(test_audit(cx, "ticket.unmerged"), 1);
    CHECK_I64(test_audit(cx, "ticket.parted"), 1);
    CHECK(str_eq(as_it_is(cx, two.here).merged_ids, STR("{}")));
}

TEST(undone_it_has_its_place_in_the_queue_again)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct ticket_pair pair;
    struct ticket live, back;

    customer_writes(cx, &two.other);
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    test_advance(cx, US_PER_HOUR);
    CHECK_OK(tickets_unmerge(cx, two.other.id, &live, &pair));
    back = as_it_is(cx, two.other);
    CHECK_I64(back.state, TICKET_WAITING);
    CHECK_STR(back.controller, "queue");
    CHECK_I64(back.queued_at_us, two.other.queued_at_us);
    CHECK_I64(back.department.v, two.other.department.v);
    CHECK_I64(back.assignee.v, 0);
    CHECK_I64(back.unread_count, 1);
    CHECK_I64(back.closed_at_us, 0);
    CHECK_I64(back.closed_by.v, 0);
    CHECK_I64(back.merged_into.v, 0);
}

TEST(undone_it_is_in_the_same_hands_and_asleep_as_before)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "serving");
    int64_t until_us = cx->now_us + US_PER_DAY;
    struct ticket_pair pair;
    struct ticket live, back;

    CHECK_OK(tickets_snooze(cx, two.other.id, until_us, &two.other));
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK_I64(as_it_is(cx, two.other).snoozed_until_us, 0);
    test_advance(cx, US_PER_HOUR);
    CHECK_OK(tickets_unmerge(cx, two.other.id, &live, &pair));
    back = as_it_is(cx, two.other);
    CHECK_I64(back.state, TICKET_SERVING);
    CHECK_I64(back.assignee.v, two.other.assignee.v);
    CHECK_I64(back.assigned_at_us, two.other.assigned_at_us);
    CHECK_I64(back.snoozed_until_us, until_us);
}

TEST(hands_that_no_longer_serve_get_nothing_back)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "serving");
    struct ticket_pair pair;
    struct ticket live, back;

    test_member(cx, "owner");
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    test_leave(cx, two.other.assignee);
    test_advance(cx, US_PER_HOUR);
    CHECK_OK(tickets_unmerge(cx, two.other.id, &live, &pair));
    back = as_it_is(cx, two.other);
    CHECK_I64(back.state, TICKET_WAITING);
    CHECK_I64(back.assignee.v, 0);
    CHECK_I64(back.queued_at_us, cx->now_us);
}

TEST(what_had_ended_before_is_only_unlinked)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "closed");
    struct ticket_pair pair;
    struct ticket live, back;

    test_advance(cx, US_PER_HOUR);
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK_I64(as_it_is(cx, two.other).last_activity_at_us, two.other.last_activity_at_us);
    CHECK_OK(tickets_unmerge(cx, two.other.id, &live, &pair));
    back = as_it_is(cx, two.other);
    CHECK_I64(back.state, TICKET_CLOSED);
    CHECK_I64(back.closed_at_us, two.other.closed_at_us);
    CHECK_I64(back.reason_id, two.other.reason_id);
    CHECK_I64(back.merged_into.v, 0);
}

TEST(a_new_live_ticket_of_the_same_customer_is_in_the_way_of_undoing)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct ticket_pair pair;
    struct ticket live, fresh;

    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK_OK(
        tickets_close(cx, two.here.id, test_reason(cx, "Done", ""), (struct str){ 0 }, &two.here));
    fresh = test_ticket_on(cx, &two.channel, "5549988770011", "waiting");
    CHECK_FAIL(tickets_unmerge(cx, two.other.id, &live, &pair), ERR_CONFLICT, "one_live_ticket");
    CHECK_I64(live.id.v, fresh.id.v);
    CHECK_I64(as_it_is(cx, two.other).merged_into.v, two.here.id.v);
}

TEST(a_story_has_one_level)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct ticket third = test_ticket_on(cx, &two.channel, "5549988770022", "waiting");
    struct ticket_pair pair;
    int64_t merge;

    CHECK_OK(contacts_merge(cx, two.here.contact, third.contact, &merge));
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK_FAIL(tickets_merge(cx, two.here.id, third.id, &pair), ERR_CONFLICT,
               "ticket_has_chapters");
    CHECK_FAIL(tickets_merge(cx, two.other.id, third.id, &pair), ERR_CONFLICT, "ticket_merged");
    CHECK_FAIL(tickets_merge(cx, third.id, two.other.id, &pair), ERR_CONFLICT, "ticket_merged");
    CHECK_OK(tickets_merge(cx, third.id, two.here.id, &pair));
    CHECK(
        str_eq(pair.target.merged_ids, str_fmt(cx->arena, "{%lld,%lld}", (long long)two.other.id.v,
                                               (long long)third.id.v)));
}

TEST(only_one_person_on_one_channel_is_one_story)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct channel elsewhere = test_channel(cx, "webchat");
    struct ticket stranger = test_ticket_on(cx, &two.channel, "5549988770033", "waiting"),
                  away = test_ticket_on(cx, &elsewhere, "5549988412076", "waiting");
    struct ticket_pair pair;

    CHECK_FAIL(tickets_merge(cx, stranger.id, two.here.id, &pair), ERR_CONFLICT, "contact_differs");
    CHECK_FAIL(tickets_merge(cx, away.id, two.here.id, &pair), ERR_CONFLICT, "channel_differs");
    CHECK_FAIL(tickets_merge(cx, two.here.id, two.here.id, &pair), ERR_INVALID, "ticket_is_itself");
    CHECK_OK(
        tickets_close(cx, two.here.id, test_reason(cx, "Done", ""), (struct str){ 0 }, &two.here));
    CHECK_FAIL(tickets_merge(cx, two.other.id, two.here.id, &pair), ERR_CONFLICT, "ticket_closed");
}

/* Of somebody who writes from this browser. */
static struct ticket
ticket_of_browser(struct cx *cx, const struct channel *channel, const char *key)
{
    struct contact_address address = { "visitor", str_of(key), false };
    struct contact_found who;
    struct ticket ticket;
    struct str welcome;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR("Marina Duarte"), &who));
    CHECK_OK(tickets_open(cx, channel, &who, &(struct first_said){ .words = STR("Oi") }, &ticket,
                          &welcome));
    tickets_save(cx, &ticket, NULL);
    return ticket;
}

TEST(a_browser_is_answered_in_that_browser)
{
    struct cx *cx = test_cx();
    struct ticket one, two;
    struct ticket_pair pair;
    struct channel channel;
    int64_t merge;

    test_member(cx, "owner");
    channel = test_channel(cx, "webchat");
    one = ticket_of_browser(cx, &channel, "navegador-um");
    two = ticket_of_browser(cx, &channel, "navegador-dois");
    CHECK_OK(contacts_merge(cx, one.contact, two.contact, &merge));
    CHECK_FAIL(tickets_merge(cx, two.id, one.id, &pair), ERR_CONFLICT, "visitor_differs");
    CHECK_OK(tickets_close(cx, two.id, test_reason(cx, "Done", ""), STR(""), &two));
    CHECK_FAIL(tickets_merge(cx, two.id, one.id, &pair), ERR_CONFLICT, "visitor_differs");
    CHECK_OK(tickets_close(cx, one.id, test_reason(cx, "Over", ""), STR(""), &one));
    two = ticket_of_browser(cx, &channel, "navegador-um");
    CHECK_OK(tickets_merge(cx, one.id, two.id, &pair)); /* the same browser, an earlier time */
}

static void
make_confidential(struct cx *cx, struct ticket_id id)
{
    static const struct db_stmt stmt = {
        .name = "test_merge_confidential",
        .shape = DB_EXEC,
        .params = 2,
        .text = "UPDATE tickets SET is_confidential = true WHERE account_id = $1::bigint AND id = "
                "$2::bigint",
    };

    CHECK_OK(db_exec(cx, &stmt, NULL, P_ID(cx->account), P_ID(id)));
}

TEST(what_few_may_read_is_not_let_out_as_a_chapter)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "closed");
    struct ticket_pair pair;

    make_confidential(cx, two.other.id);
    CHECK_FAIL(tickets_merge(cx, two.other.id, two.here.id, &pair), ERR_CONFLICT,
               "ticket_confidential");
    make_confidential(cx, two.here.id);
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
}

TEST(a_chapter_is_read_by_whoever_sees_the_whole_and_by_nobody_else)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "waiting");
    struct user_id manager = cx->user, agent;
    struct member_id reader;
    struct ticket_pair pair;
    struct message_page page;
    struct ticket seen;
    struct db_rows rows;

    customer_writes(cx, &two.other);
    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    reader = test_member(cx, "agent"); /* of another department */
    agent = cx->user;
    CHECK_OK(tickets_chapter_messages(cx, two.here.id, two.other.id, 0, -1, 50, &page));
    CHECK_I64((int64_t)page.n, 0);
    CHECK_OK(tickets_chapters(cx, two.here.id, &rows));
    CHECK_I64(rows.count, 0);

    test_act_as(cx, manager);
    CHECK_OK(tickets_invite(cx, two.here.id, reader));
    test_act_as(cx, agent);
    CHECK_OK(tickets_chapter_messages(cx, two.here.id, two.other.id, 0, -1, 50, &page));
    CHECK(page.n > 0);
    CHECK_I64(page.v[0].ticket.v, two.other.id.v);
    CHECK_OK(tickets_chapters(cx, two.here.id, &rows));
    CHECK_I64(rows.count, 1);
    CHECK_FAIL(tickets_get(cx, two.other.id, &seen), ERR_NOT_FOUND, "not_found");
    /* Not by naming another whole, nor the other way round. */
    CHECK_OK(tickets_chapter_messages(cx, two.other.id, two.here.id, 0, -1, 50, &page));
    CHECK_I64((int64_t)page.n, 0);
    CHECK_FAIL(tickets_merge(cx, two.other.id, two.here.id, &pair), ERR_NOT_FOUND, "not_found");
}

TEST(a_chapter_is_opened_again_by_taking_it_apart_and_by_nothing_else)
{
    struct cx *cx = test_cx();
    struct two two = two_of_one(cx, "serving");
    struct ticket_pair pair;
    struct ticket live, ticket;

    CHECK_OK(tickets_merge(cx, two.other.id, two.here.id, &pair));
    CHECK_FAIL(tickets_reopen(cx, two.other.id, &live, &ticket), ERR_CONFLICT, "ticket_merged");
    CHECK_FAIL(tickets_take(cx, two.other.id, &ticket), ERR_CONFLICT, "ticket_closed");
    CHECK_I64(as_it_is(cx, two.other).state, TICKET_CLOSED);
}

TEST(another_accounts_tickets_are_merged_by_nobody)
{
    struct cx *theirs = test_cx();
    struct ticket foreign = test_ticket(theirs, "waiting"), live;
    struct cx *ours = test_cx();
    struct ticket_pair pair;
    struct ticket own;

    test_member(ours, "owner");
    own = test_ticket(ours, "serving");
    CHECK_FAIL(tickets_merge(ours, foreign.id, own.id, &pair), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(tickets_merge(ours, own.id, foreign.id, &pair), ERR_NOT_FOUND, "ticket_unknown");
    CHECK_FAIL(tickets_unmerge(ours, foreign.id, &live, &pair), ERR_NOT_FOUND, "not_found");
}
