#include "xlsx_read.h"
#include "xlsx_write.h"

#include "base/testing/testing.h"
#include "zip_write.h"

#include <stdlib.h>
#include <zlib.h>

/* --- workbooks, honest and others ------------------------------------------------------------ */

struct archive {
    struct buf out;
    struct zip_entry parts[8];
    int n;
};

static struct str
packed(struct str text)
{
    size_t room = text.len + 1024;
    unsigned char *out = arena_alloc(test_arena(), room);
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)text.p,
                   .avail_in = (unsigned)text.len,
                   .next_out = out,
                   .avail_out = (unsigned)room };

    CHECK_I64(deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    CHECK_I64(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (struct str){ (const char *)out, room - z.avail_out };
}

static void
add(struct archive *archive, const char *name, struct str text, bool is_packed)
{
    struct zip_entry *e = &archive->parts[archive->n++];
    struct str bytes = is_packed ? packed(text) : text;

    archive->out.arena = test_arena();
    *e = (struct zip_entry){
        .name = name,
        .at = (uint32_t)archive->out.len,
        .crc = (uint32_t)crc32(0, (const unsigned char *)text.p, (unsigned)text.len),
        .packed = (uint32_t)bytes.len,
        .size = (uint32_t)text.len,
        .is_packed = is_packed,
    };
    zip_put_head(&archive->out, e);
    buf_add(&archive->out, bytes);
    if (is_packed)
        zip_put_tail(&archive->out, e);
}

static struct str
close_archive(struct archive *archive)
{
    zip_put_list(&archive->out, archive->parts, archive->n, (uint32_t)archive->out.len);
    return buf_str(&archive->out);
}

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"http://x/" type "\" Target=\"" target "\"/>"

/* Everything but the sheet as it may be; rows between its tags. */
static struct str
workbook(struct str rows)
{
    struct archive archive = { 0 };
    struct str sheet = str_fmt(test_arena(),
                               "<x:worksheet xmlns:x=\"u\"><x:sheetData>%.*s"
                               "</x:sheetData></x:worksheet>",
                               STR_ARG(rows));

    add(&archive, "_rels/.rels",
        STR("<Relationships>" RELATION("a", "officeDocument", "/xl/book.xml") "</Relationships>"),
        false);
    add(&archive, "xl/book.xml",
        STR("<workbook xmlns:r=\"r\"><sheets><sheet name=\"Um\" sheetId=\"9\" r:id=\"s1\"/>"
            "<sheet name=\"Dois\" sheetId=\"3\" r:id=\"s2\"/></sheets></workbook>"),
        false);
    add(&archive, "xl/_rels/book.xml.rels",
        STR("<Relationships>" RELATION("s2", "worksheet", "none.xml")
                RELATION("s1", "worksheet", "worksheets/first.xml")
                    RELATION("t", "sharedStrings", "sharedStrings.xml")
                        RELATION("f", "styles", "/xl/styles.xml") "</Relationships>"),
        true);
    add(&archive, "xl/sharedStrings.xml",
        STR("<sst><si><t>Nome</t></si><si><r><t>Ri</t></r><r><t>ta</t></r><rPh><t>x</t></rPh></si>"
            "<si><t xml:space=\"preserve\">a &amp; b\n</t></si><si/></sst>"),
        true);
    add(&archive, "xl/styles.xml",
        STR("<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-416]dd/mm/yyyy\"/>"
            "<numFmt numFmtId=\"171\" formatCode=\"0.0&quot; dias&quot;\"/></numFmts>"
            "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
            "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/>"
            "<xf numFmtId=\"171\"/></cellXfs></styleSheet>"),
        false);
    add(&archive, "xl/worksheets/first.xml", sheet, true);
    return close_archive(&archive);
}

/* Cells with | between and a line end after each row; a number has a # before it. */
static struct err
print_row(void *arg, const struct xlsx_cell *cells, int n)
{
    struct buf *out = arg;

    for (int i = 0; i < n; i++) {
        if (cells[i].is_number)
            buf_char(out, '#');
        buf_add(out, cells[i].text);
        buf_char(out, i == n - 1 ? '\n' : '|');
    }
    return OK;
}

/* What is printed must outlive what the reader gives back. */
static struct err
print(struct str file, struct str *out)
{
    struct arena *a = arena_new(1024);
    struct buf buf = { .arena = test_arena() };
    struct err e = xlsx_read(a, file, print_row, &buf);

    arena_free(a);
    *out = buf_str(&buf);
    return e;
}

static struct str
printed(struct str rows)
{
    struct str out;

    CHECK_OK(print(workbook(rows), &out));
    return out;
}

static struct err
outcome(struct str file)
{
    struct str out;

    return print(file, &out);
}

/* --- reading ------------------------------------------------------------------------------------ */

TEST(cells_are_read_wherever_their_text_stands)
{
    CHECK_STR(printed(STR(
                  "<x:row><x:c t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c></x:row>")),
              "Nome|Rita\n");
    CHECK_STR(printed(STR("<row><c t=\"inlineStr\"><is><t>um</t></is></c>"
                          "<c t=\"str\"><f>A1&amp;B1</f><v>dois</v></c></row>")),
              "um|dois\n");
    CHECK_STR(printed(STR("<row><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c></row>")),
              "a & b\n\n");
    CHECK_STR(printed(STR("<row><c t=\"s\"><v>99</v></c><c t=\"e\"><v>#N/A</v></c></row>")), "");
    CHECK_STR(printed(STR("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row>")),
              "true|false\n");
}

TEST(gaps_are_empty_cells_and_blank_rows_are_none)
{
    CHECK_STR(printed(STR("<row r=\"2\"><c r=\"B2\" t=\"str\"><v>b</v></c><c r=\"D2\" "
                          "t=\"str\"><v>d</v></c></row>"
                          "<row/><row><c r=\"A4\"/></row>"
                          "<row><c t=\"str\"><v>a</v></c></row>")),
              "|b||d\na\n");
}

TEST(numbers_keep_all_of_their_digits)
{
    CHECK_STR(printed(STR("<row><c><v>5549988412076</v></c><c><v>5.549988412076E12</v></c>"
                          "<c><v>5299822472</v></c><c><v>12.5</v></c><c><v>-3</v></c>"
                          "<c s=\"3\"><v>0.30000000000000004</v></c></row>")),
              "#5549988412076|#5549988412076|#5299822472|#12.5|#-3|#0.3\n");
    CHECK_STR(printed(STR("<row><c><v>1.2345678901234E+20</v></c><c><v>0x10</v></c></row>")),
              "#1.2345678901234E+20|#0x10\n");
}

TEST(dates_are_days_and_not_numbers)
{
    CHECK_STR(
        printed(STR("<row><c s=\"1\"><v>46353</v></c><c s=\"2\"><v>46353.5</v></c>"
                    "<c s=\"0\"><v>46353</v></c><c s=\"1\"><v>1</v></c><c s=\"1\"><v>0.75</v></c>"
                    "<c s=\"77\"><v>1</v></c></row>")),
        "2026-11-27|2026-11-27 12:00|#46353|1900-01-01|18:00|#1\n");
}

TEST(what_is_no_workbook_is_refused)
{
    CHECK_FAIL(outcome(STR("")), ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(STR("nome;telefone\n")), ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(workbook(STR("<row></c></row>"))), ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(workbook(STR("<row><row/></row>"))), ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(workbook(STR("<row><c r=\"7\"/></row>"))), ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(workbook(STR("<row><c r=\"BZ1\"><v>1</v></c></row>"))), ERR_INVALID,
               "too_many_columns");
    CHECK(xlsx_is(workbook(STR(""))));
    CHECK(!xlsx_is(STR("PK")));
    CHECK(xlsx_is_old(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...")));
}

static struct str
with_sheet(struct str sheet, bool is_packed)
{
    struct archive archive = { 0 };

    add(&archive, "_rels/.rels",
        STR("<Relationships>" RELATION("a", "officeDocument", "b.xml") "</Relationships>"), false);
    add(&archive, "b.xml", STR("<workbook><sheets><sheet id=\"s\"/></sheets></workbook>"), false);
    add(&archive, "_rels/b.xml.rels",
        STR("<Relationships>" RELATION("s", "worksheet", "s.xml") "</Relationships>"), false);
    add(&archive, "s.xml", sheet, is_packed);
    return close_archive(&archive);
}

TEST(nothing_unfolds_beyond_its_bounds)
{
    size_t n = 4 * 1024 * 1024;
    char *blanks = arena_alloc(test_arena(), n);
    struct buf deep = { .arena = test_arena() };

    /* A little that unpacks to much. */
    memset(blanks, ' ', n);
    memcpy(blanks, "<worksheet>", 11);
    CHECK_FAIL(outcome(with_sheet((struct str){ blanks, n }, true)), ERR_INVALID,
               "workbook_too_large");
    /* Entities that multiply, and such as would be fetched. */
    CHECK_FAIL(outcome(with_sheet(STR("<!DOCTYPE w [<!ENTITY a \"aaaa\">]><w>&a;</w>"), false)),
               ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(with_sheet(STR("<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><w/>"), false)),
               ERR_INVALID, "workbook_broken");
    CHECK_FAIL(outcome(with_sheet(STR("<w>&undeclared;</w>"), false)), ERR_INVALID,
               "workbook_broken");
    for (int i = 0; i < 1000; i++)
        buf_add(&deep, STR("<w>"));
    CHECK_FAIL(outcome(with_sheet(buf_str(&deep), false)), ERR_INVALID, "workbook_broken");
}

/* Copies of exactly their size: a step beyond is seen by the sanitizer. */
static struct err
outcome_of_copy(struct str file)
{
    char *copy = malloc(file.len + 1);
    struct err e;

    memcpy(copy, file.p, file.len);
    e = outcome((struct str){ copy, file.len });
    free(copy);
    return e;
}

TEST(a_workbook_cut_off_anywhere_is_refused)
{
    struct str file =
        workbook(STR("<row><c t=\"s\"><v>1</v></c><c s=\"1\"><v>46353</v></c></row>"));

    for (size_t n = 0; n < file.len; n++)
        CHECK_FAIL(outcome_of_copy((struct str){ file.p, n }), ERR_INVALID, "workbook_broken");
    CHECK_OK(outcome_of_copy(file));
}

TEST(a_workbook_with_any_byte_changed_is_read_or_refused)
{
    struct str file =
        workbook(STR("<row><c t=\"s\"><v>1</v></c><c s=\"1\"><v>46353</v></c></row>"));
    static const unsigned char changes[] = { 0x01, 0x80, 0xFF };
    char *copy = arena_alloc(test_arena(), file.len);

    memcpy(copy, file.p, file.len);
    for (size_t i = 0; i < file.len; i++)
        for (size_t c = 0; c < sizeof changes; c++) {
            struct err e;

            copy[i] = (char)((unsigned char)copy[i] ^ changes[c]);
            e = outcome_of_copy((struct str){ copy, file.len });
            CHECK(e.code == ERR_NONE || e.code == ERR_INVALID);
            copy[i] = file.p[i];
        }
}

TEST(a_workbook_with_any_byte_missing_is_read_or_refused)
{
    struct str file = workbook(STR("<row><c t=\"s\"><v>1</v></c></row>"));
    char *copy = arena_alloc(test_arena(), file.len);

    for (size_t i = 0; i < file.len; i++) {
        struct err e;

        memcpy(copy, file.p, i);
        memcpy(copy + i, file.p + i + 1, file.len - i - 1);
        e = outcome_of_copy((struct str){ copy, file.len - 1 });
        CHECK(e.code == ERR_NONE || e.code == ERR_INVALID);
    }
}

/* --- writing ------------------------------------------------------------------------------------ */

TEST(a_workbook_written_in_pieces_is_read_as_one)
{
    const struct str titles[] = { STR("Nome"), STR("Telefone") };
    struct buf file = { .arena = test_arena() }, rows = { .arena = test_arena() };
    struct buf expected = { .arena = test_arena() };
    struct xlsx kept;
    struct str got;

    xlsx_begin(&kept, &file);
    xlsx_put_row(&rows, titles, 2);
    buf_add(&expected, STR("Nome|Telefone\n"));
    for (int piece = 0; piece < 3; piece++) {
        struct xlsx mine = kept; /* as if somebody else went on with it */

        for (int i = 0; i < 500; i++) {
            const struct str cells[] = { str_fmt(test_arena(), "<Rita> & %d", piece * 500 + i),
                                         STR("0055 49"), STR("") };

            xlsx_put_row(&rows, cells, 3);
            buf_fmt(&expected, "<Rita> & %d|0055 49\n", piece * 500 + i);
        }
        CHECK(xlsx_add(&mine, &file, buf_str(&rows)));
        CHECK_I64(mine.size_bytes, (int64_t)file.len);
        rows.len = 0;
        kept = mine;
    }
    CHECK(xlsx_end(&kept, &file));
    CHECK_I64(kept.size_bytes, (int64_t)file.len);
    CHECK_OK(print(buf_str(&file), &got));
    CHECK(str_eq(got, buf_str(&expected)));
}

TEST(no_cell_of_ours_is_a_formula)
{
    const struct str cells[] = { STR("=1+1"), STR("+55"), STR("-1"),
                                 STR("@x"),   STR("\tx"), STR("a\x01z") };
    struct buf file = { .arena = test_arena() }, rows = { .arena = test_arena() };
    struct xlsx x;
    struct str got;

    xlsx_begin(&x, &file);
    xlsx_put_row(&rows, cells, 6);
    CHECK(xlsx_add(&x, &file, buf_str(&rows)));
    CHECK(xlsx_end(&x, &file));
    CHECK_OK(print(buf_str(&file), &got));
    CHECK_STR(got, "'=1+1|'+55|'-1|'@x|'\tx|az\n");
}
