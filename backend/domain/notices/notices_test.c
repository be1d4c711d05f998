#include "notices_private.h"

#include "base/clock.h"
#include "domain/testing/fixtures.h"

#define ENDPOINT "https://push.example/wpush/v2/gAAA"

/* "kind:member", as test_noticed says it. */
static struct str
line(const char *kind, struct member_id member)
{
    return str_fmt(test_arena(), "%s:%lld", kind, (long long)member.v);
}

/* An agent of the ticket's department; cx acts as them. */
static struct member_id
colleague(struct cx *cx, const struct channel *channel, const char *builtin)
{
    struct member_id member = test_member(cx, builtin);

    test_join(cx, channel->department);
    return member;
}

TEST(who_takes_a_ticket_knows_it_and_who_is_given_one_is_told)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct member_id bia = colleague(cx, &channel, "agent");
    struct member_id gil = colleague(cx, &channel, "manager");
    struct ticket ticket = test_ticket_on(cx, &channel, "5549988412076", "serving");
    struct str before;

    CHECK(str_has(test_noticed(cx), line("queue", bia)) &&
          str_has(test_noticed(cx), line("queue", gil)));
    CHECK(!str_has(test_noticed(cx), STR("assigned")));
    before = test_noticed(cx);
    test_advance(cx, US_PER_S);
    CHECK_OK(
        tickets_transfer(cx, ticket.id, &(struct ticket_transfer){ .assignee = bia }, &ticket));
    /* One act, whatever it writes of itself. */
    CHECK(str_eq(test_noticed(cx), str_fmt(test_arena(), "%.*s %.*s", STR_ARG(before),
                                           STR_ARG(line("assigned", bia)))));
}

TEST(a_mention_tells_whom_it_names_but_never_its_author)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct member_id bia = colleague(cx, &channel, "agent");
    struct member_id gil = colleague(cx, &channel, "manager");
    struct ticket ticket = test_ticket_on(cx, &channel, "5549988412076", "serving");
    int64_t both[] = { bia.v, gil.v };
    struct message out;
    bool is_new;

    CHECK_OK(messages_post(cx, ticket.id,
                           &(struct post){ .client_key = STR("key-of-the-whisper"),
                                           .text = STR("olhem isto"),
                                           .is_whisper = true,
                                           .mentions = { both, 2 } },
                           &out, &is_new));
    CHECK(str_ends(test_noticed(cx), line("mention", bia)));
    CHECK(!str_has(test_noticed(cx), line("mention", gil)));
}

/* A subscription of cx's member. */
static int64_t
subscribed(struct cx *cx, const char *endpoint)
{
    int64_t id;
    bool is_new;

    CHECK_OK(notices_subscribe(cx, str_of(endpoint), STR("Mozilla/5.0"), &id, &is_new));
    return id;
}

static int64_t
judged(struct cx *cx, int64_t notice)
{
    struct job job = { .subject_id = notice, .account = cx->account };
    struct job_outcome out = { 0 };
    int64_t before = test_jobs(cx, "notice.push");

    CHECK_OK(notice_judge_step(cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_DONE);
    return test_jobs(cx, "notice.push") - before;
}

static struct job_outcome
pushed(struct cx *cx, int64_t notice, int64_t subscription, const struct httpc_answer *answer)
{
    struct job job = { .subject_id = notice,
                       .account = cx->account,
                       .kind = jobs_kind(STR("notice.push")),
                       .attempt = 1,
                       .arg = str_fmt(test_arena(), "%lld", (long long)subscription) };
    struct job_outcome out = { 0 };

    CHECK_OK(notice_push_step(cx, &job, answer, &out));
    return out;
}

TEST(a_notice_goes_to_each_browser_of_its_member_and_to_nobody_elses)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct member_id ana = cx->member;
    int64_t notice = test_notice(cx, ana, "reply", ticket.id);

    CHECK_I64(judged(cx, notice), 0);
    subscribed(cx, ENDPOINT "1");
    subscribed(cx, ENDPOINT "2");
    test_member(cx, "agent");
    subscribed(cx, ENDPOINT "3");
    CHECK_I64(judged(cx, notice), 2);
}

