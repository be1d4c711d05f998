#include "exports_private.h"

#include "base/clock.h"
#include "domain/testing/fixtures.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct export_wish csv = { STR_INIT("csv"), STR_INIT("pt-BR"), STR_INIT("") };

static struct export start(struct cx *cx, const struct export_wish *wish)
{
    struct res res = { 0 };
    struct export x;

    CHECK_OK(exports_start(cx, &res, wish, &x));
    CHECK_STR(x.state, "running");
    return x;
}

/* One piece; true while there is more to do. */
static bool
step(struct cx *cx, struct export_id id, const struct job_kind *kind)
{
    struct job job = { .account = cx->account, .subject_id = id.v, .attempt = 1 };
    struct job_outcome out = { .verdict = JOB_DONE };

    CHECK_OK(kind->step(cx, &job, NULL, &out));
    return out.verdict == JOB_LATER;
}

static struct export finish(struct cx *cx, struct export_id id)
{
    struct export x;

    while (step(cx, id, &exports_jobs[0]))
        ;
    CHECK_OK(exports_get(cx, id, &x));
    return x;
}

static const char *
path_of(struct cx *cx, struct export_id id)
{
    struct writing w;

    CHECK_OK(export_lock(cx, id, &w));
    return str_cstr(test_arena(),
                    str_fmt(test_arena(), "%s/%.*s", cx->conf->media_dir, STR_ARG(w.path)));
}

static struct str
contents(struct cx *cx, struct export_id id)
{
    struct buf out = { .arena = test_arena() };
    FILE *file = fopen(path_of(cx, id), "re");
    char chunk[4096];
    size_t n;

    CHECK(file != NULL);
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add(&out, (struct str){ chunk, n });
    fclose(file);
    return buf_str(&out);
}

static int64_t
lines(struct str text)
{
    int64_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += text.p[i] == '\n';
    return n;
}

static void
many_contacts(struct cx *cx, int n)
{
    static const struct db_stmt add = {
        .name = "t_many_contacts",
        .text = "INSERT INTO contacts (account_id, name, created_at) "
                "SELECT $1::bigint, 'Pessoa ' || n, now() FROM generate_series(1, $2::int) n",
        .shape = DB_EXEC,
        .params = 2,
    };

    CHECK_OK(db_exec(cx, &add, NULL, P_ID(cx->account), P_I64(n)));
}

static struct contact_id
a_contact(struct cx *cx, const char *name, const char *phone)
{
    struct contact_address address = { "phone", str_of(phone), true };
    struct contact_found found;

    CHECK_OK(contacts_resolve(cx, &address, 1, str_of(name), &found));
    return found.contact;
}

TEST(a_contact_is_a_line_with_everything_that_the_screens_show)
{
    struct cx *cx = test_cx();
    struct contact_id rita;
    struct export x;
    struct str text;

    test_member(cx, "owner");
    rita = a_contact(cx, "=HYPERLINK(\"x\")", "5549988412076");
    contacts_say_birth(cx, rita, STR("1990-12-25"));
    contacts_say_document(cx, rita, STR("52998224725"));
    x = finish(cx, start(cx, &csv).id);
    CHECK_STR(x.state, "done");
    CHECK_I64(x.done_count, 1);
    CHECK_I64(x.total_count, 1);
    text = contents(cx, x.id);
    CHECK_I64(x.size_bytes, (int64_t)text.len);
    CHECK(
        str_starts(text, STR("\xEF\xBB\xBF\"Nome\";\"Telefone\";\"Outros telefones\";\"E-mail\"")));
    CHECK(str_has(text, STR("\r\n\"'=HYPERLINK(\"\"x\"\")\";\"55 49 98841-2076\";\"\";\"\"")));
    CHECK(str_has(text, STR(";\"529.982.247-25\";")));
    CHECK(str_has(text, STR(";\"1990-12-25\";")));
    CHECK_I64(test_audit(cx, "contact_export.started"), 1);
}

TEST(every_contact_of_the_list_is_in_it_once_however_many_pieces_it_takes)
{
    struct cx *cx = test_cx();
    struct export x;

    test_member(cx, "owner");
    many_contacts(cx, 2001);
    x = start(cx, &csv);
    CHECK(step(cx, x.id, &exports_jobs[0]));
    many_contacts(cx, 3); /* younger than all of it: not in this one */
    x = finish(cx, x.id);
    CHECK_I64(x.done_count, 2001);
    CHECK_I64(lines(contents(cx, x.id)), 2002);
}

TEST(what_a_dead_worker_left_behind_is_cut_off)
{
    static const char *const formats[] = { "csv", "xlsx" };
    struct cx *cx = test_cx();

    test_member(cx, "owner");
    many_contacts(cx, 1500);
    for (size_t i = 0; i < 2; i++) {
        struct export_wish wish = { str_of(formats[i]), STR("en"), STR("") };
        struct export whole = finish(cx, start(cx, &wish).id), cut = start(cx, &wish);
        FILE *file;

        CHECK(step(cx, cut.id, &exports_jobs[0]));
        file = fopen(path_of(cx, cut.id), "ae");
        CHECK(file != NULL && fputs("half of a li", file) >= 0 && fclose(file) == 0);
        cut = finish(cx, cut.id);
        CHECK(str_eq(contents(cx, whole.id), contents(cx, cut.id)));
        CHECK_I64(cut.size_bytes, whole.size_bytes);
    }
}

