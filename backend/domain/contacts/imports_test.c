#include "imports.h"

#include "domain/sheets/sheets.h"
#include "domain/testing/fixtures.h"

#include "contacts_imports.sql.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* A file in the media store, imported up to its mapping. */
static int64_t
an_import(struct cx *cx, const char *name, struct str text)
{
    struct str path = str_fmt(test_arena(), "import-test-%d-%s", (int)getpid(), name);
    const char *absolute = str_cstr(
        test_arena(), str_fmt(test_arena(), "%s/%.*s", cx->conf->media_dir, STR_ARG(path)));
    FILE *file = fopen(absolute, "we");
    struct db_row row;

    CHECK(file != NULL);
    CHECK_I64((int64_t)fwrite(text.p, 1, text.len, file), (int64_t)text.len);
    fclose(file);
    CHECK_OK(db_one(cx, &SQL_import_add, &row, P_ID(cx->account), P_STR(path), P_STR(path),
                    P_I64((int64_t)text.len), P_ID(cx->member), P_TIME(cx->now_us)));
    return db_i64(&row, 0);
}

/* Batches until the stage is over. */
static void
go_on(struct cx *cx, int64_t id)
{
    struct job job = { .account = cx->account, .subject_id = id };
    struct job_outcome out;

    do {
        out = (struct job_outcome){ .verdict = JOB_DONE };
        CHECK_OK(import_step(cx, &job, NULL, &out));
    } while (out.verdict == JOB_LATER);
}

static struct import
now(struct cx *cx, int64_t id)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_import_get, &row, P_ID(cx->account), P_I64(id)));
    return import_from_row(&row);
}

static void
stage(struct cx *cx, int64_t id, const char *state)
{
    CHECK_OK(db_exec(cx, &SQL_import_set_state, NULL, P_ID(cx->account), P_I64(id),
                     P_STR(str_of(state)), P_NULL));
    go_on(cx, id);
}

static bool
is_known(struct cx *cx, const char *phone)
{
    struct contact_address address = { "phone", str_of(phone), true };
    struct contact_search search;

    contacts_search(cx, &address, 1, &search);
    CHECK_OK(db_await(cx, &search.found));
    return contacts_searched(&search).v != 0;
}

TEST(a_file_is_read_tried_run_and_undone)
{
    struct cx *cx = test_cx();
    struct import import;
    int64_t id;

    test_member(cx, "owner");
    id = an_import(cx, "whole",
                   STR("Nome;Telefone;E-mail;Cor\n"
                       "Rita;(49) 8841-2076;rita@exemplo.org;azul\n"
                       "De novo;49 98841-2076;;\n"
                       "Sem fone;;sem@exemplo.org;\n"
                       "Errada;12;;\n"
                       ";;;\n"));
    go_on(cx, id);
    import = now(cx, id);
    CHECK_STR(import.state, "mapping");
    CHECK_I64(import.line_count, 5);
    CHECK_STR(import.mapping, "[\"name\",\"phone\",\"email\",\"\"]");

    stage(cx, id, "trying");
    import = now(cx, id);
    CHECK_STR(import.state, "tried");
    CHECK_I64(import.new_count, 2);
    CHECK_I64(import.same_count, 1);
    CHECK_I64(import.wrong_count, 2);
    CHECK(!is_known(cx, "5549988412076"));

    stage(cx, id, "running");
    CHECK_STR(now(cx, id).state, "done");
    CHECK(is_known(cx, "5549988412076"));
    stage(cx, id, "running"); /* once more changes nothing */
    CHECK_I64(now(cx, id).new_count, 2);

    stage(cx, id, "undoing");
    CHECK_STR(now(cx, id).state, "undone");
    CHECK_I64(now(cx, id).kept_count, 0);
    CHECK(!is_known(cx, "5549988412076"));
}

TEST(who_talked_to_us_since_is_not_undone)
{
    struct cx *cx = test_cx();
    struct channel channel;
    int64_t id;

    test_member(cx, "owner");
    channel = test_channel(cx, "whatsapp_cloud");
    id = an_import(cx, "used", STR("nome,telefone\nRita,5549988412076\nAna,5549988770011\n"));
    go_on(cx, id);
    stage(cx, id, "trying");
    stage(cx, id, "running");
    test_ticket_on(cx, &channel, "5549988412076", "waiting");
    stage(cx, id, "undoing");
    CHECK_I64(now(cx, id).kept_count, 1);
    CHECK(is_known(cx, "5549988412076"));
    CHECK(!is_known(cx, "5549988770011"));
}

