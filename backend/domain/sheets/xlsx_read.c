#include "xlsx_read.h"

#include "xlsx_private.h"

bool
xlsx_is(struct str head)
{
    return str_starts(head, STR("PK\x03\x04"));
}

bool
xlsx_is_old(struct str head)
{
    return str_starts(head, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

static struct err
feed(void *arg, struct str bytes)
{
    return xml_feed(arg, bytes);
}

struct err
xlsx_parse(struct arena *a, struct zip *z, struct str part, const struct xml_events *events,
           void *reader)
{
    struct xml *xml = xml_new(a, events, reader);

    *(struct xml **)reader = xml;
    TRY(zip_unpack(z, part, feed, xml));
    return xml_end(xml);
}

/* --- where the parts are --------------------------------------------------------------- */

/* A line of a part's relations: by its id, or by how its type ends. */
struct relation {
    struct xml *xml;
    struct arena *arena;
    struct str id;
    const char *type;
    struct str target; /* empty: not found */
};

static void
relation_open(void *arg, struct str name, struct xml_attributes attributes)
{
    struct relation *r = arg;
    bool is_it = r->type != NULL ? str_ends(xml_attribute(attributes, "Type"), str_of(r->type))
                                 : str_eq(xml_attribute(attributes, "Id"), r->id);

    if (str_eq(name, STR("Relationship")) && is_it && r->target.len == 0)
        r->target = str_dup(r->arena, xml_attribute(attributes, "Target"));
}

/* folder: of the part that has these relations, "" or "xl/". Empty: it has none such. */
static struct err
relate(struct arena *a, struct zip *z, struct str folder, struct str relations,
       struct relation wanted, struct str *out)
{
    static const struct xml_events events = { relation_open, NULL, NULL };

    wanted.arena = a;
    TRY(xlsx_parse(a, z, relations, &events, &wanted));
    if (str_starts(wanted.target, STR("/")))
        *out = (struct str){ wanted.target.p + 1, wanted.target.len - 1 };
    else if (wanted.target.len > 0)
        *out = str_fmt(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(wanted.target));
    else
        *out = STR("");
    return OK;
}

struct book {
    struct xml *xml;
    struct arena *arena;
    struct str first_sheet; /* its id among the relations */
    bool is_1904;
};

static void
book_open(void *arg, struct str name, struct xml_attributes attributes)
{
    struct book *b = arg;

    if (str_eq(name, STR("sheet")) && b->first_sheet.len == 0)
        b->first_sheet = str_dup(b->arena, xml_attribute(attributes, "id"));
    if (str_eq(name, STR("workbookPr")))
        b->is_1904 = str_eq(xml_attribute(attributes, "date1904"), STR("1")) ||
                     str_eq(xml_attribute(attributes, "date1904"), STR("true"));
}

/* --- the sheet -------------------------------------------------------------------------- */

enum cell_kind { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_FLAG, CELL_FAULT };

struct sheet_reader {
    struct xml *xml;
    struct arena *arena;
    struct arena_mark mark; /* what a row took is given back after it */
    struct xlsx_strings strings;
    struct xlsx_styles styles;
    bool is_1904;
    xlsx_row row;
    void *arg;

    struct xlsx_cell cells[CSV_CELLS_MAX];
    int n;
    int64_t column; /* of the present cell, from 0 */
    enum cell_kind kind;
    bool is_in_row, is_date, is_text, is_spoken;
    struct buf text;
};

/* "AB12" is column 27; < 0: that is no place. */
static int64_t
column_of(struct str place)
{
    int64_t column = 0;
    size_t i = 0;

    for (; i < place.len && i < 4 && place.p[i] >= 'A' && place.p[i] <= 'Z'; i++)
        column = column * 26 + (place.p[i] - 'A' + 1);
    return i == 0 || i > 3 ? -1 : column - 1;
}

static enum cell_kind
kind_of(struct str type)
{
    static const struct {
        const char *word;
        enum cell_kind kind;
    } kinds[] = {
        { "s", CELL_SHARED }, { "str", CELL_TEXT }, { "inlineStr", CELL_TEXT },
        { "d", CELL_TEXT },   { "b", CELL_FLAG },   { "e", CELL_FAULT },
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(type, str_of(kinds[i].word)))
            return kinds[i].kind;
    return CELL_NUMBER;
}

/* A row within a row would give back what the outer one still holds. */
static void
begin_row(struct sheet_reader *r)
{
    if (r->is_in_row)
        xml_stop(r->xml, FAIL(ERR_INVALID, "workbook_broken"));
    r->is_in_row = true;
    r->mark = arena_mark(r->arena);
    r->text = (struct buf){ .arena = r->arena }; /* what stood in the row before is given back */
    r->n = 0;
    r->column = -1;
}

static void
begin_cell(struct sheet_reader *r, struct xml_attributes attributes)
{
    struct str place = xml_attribute(attributes, "r");
    int64_t style = -1;

    r->column = place.len == 0 ? r->column + 1 : column_of(place);
    if (r->column < 0)
        xml_stop(r->xml, FAIL(ERR_INVALID, "workbook_broken"));
    r->kind = kind_of(xml_attribute(attributes, "t"));
    r->is_date = str_i64(xml_attribute(attributes, "s"), &style) && style >= 0 &&
                 (size_t)style < r->styles.count && r->styles.is_date[style];
    r->text = (struct buf){ .arena = r->arena };
}

static void
sheet_open(void *arg, struct str name, struct xml_attributes attributes)
{
    struct sheet_reader *r = arg;

    if (str_eq(name, STR("row"))) {
        begin_row(r);
    } else if (!r->is_in_row) {
        return;
    } else if (str_eq(name, STR("c"))) {
        begin_cell(r, attributes);
    } else if (str_eq(name, STR("rPh"))) {
        r->is_spoken = true;
    } else if (str_eq(name, STR("v")) || str_eq(name, STR("t"))) {
        r->is_text = !r->is_spoken;
    }
}

static void
sheet_text(void *arg, struct str text)
{
    struct sheet_reader *r = arg;

    if (r->is_text && r->text.len < CSV_CELL_MAX * 4)
        buf_add(&r->text, str_first_code_points(text, CSV_CELL_MAX));
}

static struct xlsx_cell
read_cell(struct sheet_reader *r)
{
    struct str typed = buf_str(&r->text);
    int64_t place;

    switch (r->kind) {
    case CELL_SHARED:
        if (!str_i64(typed, &place) || place < 0 || (size_t)place >= r->strings.count)
            return (struct xlsx_cell){ 0 };
        return (struct xlsx_cell){ .text = r->strings.v[place] };
    case CELL_NUMBER:
        if (r->is_date)
            return (struct xlsx_cell){ .text = xlsx_date(r->arena, typed, r->is_1904) };
        return (struct xlsx_cell){ xlsx_number(r->arena, typed), true };
    case CELL_FLAG:
        return (struct xlsx_cell){ .text = str_eq(typed, STR("1")) ? STR("true") : STR("false") };
    case CELL_TEXT: return (struct xlsx_cell){ .text = typed };
    case CELL_FAULT: break; /* "#N/A" says nothing */
    }
    return (struct xlsx_cell){ 0 };
}

static void
end_cell(struct sheet_reader *r)
{
    struct xlsx_cell cell = read_cell(r);

    if (cell.text.len == 0)
        return;
    if (r->column >= CSV_CELLS_MAX) {
        xml_stop(r->xml, FAIL(ERR_INVALID, "too_many_columns"));
        return;
    }
    for (; r->n <= r->column; r->n++)
        r->cells[r->n] = (struct xlsx_cell){ .text = STR("") };
    r->cells[r->column] = cell;
}

static void
end_row(struct sheet_reader *r)
{
    struct err e = r->n == 0 ? OK : r->row(r->arg, r->cells, r->n);

    if (e.code != ERR_NONE)
        xml_stop(r->xml, e);
    arena_rewind(r->arena, r->mark);
    r->is_in_row = false;
}

static void
sheet_close(void *arg, struct str name)
{
    struct sheet_reader *r = arg;

    if (!r->is_in_row)
        return;
    if (str_eq(name, STR("row")))
        end_row(r);
    else if (str_eq(name, STR("c")))
        end_cell(r);
    else if (str_eq(name, STR("rPh")))
        r->is_spoken = false;
    else if (str_eq(name, STR("v")) || str_eq(name, STR("t")))
        r->is_text = false;
}

/* --- all of it ---------------------------------------------------------------------------- */

/* "xl/workbook.xml" has its relations in "xl/_rels/workbook.xml.rels". */
static void
split(struct arena *a, struct str part, struct str *folder, struct str *relations)
{
    size_t n = part.len;

    while (n > 0 && part.p[n - 1] != '/')
        n--;
    *folder = (struct str){ part.p, n };
    *relations = str_fmt(a, "%.*s_rels/%.*s.rels", (int)n, part.p, (int)(part.len - n), part.p + n);
}

/* Some workbooks have neither texts nor formats of their own. */
static struct err
read_values(struct sheet_reader *r, struct zip *z, struct str folder, struct str relations)
{
    struct str strings, styles;

    TRY(relate(r->arena, z, folder, relations, (struct relation){ .type = "/sharedStrings" },
               &strings));
    TRY(relate(r->arena, z, folder, relations, (struct relation){ .type = "/styles" }, &styles));
    if (strings.len > 0 && zip_has(z, strings))
        TRY(xlsx_read_strings(r->arena, z, strings, &r->strings));
    if (styles.len > 0 && zip_has(z, styles))
        TRY(xlsx_read_styles(r->arena, z, styles, &r->styles));
    return OK;
}

struct err
xlsx_read(struct arena *a, struct str file, xlsx_row row, void *arg)
{
    static const struct xml_events book_events = { book_open, NULL, NULL };
    static const struct xml_events sheet_events = { sheet_open, sheet_text, sheet_close };
    struct sheet_reader *r = arena_new_of(a, struct sheet_reader);
    struct str part, folder, relations, sheet;
    struct book book = { .arena = a };
    struct zip z;

    TRY(zip_open(a, file, &z));
    TRY(relate(a, &z, STR(""), STR("_rels/.rels"), (struct relation){ .type = "/officeDocument" },
               &part));
    TRY(xlsx_parse(a, &z, part, &book_events, &book));
    split(a, part, &folder, &relations);
    TRY(relate(a, &z, folder, relations, (struct relation){ .id = book.first_sheet }, &sheet));
    *r = (struct sheet_reader){ .arena = a, .is_1904 = book.is_1904, .row = row, .arg = arg };
    TRY(read_values(r, &z, folder, relations));
    return xlsx_parse(a, &z, sheet, &sheet_events, r);
}
