#include "templates_private.h"

#include "domain/testing/fixtures.h"

#define WABA "77"

static struct channel
channel_of(struct cx *cx)
{
    static const struct db_stmt settle = {
        .name = "test_waba",
        .shape = DB_EXEC,
        .params = 2,
        .text = "UPDATE channels SET settings = settings || '{\"waba_id\":\"" WABA
                "\"}' WHERE account_id = $1::bigint AND id = $2::bigint",
    };
    struct channel channel = test_channel(cx, "whatsapp_cloud");

    CHECK_OK(db_exec(cx, &settle, NULL, P_ID(cx->account), P_ID(channel.id)));
    CHECK_OK(channels_get(cx, channel.id, &channel));
    return channel;
}

#define LEMBRETE                                                                                   \
    "{\"id\":\"1\",\"name\":\"lembrete\",\"language\":\"pt_BR\",\"category\":\"UTILITY\","         \
    "\"status\":\"%s\","                                                                           \
    "\"parameter_format\":\"POSITIONAL\",\"components\":[{\"type\":\"BODY\",\"text\":\"Olá, "     \
    "{{1}}. Vamos?\"},"                                                                            \
    "{\"type\":\"FOOTER\",\"text\":\"Rede\"},{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":"        \
    "\"QUICK_REPLY\",\"text\":\"Sim\"},"                                                           \
    "{\"type\":\"QUICK_REPLY\",\"text\":\"Não\"}]}]}"

/* The job of a book: asks, and hears this. */
static enum job_verdict
reads(struct cx *cx, const char *arg, int status, struct str body)
{
    struct job job = { .kind = jobs_kind(STR("templates.read")),
                       .account = cx->account,
                       .arg = str_of(arg),
                       .attempt = 1 };
    struct httpc_answer answer = { .status = status, .body = body };
    struct job_outcome out = { 0 };

    CHECK_OK(job.kind->step(cx, &job, NULL, &out));
    if (out.verdict != JOB_CALL)
        return out.verdict;
    out.verdict = JOB_DONE;
    CHECK_OK(job.kind->step(cx, &job, &answer, &out));
    return out.verdict;
}

static struct str
book(struct cx *cx, const char *status)
{
    return str_fmt(cx->arena, "{\"data\":[" LEMBRETE "]}", status);
}

static struct template only(struct cx *cx)
{
    struct template_list list;

    CHECK_OK(templates_list(cx, &(struct template_filter){ 0 }, 10, &list));
    CHECK_I64((int64_t)list.n, 1);
    return list.v[0];
}

TEST(a_book_is_kept_whole_and_what_is_gone_stays_under_its_number)
{
    struct cx *cx = test_cx();
    struct channel channel = channel_of(cx);
    struct template first, again;
    struct template_book want;

    CHECK_OK(templates_want(cx, channel.id, &want));
    CHECK_I64(reads(cx, WABA, 200, book(cx, "APPROVED")), JOB_DONE);
    first = only(cx);
    CHECK_STR(first.status, "approved");
    CHECK(first.unfit == NULL);

    test_advance(cx, US_PER_HOUR);
    CHECK_I64(reads(cx, WABA, 200, book(cx, "APPROVED")), JOB_DONE);
    CHECK_I64(only(cx).changed_at_us, first.changed_at_us); /* the same again changes nothing */
    CHECK_I64(reads(cx, WABA, 200, book(cx, "PAUSED")), JOB_DONE);
    CHECK_STR(str_of(only(cx).unfit), "template_paused");
    CHECK_I64(reads(cx, WABA, 200, STR("{\"data\":[]}")), JOB_DONE);
    again = only(cx);
    CHECK_STR(str_of(again.unfit), "template_gone");
    CHECK_I64(again.id.v, first.id.v);
    CHECK_I64(reads(cx, WABA, 200, book(cx, "APPROVED")), JOB_DONE);
    again = only(cx);
    CHECK(again.unfit == NULL);
    CHECK_I64(again.id.v, first.id.v);
}

