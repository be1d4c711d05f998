#include "csv.h"

#include "base/testing/testing.h"

/* Records with | between cells and a line end after each. */
static struct str
whole(struct str text)
{
    struct csv csv = { .rest = csv_after_mark(text), .is_last = true };
    struct buf out = { .arena = test_arena() };
    struct str cells[CSV_CELLS_MAX];
    int n;

    while (csv_next(&csv, test_arena(), cells, &n) == CSV_RECORD) {
        for (int i = 0; i < n; i++) {
            buf_add(&out, cells[i]);
            buf_char(&out, i == n - 1 ? '\n' : '|');
        }
    }
    return buf_str(&out);
}

TEST(cells_are_read_as_spreadsheets_write_them)
{
    CHECK_STR(whole(STR("a,b\n1,2\n")), "a|b\n1|2\n");
    CHECK_STR(whole(STR("\xEF\xBB\xBFnome;fone\r\nRita;49\r\n\r\n")), "nome|fone\nRita|49\n");
    CHECK_STR(whole(STR("a\tb\n1\t2")), "a|b\n1|2\n");
    CHECK_STR(whole(STR("a,b\n\"x, y\",\"di\"\"to\"\n")), "a|b\nx, y|di\"to\n");
    CHECK_STR(whole(STR("a,b\n\"duas\nlinhas\",2\n")), "a|b\nduas\nlinhas|2\n");
    CHECK_STR(whole(STR("a,b\n,\n")), "a|b\n|\n");
    CHECK_STR(whole(STR("")), "");
}

TEST(letters_of_an_old_windows_are_ours_and_control_characters_go)
{
    CHECK_STR(whole(STR("nome;x\nJo\xE3o;\x80\n")), "nome|x\nJoão|€\n");
    CHECK_STR(whole(STR("nome;x\nJoão;a\x01"
                        "b\n")),
              "nome|x\nJoão|ab\n");
}

TEST(a_record_that_goes_on_beyond_the_buffer_is_left_whole)
{
    struct csv csv = { .rest = STR("a,b\n1,\"x\n") };
    struct str cells[CSV_CELLS_MAX];
    int n;

    CHECK_I64(csv_next(&csv, test_arena(), cells, &n), CSV_RECORD);
    CHECK_I64(csv_next(&csv, test_arena(), cells, &n), CSV_PARTIAL);
    CHECK_STR(csv.rest, "1,\"x\n");
}

/* Wherever the buffer ends, the records are the same. */
TEST(records_do_not_depend_on_where_the_buffer_ends)
{
    const struct str text = STR("n;t\n\"a;1\";\"x\"\"\ny\"\nb;2\n\nc;3");

    for (size_t cut = 0; cut <= text.len; cut++) {
        struct csv csv = { .rest = { text.p, cut } };
        struct str cells[CSV_CELLS_MAX];
        int n, records = 0;

        while (csv_next(&csv, test_arena(), cells, &n) == CSV_RECORD)
            records++;
        csv.rest.len = text.len - (size_t)(csv.rest.p - text.p);
        csv.is_last = true;
        while (csv_next(&csv, test_arena(), cells, &n) == CSV_RECORD)
            records++;
        CHECK_I64(records, 4);
    }
}

TEST(X137_a_formula_is_only_text)
{
    struct buf out = { .arena = test_arena() };

    csv_put(&out, STR("=HYPERLINK(\"x\")"), ',');
    csv_put(&out, STR("Rita"), '\n');
    CHECK_STR(buf_str(&out), "\"'=HYPERLINK(\"\"x\"\")\",\"Rita\"\n");
}