TEST(a_filter_of_the_list_is_one_of_the_file)
{
    struct export_wish blocked = { STR("csv"), STR("pt-BR"), STR("state=blocked") };
    struct export_wish search = { STR("csv"), STR("pt-BR"), STR("q=Ana") };
    struct export_wish wrong = { STR("csv"), STR("pt-BR"), STR("state=none") };
    struct cx *cx = test_cx();
    struct res res = { 0 };
    struct export x;

    test_member(cx, "owner");
    a_contact(cx, "Rita", "5549988412076");
    a_contact(cx, "Ana", "5549988412077");
    CHECK_I64(finish(cx, start(cx, &blocked).id).done_count, 0);
    x = finish(cx, start(cx, &search).id);
    CHECK_I64(x.done_count, 1);
    CHECK(str_has(contents(cx, x.id), STR("\"Ana\"")));
    CHECK_FAIL(exports_start(cx, &res, &wrong, &x), ERR_INVALID, "unknown_value");
}

TEST(rights_that_change_on_the_way_begin_it_anew_and_rights_that_are_lost_end_it)
{
    struct cx *cx = test_cx();
    struct export x;

    test_member(cx, "administrator");
    many_contacts(cx, 1500);
    x = start(cx, &csv);
    CHECK(step(cx, x.id, &exports_jobs[0]));
    test_join(cx, test_department(cx, "Vendas"));
    x = finish(cx, x.id);
    CHECK_STR(x.state, "done");
    CHECK_I64(lines(contents(cx, x.id)), 1501);

    x = start(cx, &csv);
    CHECK(step(cx, x.id, &exports_jobs[0]));
    test_demote(cx, "agent");
    CHECK(!step(cx, x.id, &exports_jobs[0]));
    CHECK_OK(exports_get(cx, x.id, &x));
    CHECK_STR(x.state, "access_lost");
    CHECK(access(path_of(cx, x.id), F_OK) != 0);
}

TEST(a_file_of_other_rights_is_handed_to_nobody)
{
    struct cx *cx = test_cx();
    struct res res = { .headers = { .arena = cx->arena }, .body = { .arena = cx->arena } };
    struct export x;

    test_member(cx, "owner");
    x = start(cx, &csv);
    CHECK_FAIL(exports_download(cx, &res, x.id), ERR_CONFLICT, "media_not_ready");
    x = finish(cx, x.id);
    CHECK_OK(exports_download(cx, &res, x.id));
    CHECK(str_has(buf_str(&res.headers), STR("X-Accel-Redirect: /_media/")));
    CHECK(str_has(buf_str(&res.headers), STR("contatos-2026-03-04.csv")));
    CHECK_I64(test_audit(cx, "contact_export.downloaded"), 1);
    test_join(cx, test_department(cx, "Vendas"));
    test_act_as(cx, cx->user);
    CHECK_FAIL(exports_download(cx, &res, x.id), ERR_CONFLICT, "access_changed");
}

TEST(stopped_and_outlived_exports_leave_no_file)
{
    struct cx *cx = test_cx();
    struct res res = { .headers = { .arena = cx->arena }, .body = { .arena = cx->arena } };
    struct export x;

    test_member(cx, "owner");
    many_contacts(cx, 1500);
    x = start(cx, &csv);
    CHECK(step(cx, x.id, &exports_jobs[0]));
    CHECK_OK(exports_cancel(cx, x.id, &x));
    CHECK_STR(finish(cx, x.id).state, "canceled");
    CHECK(access(path_of(cx, x.id), F_OK) != 0);
    CHECK_FAIL(exports_cancel(cx, x.id, &x), ERR_CONFLICT, "export_over");

    x = finish(cx, start(cx, &csv).id);
    CHECK_I64(x.expires_at_us - cx->now_us, EXPORT_DAYS * US_PER_DAY);
    CHECK_I64(test_jobs(cx, "contact.export_forget"), 1);
    CHECK(!step(cx, x.id, &exports_jobs[1]));
    CHECK_OK(exports_get(cx, x.id, &x));
    CHECK_STR(x.state, "expired");
    CHECK(access(path_of(cx, x.id), F_OK) != 0);
    CHECK_FAIL(exports_download(cx, &res, x.id), ERR_GONE, "media_expired");
}

TEST(ten_within_an_hour_are_enough)
{
    struct cx *cx = test_cx();
    struct res res = { 0 };
    struct export x;

    test_member(cx, "owner");
    for (int i = 0; i < EXPORTS_AN_HOUR; i++)
        start(cx, &csv);
    CHECK_FAIL(exports_start(cx, &res, &csv, &x), ERR_TOO_MANY, "too_many_exports");
    CHECK_I64(res.retry_after_s, 3600);
    test_advance(cx, US_PER_HOUR + 1);
    start(cx, &csv);
}

TEST(another_accounts_export_does_not_exist)
{
    struct cx *theirs = test_cx(), *ours;
    struct export x;

    test_member(theirs, "owner");
    x = start(theirs, &csv);
    ours = test_cx();
    test_member(ours, "owner");
    CHECK_FAIL(exports_get(ours, x.id, &x), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(exports_cancel(ours, x.id, &x), ERR_NOT_FOUND, "not_found");
}

TEST(a_colleagues_export_does_not_exist)
{
    struct cx *cx = test_cx();
    struct export x;

    test_member(cx, "owner");
    x = start(cx, &csv);
    test_member(cx, "administrator");
    CHECK_FAIL(exports_get(cx, x.id, &x), ERR_NOT_FOUND, "not_found");
}