TEST(whoever_does_not_see_the_ticket_is_not_told_when_queued_nor_when_sent)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;
    struct member_id bia = colleague(cx, &channel, "agent");
    int64_t subscription = subscribed(cx, ENDPOINT), stranger, notice;
    struct member_id other;

    other = test_member(cx, "agent"); /* of no department */
    stranger = subscribed(cx, ENDPOINT "2");
    colleague(cx, &channel, "manager");
    ticket = test_ticket_on(cx, &channel, "5549988412076", "waiting");

    CHECK_I64(judged(cx, test_notice(cx, other, "mention", ticket.id)), 0);
    CHECK_I64(pushed(cx, test_notice(cx, other, "mention", ticket.id), stranger, NULL).verdict,
              JOB_DONE);

    notice = test_notice(cx, bia, "queue", ticket.id);
    CHECK_I64(judged(cx, notice), 0); /* not wanted: off by default */
    notice = test_notice(cx, bia, "mention", ticket.id);
    CHECK_I64(judged(cx, notice), 1);
    CHECK_OK(tickets_take(cx, ticket.id, &ticket)); /* the manager's now, out of bia's sight */
    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_DONE);
}

TEST(one_notice_is_never_called_out_twice_to_one_browser)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t subscription = subscribed(cx, ENDPOINT);
    int64_t notice = test_notice(cx, cx->member, "reply", ticket.id);

    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_CALL);
    /* The worker died with the call under way, or the answer was lost: it may have arrived. */
    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_DONE);
    CHECK_I64(pushed(cx, notice, subscription,
                     &(struct httpc_answer){ .failed = FAIL(ERR_UNAVAILABLE, "timeout"),
                                             .maybe_sent = true })
                  .verdict,
              JOB_DONE);
    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_DONE);
}

TEST(a_service_that_asks_for_patience_is_asked_again_when_it_said)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t subscription = subscribed(cx, ENDPOINT);
    int64_t notice = test_notice(cx, cx->member, "reply", ticket.id);
    struct job_outcome out;

    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_CALL);
    out = pushed(cx, notice, subscription,
                 &(struct httpc_answer){ .status = 429, .retry_after_s = 30 });
    CHECK_I64(out.verdict, JOB_AGAIN);
    CHECK_I64(out.at_us, cx->now_us + 30 * US_PER_S);
    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_CALL);
    CHECK_I64(pushed(cx, notice, subscription, &(struct httpc_answer){ .status = 201 }).verdict,
              JOB_DONE);
    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_DONE);
}

TEST(a_browser_that_listens_no_longer_is_forgotten)
{
    const int gone[] = { 404, 410 };

    for (int i = 0; i < 2; i++) {
        struct cx *cx = test_cx();
        struct ticket ticket = test_ticket(cx, "serving");
        int64_t subscription = subscribed(cx, ENDPOINT);
        int64_t notice = test_notice(cx, cx->member, "reply", ticket.id);

        CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_CALL);
        CHECK_I64(
            pushed(cx, notice, subscription, &(struct httpc_answer){ .status = gone[i] }).verdict,
            JOB_DONE);
        CHECK_FAIL(notices_unsubscribe(cx, subscription), ERR_NOT_FOUND, "not_found");
    }
}

TEST(a_push_carries_nothing_and_says_how_long_it_is_worth_something)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    int64_t subscription = subscribed(cx, ENDPOINT);
    int64_t notice = test_notice(cx, cx->member, "reply", ticket.id);
    struct job_outcome out;

    test_advance(cx, 600 * US_PER_S);
    out = pushed(cx, notice, subscription, NULL);
    CHECK_I64((int64_t)out.call.body.len, 0);
    CHECK_STR(out.call.headers[1].value, "3000"); /* an hour, of which ten minutes are over */
    CHECK_STR(out.call.headers[2].value, "high");
    CHECK_I64((int64_t)out.call.headers[3].value.len, 32);

    test_advance(cx, US_PER_HOUR);
    notice = test_notice(cx, cx->member, "reply", ticket.id);
    test_advance(cx, US_PER_HOUR);
    CHECK_I64(pushed(cx, notice, subscription, NULL).verdict, JOB_DONE);
}

