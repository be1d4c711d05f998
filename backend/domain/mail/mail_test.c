#include "base/clock.h"
#include "base/testing/testing.h"

#include "mail_private.h"

#include "mail.sql.h"

static struct mail_letter
letter(struct cx *cx, const char *locale, const char *params)
{
    struct mail_letter out = {
        .id = 7,
        .to = STR("ana@example.org"),
        .from = STR("balcao@example.com"),
        .words = mail_words_find(STR("invite")),
        .locale = mail_locale(str_of(locale)),
        .at_us = TEST_NOW_US,
    };

    CHECK_OK(json_parse(cx->arena, str_of(params), &out.params));
    return out;
}

static bool
has(struct str text, const char *part)
{
    return str_has(text, str_of(part));
}

TEST(a_letter_is_ascii_in_short_lines_that_end_as_mail_demands)
{
    struct cx *cx = test_cx();
    struct mail_letter l = letter(cx, "pt-BR",
                                  "{\"inviter\":\"Conceição Araújo de Albuquerque Cavalcanti\","
                                  "\"account\":\"Rede Pinhão ☎ 北京\",\"link\":\"https://x/#t\"}");
    struct str text = mail_compose(cx, &l), line;

    CHECK(has(text, "To: <ana@example.org>\r\n"));
    CHECK(has(text, "Date: Wed, 04 Mar 2026 15:00:00 +0000\r\n"));
    CHECK(has(text, "\r\nMessage-ID: <7."));
    for (struct str rest = text; str_cut(&rest, '\n', &line);) {
        CHECK(line.len <= 998 && str_ends(line, STR("\r")));
        for (size_t i = 0; i + 1 < line.len; i++)
            CHECK((line.p[i] >= 0x20 && line.p[i] < 0x7F) || line.p[i] == '\t');
        if (str_starts(line, STR(" =?UTF-8?B?")))
            CHECK(line.len <= 77);
    }
}

TEST(no_name_becomes_a_header_or_markup)
{
    struct cx *cx = test_cx();
    struct mail_letter l =
        letter(cx, "en",
               "{\"inviter\":\"Eve\\r\\nBcc: all@example.org\\r\\n\\r\\n<script>\","
               "\"account\":\"A\",\"link\":\"https://x/?a=1&b=\\\"><b>#t\"}");
    struct str text = mail_compose(cx, &l);

    CHECK(!has(text, "Bcc"));
    CHECK(!has(text, "<script>"));
    /* "Eve" as the beginning of the subject, in base64 with what follows it. */
    CHECK(has(text, "Subject: =?UTF-8?B?RXZlICBCY2M6"));
}

TEST(a_letter_keeps_its_id_at_every_attempt)
{
    struct cx *cx = test_cx();
    struct mail_letter l = letter(cx, "en", "{}");

    CHECK_STR(mail_compose(cx, &l), str_cstr(cx->arena, mail_compose(cx, &l)));
}

TEST(every_letter_is_written_in_every_language)
{
    for (const struct mail_words *w = mail_words; w->template != NULL; w++)
        for (int i = 0; i < MAIL_LOCALES; i++) {
            CHECK(w->in[i].subject != NULL && w->in[i].body != NULL);
            CHECK(has(str_of(w->in[i].body), "\n\n{link}") == (w->in[i].button != NULL));
        }
    CHECK_I64(mail_locale(STR("en")), 1);
    CHECK_I64(mail_locale(STR("fr")), 0);
}

TEST(what_no_header_can_carry_is_no_address)
{
    CHECK(mail_address_is_good(STR("ana.lopes+1@mail.example.org")));
    CHECK(!mail_address_is_good(STR("")));
    CHECK(!mail_address_is_good(STR("ana")));
    CHECK(!mail_address_is_good(STR("@example.org")));
    CHECK(!mail_address_is_good(STR("ana@")));
    CHECK(!mail_address_is_good(STR("ana@a..b")));
    CHECK(!mail_address_is_good(STR("ana@b@c")));
    CHECK(!mail_address_is_good(STR("ana lopes@example.org")));
    CHECK(!mail_address_is_good(STR("ana@example.org\r\nBcc: x@y")));
    CHECK(!mail_address_is_good(STR("<ana@example.org>")));
    CHECK(!mail_address_is_good(STR("ana@example.org,eva@example.org")));
}

static void
queue_invite(struct cx *cx, const char *to)
{
    mail_queue(
        cx, &(struct mail){ .to = str_of(to),
                            .locale = STR("en"),
                            .template = "invite",
                            .params = { { "inviter", STR("Ana") },
                                        { "account", STR("A") },
                                        { "link", mail_link(cx, "/convite", STR("secret")) } } });
}