TEST(a_file_of_many_pieces_keeps_every_line_and_none_twice)
{
    struct cx *cx = test_cx();
    struct buf text = { .arena = test_arena() };
    int64_t id;

    test_member(cx, "owner");
    buf_add(&text, STR("nome;telefone;observações\n"));
    for (int i = 0; i < 2500; i++)
        buf_fmt(&text, "\"Pessoa; %d\";55499%08d;\"%0300d\"\n", i, 80000000 + i, i);
    id = an_import(cx, "many", buf_str(&text));
    go_on(cx, id);
    CHECK_I64(now(cx, id).line_count, 2500);
    stage(cx, id, "trying");
    CHECK_I64(now(cx, id).new_count, 2500);
    stage(cx, id, "running");
    CHECK_I64(now(cx, id).done_count, 0);
    CHECK(is_known(cx, "5549980002499"));
}

TEST(a_file_that_is_none_is_refused_with_a_reason)
{
    struct cx *cx = test_cx();
    int64_t id;

    test_member(cx, "owner");
    id = an_import(cx, "empty", STR("nome;telefone\n"));
    go_on(cx, id);
    CHECK_STR(now(cx, id).state, "failed");
    CHECK_STR(now(cx, id).why, "file_empty");
}

/* One sheet; cells of a row with | between. */
static struct str
a_workbook(const char *const *lines)
{
    struct buf file = { .arena = test_arena() }, rows = { .arena = test_arena() };
    struct xlsx x;

    xlsx_begin(&x, &file);
    for (; *lines != NULL; lines++) {
        struct str rest = str_of(*lines), cells[8];
        size_t n = 0;

        while (n < 8 && str_cut(&rest, '|', &cells[n]))
            n++;
        xlsx_put_row(&rows, cells, n);
    }
    CHECK(xlsx_add(&x, &file, buf_str(&rows)));
    CHECK(xlsx_end(&x, &file));
    return buf_str(&file);
}

TEST(a_workbook_is_imported_like_any_other_file)
{
    static const char *const lines[] = { "Nome|Telefone|E-mail",
                                         "Rita \"R\"; a primeira|(49) 8841-2076|rita@exemplo.org",
                                         "Curto|5,54999E+12|", "Sem nada|12", NULL };
    struct cx *cx = test_cx();
    struct import import;
    const char *rows;
    int64_t id;

    test_member(cx, "owner");
    id = an_import(cx, "book.xlsx", a_workbook(lines));
    go_on(cx, id);
    import = now(cx, id);
    CHECK_STR(import.state, "mapping");
    CHECK_I64(import.line_count, 3);
    CHECK_STR(import.header, "[\"Nome\",\"Telefone\",\"E-mail\"]");
    CHECK_STR(import.mapping, "[\"name\",\"phone\",\"email\"]");
    /* What it was read from is gone, and nothing is left beside the file. */
    rows = import_path(cx, &import);
    CHECK(import.is_unpacked && access(rows, F_OK) != 0);

    stage(cx, id, "trying");
    import = now(cx, id);
    CHECK_I64(import.new_count, 1);
    CHECK_I64(import.wrong_count, 2);
    stage(cx, id, "running");
    CHECK(is_known(cx, "5549988412076"));
}

TEST(a_workbook_that_cannot_be_read_says_why)
{
    static const char *const lines[] = { "Nome", "Rita", NULL };
    struct cx *cx = test_cx();
    struct str book = a_workbook(lines);
    int64_t id;

    test_member(cx, "owner");
    id = an_import(cx, "half.xlsx", (struct str){ book.p, book.len - 30 });
    go_on(cx, id);
    CHECK_STR(now(cx, id).state, "failed");
    CHECK_STR(now(cx, id).why, "workbook_broken");
    id = an_import(cx, "old.xls", STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"));
    go_on(cx, id);
    CHECK_STR(now(cx, id).why, "workbook_old");
}
