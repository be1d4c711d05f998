#include "domain/auth/auth.h"
#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#include "messages_schedule.sql.h"

#define HOUR_US (INT64_C(3600) * 1000000)

/* In an hour, by the member of the call. */
static int64_t
scheduled(struct cx *cx, struct ticket_id ticket, const char *key)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_scheduled_add, &row, P_ID(cx->account), P_ID(ticket), P_ID(cx->member),
                    P_STR(str_of(key)), P_STR(STR("Bom dia")), P_NULL, P_TIME(cx->now_us + HOUR_US),
                    P_TIME(cx->now_us)));
    return db_i64(&row, 0);
}

/* The job comes, as the worker would run it. */
static void
job_comes(struct cx *cx, int64_t id, const char *version)
{
    struct job job = { .subject_id = id, .arg = str_of(version), .attempt = 1 };
    const char *const *bound = cx->bound;
    const struct access *access = cx->access;
    struct member_id member = cx->member;
    struct job_outcome out = { 0 };

    cx->bound = access_everything;
    cx->access = NULL;
    cx->member.v = 0;
    CHECK_OK(message_scheduled_step(cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_DONE);
    cx->bound = bound;
    cx->access = access;
    cx->member = member;
}

static void
check_state(struct cx *cx, int64_t id, const char *state, const char *slug)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_scheduled_lock, &row, P_ID(cx->account), P_I64(id)));
    CHECK_STR(db_str(&row, 8), state);
    CHECK_STR(db_str(&row, 9), slug == NULL ? "" : slug);
}

TEST(what_is_scheduled_is_said_once_in_its_authors_name_and_leaves_the_draft_alone)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t id = scheduled(cx, ticket.id, "later-0001");

    test_advance(cx, HOUR_US);
    job_comes(cx, id, "1");
    job_comes(cx, id, "1");
    check_state(cx, id, "sent", NULL);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
    CHECK_I64(test_jobs(cx, "message.send"), 1);
    CHECK_I64(test_events(cx, "scheduled.changed"), 1);
}

TEST(a_job_of_an_older_version_does_nothing)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t id = scheduled(cx, ticket.id, "later-0001");

    CHECK_OK(db_exec(cx, &SQL_scheduled_save, NULL, P_ID(cx->account), P_I64(id),
                     P_STR(STR("Bom dia")), P_TIME(cx->now_us + 2 * HOUR_US), P_I64(2),
                     P_STR(STR("pending")), P_NULL));
    job_comes(cx, id, "1");
    check_state(cx, id, "pending", NULL);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 0);
    CHECK_OK(db_exec(cx, &SQL_scheduled_save, NULL, P_ID(cx->account), P_I64(id),
                     P_STR(STR("Bom dia")), P_TIME(cx->now_us), P_I64(3), P_STR(STR("cancelled")),
                     P_NULL));
    job_comes(cx, id, "3");
    CHECK_I64(test_messages(cx, ticket.id, "out"), 0);
}

TEST(what_cannot_be_said_any_more_fails_and_says_why)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct close_reason_id reason = test_reason(cx, "Done", "");
    int64_t late = scheduled(cx, ticket.id, "later-0001");
    int64_t after = scheduled(cx, ticket.id, "later-0002");
    int64_t stranger = scheduled(cx, ticket.id, "later-0003");
    struct member_id author = cx->member;

    /* somebody else took it */
    test_member(cx, "manager");
    test_join(cx, ticket.department);
    CHECK_OK(tickets_take(cx, ticket.id, &ticket));
    job_comes(cx, stranger, "1");
    check_state(cx, stranger, "failed", "not_holder");
    CHECK_OK(
        tickets_transfer(cx, ticket.id, &(struct ticket_transfer){ .assignee = author }, &ticket));

    /* the window closed over it */
    test_advance(cx, 48 * HOUR_US);
    job_comes(cx, late, "1");
    check_state(cx, late, ticket.window_ends_at_us == 0 ? "sent" : "failed",
                ticket.window_ends_at_us == 0 ? NULL : "window_closed");

    /* and then it was closed */
    CHECK_OK(tickets_close(cx, ticket.id, reason, STR(""), &ticket));
    job_comes(cx, after, "1");
    check_state(cx, after, "failed", "ticket_closed");
}

TEST(the_teams_emoji_stands_beside_the_customers)
{
    struct cx *cx = test_cx();
    struct str both =
        reactions_with(cx, STR("[{\"emoji\":\"👍\",\"by\":\"contact\"}]"), "member", STR("❤️"));

    CHECK_STR(both,
              "[{\"emoji\":\"👍\",\"by\":\"contact\"},{\"emoji\":\"❤️\",\"by\":\"member\"}]");
    CHECK_STR(reactions_with(cx, both, "contact", STR("")),
              "[{\"emoji\":\"❤️\",\"by\":\"member\"}]");
    CHECK_STR(reactions_with(cx, both, "member", STR("🎉")),
              "[{\"emoji\":\"👍\",\"by\":\"contact\"},{\"emoji\":\"🎉\",\"by\":\"member\"}]");
    CHECK_STR(reactions_with(cx, (struct str){ 0 }, "member", STR("")), "[]");
}

TEST(a_reaction_is_an_emoji_on_a_message_that_the_network_knows)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message;
    struct post post = { .client_key = STR("key-00000001"), .text = STR("Oi") };
    bool is_new;

    CHECK_OK(messages_post(cx, ticket.id, &post, &message, &is_new));
    CHECK_FAIL(messages_react(cx, ticket.id, message.seq, STR("ok"), &message), ERR_INVALID,
               "emoji_invalid");
    CHECK_FAIL(messages_react(cx, ticket.id, message.seq, STR("👍"), &message), ERR_CONFLICT,
               "reaction_unsupported");
    provider_ids_add(cx, ticket.channel, STR("wamid.9"), &message);
    CHECK_OK(messages_react(cx, ticket.id, message.seq, STR("👍"), &message));
    CHECK_OK(messages_react(cx, ticket.id, message.seq, STR("👍"), &message));
    CHECK_I64(test_jobs(cx, "message.react"), 1);
    CHECK_OK(messages_react(cx, ticket.id, message.seq, STR(""), &message));
    CHECK_STR(message.reactions, "[]");
    CHECK_I64(test_jobs(cx, "message.react"), 2);
}

TEST(who_reads_a_ticket_is_asked_as_they_would_be_shown_it)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct user_id mine = cx->user;
    struct member_id outsider = test_member(cx, "agent"), owner = test_member(cx, "owner");
    bool reads;

    test_act_as(cx, mine);
    CHECK_OK(tickets_reads(cx, ticket.id, owner, &reads));
    CHECK(reads);
    CHECK_OK(tickets_reads(cx, ticket.id, outsider, &reads));
    CHECK(!reads);
    CHECK_OK(tickets_invite(cx, ticket.id, outsider));
    CHECK_OK(tickets_reads(cx, ticket.id, outsider, &reads));
    CHECK(reads);
    CHECK_FAIL(tickets_reads(cx, ticket.id, (struct member_id){ 900000000 }, &reads), ERR_NOT_FOUND,
               "member_unknown");
}