static struct db_row
newest(struct cx *cx)
{
    struct db_rows rows;

    CHECK_OK(db_many(cx, &SQL_mail_list, &rows, P_I64(1)));
    CHECK_I64(rows.count, 1);
    return db_row_at(&rows, 0);
}

TEST(without_a_server_a_letter_waits_where_it_can_be_seen)
{
    struct cx *cx = test_cx();
    struct db_row row;

    jobs_register((const struct job_kind *const[]){ mail_jobs }, 1);
    queue_invite(cx, "ana@example.org");
    row = newest(cx);
    CHECK_STR(db_str(&row, 3), "queued");
    CHECK_I64(jobs_work_once(cx, QUEUE_DELIVERY), 1);
    row = newest(cx);
    CHECK_STR(db_str(&row, 1), "ana@example.org");
    CHECK_STR(db_str(&row, 3), "no_smtp");

    CHECK_OK(db_one(cx, &SQL_mail_again, &row, P_I64(db_i64(&row, 0)), P_TIME(cx->now_us)));
    row = newest(cx);
    CHECK_STR(db_str(&row, 3), "queued");
}

TEST(a_letter_is_forgotten_after_thirty_days_unless_it_is_still_on_its_way)
{
    struct cx *cx = test_cx();
    struct db_row row;
    struct db_rows rows;

    queue_invite(cx, "ana@example.org");
    row = newest(cx);
    CHECK_I64(jobs_work_once(cx, QUEUE_DELIVERY), 1); /* no server: it stays */
    queue_invite(cx, "eva@example.org");
    (void)newest(cx);

    cx->now_us += 30 * US_PER_DAY;
    CHECK_OK(mail_forget_old(cx));
    CHECK_OK(db_many(cx, &SQL_mail_list, &rows, P_I64(10)));
    CHECK_I64(rows.count, 2);
    cx->now_us += 1;
    CHECK_OK(mail_forget_old(cx));
    CHECK_OK(db_many(cx, &SQL_mail_list, &rows, P_I64(10)));
    CHECK_I64(rows.count, 1);
    row = db_row_at(&rows, 0);
    CHECK_STR(db_str(&row, 1), "eva@example.org");
}

/* The job's step by hand: what it makes of what the server said. */
static struct job_outcome
judge(struct cx *cx, const struct httpc_answer *answer, int attempt)
{
    struct db_row row;
    struct job_outcome out = { 0 };
    struct job job = { .kind = mail_jobs, .attempt = attempt };

    queue_invite(cx, "ana@example.org");
    row = newest(cx);
    job.subject_id = db_i64(&row, 0);
    CHECK_OK(mail_send_step(cx, &job, answer, &out));
    return out;
}

TEST(a_letter_is_sent_when_the_server_took_it_and_its_secrets_are_gone)
{
    struct cx *cx = test_cx();
    struct db_row row;
    bool found;
    int64_t id;

    queue_invite(cx, "ana@example.org");
    row = newest(cx);
    id = db_i64(&row, 0);
    CHECK_OK(mail_send_step(cx, &(struct job){ .kind = mail_jobs, .subject_id = id, .attempt = 1 },
                            &(struct httpc_answer){ .status = 250 }, &(struct job_outcome){ 0 }));
    CHECK_OK(db_opt(cx, &SQL_mail_lock, &found, &row, P_I64(id)));
    CHECK(!found);
}

TEST(patience_is_asked_for_by_4xx_and_refusal_is_final)
{
    struct cx *cx = test_cx();
    struct job_outcome out = judge(cx, &(struct httpc_answer){ .status = 451 }, 1);
    struct db_row row = newest(cx);

    CHECK_I64(out.verdict, JOB_AGAIN);
    CHECK_STR(db_str(&row, 3), "queued");
    CHECK_STR(db_str(&row, 4), "mail_deferred");

    out = judge(cx, &(struct httpc_answer){ .status = 451 }, mail_jobs->attempts);
    row = newest(cx);
    CHECK_STR(db_str(&row, 3), "failed");

    out = judge(cx, &(struct httpc_answer){ .status = 550 }, 1);
    row = newest(cx);
    CHECK_I64(out.verdict, JOB_DEAD);
    CHECK_STR(db_str(&row, 4), "mail_refused");

    out = judge(cx, &(struct httpc_answer){ .failed = FAIL(ERR_UNAVAILABLE, "unreachable") }, 1);
    CHECK_I64(out.verdict, JOB_AGAIN);
}