static struct notice_choices
wishes(int64_t from_min, int64_t until_min)
{
    static const struct str reply[] = { { "reply", 5 } };

    return (struct notice_choices){ .push = { reply, 1 },
                                    .tune = STR("bell"),
                                    .volume = 40,
                                    .has_quiet = from_min >= 0,
                                    .quiet_from_min = from_min,
                                    .quiet_until_min = until_min };
}

TEST(the_quiet_time_is_of_the_accounts_day_and_may_pass_midnight)
{
    /* It is noon in São Paulo. */
    const struct {
        int64_t from_min, until_min, told;
    } cases[] = { { -1, -1, 1 },    { 720, 721, 0 }, { 700, 720, 1 }, { 721, 800, 1 },
                  { 1320, 420, 1 }, { 719, 718, 0 }, { 800, 721, 0 }, { 720, 720, 1 } };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct cx *cx = test_cx();
        struct ticket ticket = test_ticket(cx, "serving");
        struct notice_choices choices = wishes(cases[i].from_min, cases[i].until_min);

        subscribed(cx, ENDPOINT);
        CHECK_OK(notices_choose(cx, &choices));
        CHECK_I64(judged(cx, test_notice(cx, cx->member, "reply", ticket.id)), cases[i].told);
        CHECK_I64(judged(cx, test_notice(cx, cx->member, "mention", ticket.id)), 0);
        CHECK_I64(judged(cx, test_notice(cx, cx->member, "test", (struct ticket_id){ 0 })), 1);
    }
}

TEST(what_there_is_not_cannot_be_chosen)
{
    static const struct str unknown[] = { { "weather", 7 } };
    struct cx *cx = test_cx();
    struct notice_choices choices;

    test_member(cx, "agent");
    choices = wishes(-1, -1);
    choices.sound = (struct json_strs){ unknown, 1 };
    CHECK_FAIL(notices_choose(cx, &choices), ERR_INVALID, "unknown_value");
    choices = wishes(-1, -1);
    choices.tune = STR("siren");
    CHECK_FAIL(notices_choose(cx, &choices), ERR_INVALID, "unknown_value");
    choices = wishes(0, 1440);
    CHECK_FAIL(notices_choose(cx, &choices), ERR_INVALID, "out_of_range");
}

TEST(an_endpoint_is_judged_like_every_address_that_somebody_types)
{
    const char *const refused[] = { "http://push.example/x",     "https://127.0.0.1/x",
                                    "https://[::1]/x",           "https://10.1.2.3/x",
                                    "https://push.example:25/x", "file:///etc/passwd" };
    struct cx *cx = test_cx();
    int64_t id;
    bool is_new;

    test_member(cx, "agent");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct err e = notices_subscribe(cx, str_of(refused[i]), STR("x"), &id, &is_new);

        CHECK_I64(e.code, ERR_INVALID);
        CHECK_STR(str_of(e.field), "endpoint");
    }
}

TEST(a_member_has_few_browsers_and_the_oldest_gives_way)
{
    struct cx *cx = test_cx();
    int64_t first, last = 0;

    test_member(cx, "agent");
    first = subscribed(cx, ENDPOINT);
    CHECK_I64(subscribed(cx, ENDPOINT), first);
    for (int i = 0; i < NOTICE_SUBSCRIPTIONS_MAX; i++)
        last = subscribed(cx, str_cstr(test_arena(), str_fmt(test_arena(), "%s%d", ENDPOINT, i)));
    CHECK_FAIL(notices_unsubscribe(cx, first), ERR_NOT_FOUND, "not_found");
    CHECK_OK(notices_try(cx, last));
    CHECK_I64(test_jobs(cx, "notice.push"), 1);
    CHECK_OK(notices_unsubscribe(cx, last));
}

TEST(a_shared_browser_rings_for_whoever_came_last_and_another_accounts_does_not_exist)
{
    struct cx *cx = test_cx(), *theirs = test_cx();
    int64_t id;

    test_member(theirs, "agent");
    id = subscribed(theirs, ENDPOINT);
    test_become(cx);
    test_member(cx, "agent");
    CHECK_FAIL(notices_try(cx, id), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(notices_unsubscribe(cx, id), ERR_NOT_FOUND, "not_found");
    id = subscribed(cx, ENDPOINT);
    test_member(cx, "agent");
    CHECK_I64(subscribed(cx, ENDPOINT), id);
    CHECK_OK(notices_try(cx, id));
}