TEST(a_reading_that_fails_leaves_what_was_read_and_says_why)
{
    struct cx *cx = test_cx();
    struct channel channel = channel_of(cx);
    struct template_book *books, want;
    size_t n;

    CHECK_OK(templates_want(cx, channel.id, &want));
    CHECK_I64(reads(cx, WABA, 200, book(cx, "APPROVED")), JOB_DONE);
    CHECK_I64(reads(cx, WABA, 401, STR("{\"error\":{\"code\":190}}")), JOB_DONE);
    CHECK_STR(only(cx).status, "approved");
    CHECK_OK(templates_books(cx, channel.id, &books, &n));
    CHECK_I64((int64_t)n, 1);
    CHECK_STR(books[0].why, "token_invalid");
    /* The world was away: asked for by somebody, it is tried again; the daily one comes tomorrow. */
    CHECK_I64(reads(cx, WABA, 503, STR("")), JOB_AGAIN);
    CHECK_I64(reads(cx, "daily:" WABA, 503, STR("")), JOB_LATER);
}

TEST(asked_twice_it_is_read_once_and_the_first_asking_begins_the_daily_ones)
{
    struct cx *cx = test_cx();
    struct channel channel = channel_of(cx);
    struct template_book want;

    CHECK_OK(templates_want(cx, channel.id, &want));
    CHECK(want.wanted_at_us != 0);
    CHECK_I64(test_jobs(cx, "templates.read"), 2);
    CHECK_OK(templates_want(cx, channel.id, &want));
    CHECK_I64(test_jobs(cx, "templates.read"), 2);
    CHECK_I64(reads(cx, WABA, 200, book(cx, "APPROVED")), JOB_DONE);
    CHECK_OK(templates_want(cx, channel.id, &want));
    CHECK_I64(test_jobs(cx, "templates.read"), 3);
    channel = test_channel(cx, "webchat");
    CHECK_FAIL(templates_want(cx, channel.id, &want), ERR_CONFLICT, "templates_unsupported");
}

static struct template_wish
wish_of(const struct template *template, struct channel_id channel,
        const struct template_param *params, size_t n)
{
    return (struct template_wish){
        .template = template->id, .channel = channel, .params = params, .param_count = n
    };
}

TEST(what_the_phone_shows_is_what_the_message_says)
{
    static const struct template_param ana[] = { { STR_INIT("1"), STR_INIT(" Ana ") } };
    static const struct template_param lines[] = { { STR_INIT("1"), STR_INIT("a\nb") } };
    struct cx *cx = test_cx();
    struct channel channel = channel_of(cx), other;
    struct template template;
    struct template_book want;
    struct template_words words;
    struct template_wish wish;

    CHECK_OK(templates_want(cx, channel.id, &want));
    CHECK_I64(reads(cx, WABA, 200, book(cx, "APPROVED")), JOB_DONE);
    template = only(cx);
    wish = wish_of(&template, channel.id, ana, 1);
    CHECK_OK(templates_fill(cx, &wish, &words));
    CHECK_STR(words.text, "Olá, Ana. Vamos?\n\nRede");
    CHECK(str_has(words.detail, STR("\"text\":\"Ana\"")));

    wish = wish_of(&template, channel.id, NULL, 0);
    CHECK_FAIL(templates_fill(cx, &wish, &words), ERR_INVALID, "template_parameters");
    wish = wish_of(&template, channel.id, lines, 1);
    CHECK_FAIL(templates_fill(cx, &wish, &words), ERR_INVALID, "template_parameters");
    other = test_channel(cx, "webchat");
    wish = wish_of(&template, other.id, ana, 1);
    CHECK_FAIL(templates_fill(cx, &wish, &words), ERR_CONFLICT, "template_elsewhere");
    CHECK_I64(reads(cx, WABA, 200, book(cx, "REJECTED")), JOB_DONE);
    wish = wish_of(&template, channel.id, ana, 1);
    CHECK_FAIL(templates_fill(cx, &wish, &words), ERR_CONFLICT, "template_not_approved");
}

TEST(another_accounts_template_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct channel channel = channel_of(theirs);
    struct template template;
    struct template_book want;
    struct template_wish wish;
    struct template_words words;
    struct template_list list;

    CHECK_OK(templates_want(theirs, channel.id, &want));
    CHECK_I64(reads(theirs, WABA, 200, book(theirs, "APPROVED")), JOB_DONE);
    template = only(theirs);
    CHECK_FAIL(templates_get(ours, template.id, &template), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(templates_want(ours, channel.id, &want), ERR_NOT_FOUND, "not_found");
    CHECK_OK(templates_list(ours, &(struct template_filter){ 0 }, 10, &list));
    CHECK_I64((int64_t)list.n, 0);
    wish = wish_of(&template, channel.id, NULL, 0);
    CHECK_FAIL(templates_fill(ours, &wish, &words), ERR_NOT_FOUND, "template_unknown");
}
