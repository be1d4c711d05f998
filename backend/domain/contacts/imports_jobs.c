#include "imports.h"

#include "domain/sheets/sheets.h"
#include "fields.h"

#include "contacts_imports.sql.h"

#include <fcntl.h>
#include <unistd.h>

struct import
import_from_row(const struct db_row *row)
{
    return (struct import){
        .id = db_i64(row, 0),
        .filename = db_str(row, 1),
        .state = db_str(row, 2),
        .why = db_str(row, 3),
        .header = db_str(row, 4),
        .mapping = db_str(row, 5),
        .group_id = db_i64(row, 6),
        .read_bytes = db_i64(row, 7),
        .size_bytes = db_i64(row, 8),
        .line_count = db_i64(row, 9),
        .done_count = db_i64(row, 10),
        .new_count = db_i64(row, 11),
        .same_count = db_i64(row, 12),
        .wrong_count = db_i64(row, 13),
        .kept_count = db_i64(row, 14),
        .member_id = db_i64(row, 15),
        .created_at_us = db_time(row, 16),
        .path = db_str(row, 17),
        .divider = db_str(row, 18),
        .is_unpacked = db_bool(row, 19),
    };
}

static struct err
set_state(struct cx *cx, int64_t id, const char *state, const char *why)
{
    return db_exec(cx, &SQL_import_set_state, NULL, P_ID(cx->account), P_I64(id),
                   P_STR(str_of(state)), P_STR(str_of(why)));
}

void
import_queue(struct cx *cx, int64_t id)
{
    jobs_add(cx, "contact.import", jobs_lane("contact_import", id, 0), id, STR(""), 0);
}

struct err
import_start(struct cx *cx, int64_t id, const char *state)
{
    TRY(set_state(cx, id, state, NULL));
    import_queue(cx, id);
    return OK;
}

/* --- reading ------------------------------------------------------------------------ */

/* A piece of the file from where the last one ended. */
static struct err
read_chunk(struct cx *cx, const struct import *import, struct str *out)
{
    char *bytes = arena_alloc(cx->arena, IMPORT_CHUNK);
    int file = open(import_path(cx, import), O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? -1 : pread(file, bytes, IMPORT_CHUNK, import->read_bytes);

    if (file >= 0)
        close(file);
    if (n < 0)
        return FAIL(ERR_CONFLICT, "file_lost");
    *out = (struct str){ bytes, (size_t)n };
    return OK;
}

static struct str
print_cells(struct arena *a, const struct str *cells, int n)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    json_open(&o, '[');
    for (int i = 0; i < n; i++)
        json_put_str(&o, cells[i].p == NULL ? STR("") : cells[i]);
    json_close(&o, ']');
    return buf_str(&buf);
}

/* What a column is called by those who make such files. */
static const struct {
    const char *begins, *means;
} known_columns[] = {
    { "nome", "name" },      { "name", "name" },     { "contato", "name" }, { "cliente", "name" },
    { "telefone", "phone" }, { "celular", "phone" }, { "fone", "phone" },   { "phone", "phone" },
    { "whatsapp", "phone" }, { "numero", "phone" },  { "e-mail", "email" }, { "email", "email" },
    { "observa", "notes" },  { "anota", "notes" },   { "notes", "notes" },
};

/* A first guess, each meaning once; people have the last word. */
static struct str
guess_column(struct cx *cx, const struct field_def *fields, int field_count, struct str title,
             struct str taken)
{
    struct str low = str_lower(cx->arena, title);

    for (size_t i = 0; i < sizeof known_columns / sizeof known_columns[0]; i++)
        if (str_starts(low, str_of(known_columns[i].begins)) &&
            !str_has(taken, str_fmt(cx->arena, "\"%s\"", known_columns[i].means)))
            return str_of(known_columns[i].means);
    for (int i = 0; i < field_count; i++)
        if (str_eq_nocase(fields[i].name, title))
            return str_fmt(cx->arena, "field:%lld", (long long)fields[i].id);
    return STR("");
}

static struct err
finish_reading(struct cx *cx, const struct import *import, struct str header)
{
    struct field_def fields[FIELDS_MAX];
    struct str words[CSV_CELLS_MAX];
    const struct json *titles;
    int field_count;
    size_t n;

    if (import->line_count == 0)
        return set_state(cx, import->id, "failed", "file_empty");
    TRY(fields_load(cx, fields, &field_count));
    TRY(json_parse(cx->arena, header, &titles));
    n = json_len(titles);
    for (size_t i = 0; i < n; i++)
        words[i] = guess_column(cx, fields, field_count, json_text(json_at(titles, i)),
                                print_cells(cx->arena, words, (int)i));
    TRY(db_exec(cx, &SQL_import_map, NULL, P_ID(cx->account), P_I64(import->id),
                db_p_strs(cx->arena, words, n), db_p_id(import->group_id)));
    return set_state(cx, import->id, "mapping", NULL);
}

static struct err
keep_lines(struct cx *cx, const struct import *import, const struct str *lines, size_t n,
           const struct csv *csv, int64_t read_bytes, struct db_param header)
{
    const struct str divider = { &csv->divider, csv->divider == 0 ? 0 : 1 };

    if (n > 0)
        TRY(db_exec(cx, &SQL_import_line_add, NULL, P_ID(cx->account), P_I64(import->id),
                    P_I64(import->line_count + 2), db_p_strs(cx->arena, lines, n)));
    return db_exec(cx, &SQL_import_read, NULL, P_ID(cx->account), P_I64(import->id),
                   P_I64(read_bytes), P_I64(import->line_count + (int64_t)n), header,
                   P_STR(divider));
}

static struct err
unpack_step(struct cx *cx, struct import *import, struct str head, bool *has_more)
{
    struct err e =
        xlsx_is_old(head) ? FAIL(ERR_INVALID, "workbook_old") : import_unpack(cx, import);

    *has_more = e.code == ERR_NONE;
    return e.code == ERR_INVALID ? set_state(cx, import->id, "failed", e.slug) : e;
}

static struct err
read_step(struct cx *cx, struct import *import, bool *has_more)
{
    struct str *lines = arena_array(cx->arena, struct str, IMPORT_BATCH);
    struct str chunk, cells[CSV_CELLS_MAX], header = import->header;
    struct db_param header_param = P_NULL;
    struct csv csv = { .divider = 0 };
    size_t n = 0;
    int cell_count;

    TRY(read_chunk(cx, import, &chunk));
    if (import->read_bytes == 0 && !import->is_unpacked && (xlsx_is(chunk) || xlsx_is_old(chunk)))
        return unpack_step(cx, import, chunk, has_more);
    csv.rest = import->read_bytes == 0 ? csv_after_mark(chunk) : chunk;
    csv.is_last = import->read_bytes + (int64_t)chunk.len >= import->size_bytes;
    /* The head says how cells are divided; later pieces are read as it was. */
    csv.divider = import->divider.len == 1 ? import->divider.p[0] : 0;
    while (n < IMPORT_BATCH) {
        enum csv_step step = csv_next(&csv, cx->arena, cells, &cell_count);

        if (step == CSV_END || step == CSV_PARTIAL)
            break;
        if (step == CSV_TOO_MANY)
            return set_state(cx, import->id, "failed", "too_many_columns");
        if (header.len <= 2) {
            header = print_cells(cx->arena, cells, cell_count);
            header_param = db_p_strs(cx->arena, cells, (size_t)cell_count);
        } else {
            lines[n++] = print_cells(cx->arena, cells, cell_count);
        }
    }
    TRY(keep_lines(cx, import, lines, n, &csv, import->read_bytes + (csv.rest.p - chunk.p),
                   header_param));
    import->line_count += (int64_t)n;
    if (import->line_count > IMPORT_LINES_MAX)
        return set_state(cx, import->id, "failed", "too_many_lines");
    if (csv.rest.len == 0 && csv.is_last)
        return finish_reading(cx, import, header);
    if (csv.rest.p == chunk.p)
        return set_state(cx, import->id, "failed", "line_too_long");
    *has_more = true;
    return OK;
}

/* --- trying ------------------------------------------------------------------------- */

/* What one line means, or what is wrong with it. */
struct meaning {
    struct str name, key, email, notes, fields, why;
    int column;
};

static void
refuse(struct meaning *m, const char *why, int column)
{
    if (m->why.len > 0)
        return;
    m->why = str_of(why);
    m->column = column;
}

/* "5,54999E+12": a spreadsheet's short form, whose last digits are gone. */
static bool
is_shortened(struct str typed)
{
    for (size_t i = 1; i + 1 < typed.len; i++)
        if ((typed.p[i] | 0x20) == 'e' && typed.p[i - 1] >= '0' && typed.p[i - 1] <= '9' &&
            (typed.p[i + 1] == '+' || (typed.p[i + 1] >= '0' && typed.p[i + 1] <= '9')))
            return true;
    return false;
}

static struct str
phone_key(struct arena *a, struct str typed)
{
    struct str key = contacts_identity_key(a, "phone", typed);

    /* Files rarely say the country: ten or eleven digits are ours. */
    return key.len == 10 || key.len == 11
               ? contacts_identity_key(a, "phone", str_fmt(a, "55%.*s", STR_ARG(key)))
               : key;
}

static void
read_field(struct cx *cx, const struct field_def *fields, int n, struct str word, struct str cell,
           int column, struct json_out *o, struct meaning *m)
{
    struct str value;
    int64_t id;

    if (!str_i64((struct str){ word.p + 6, word.len - 6 }, &id))
        return;
    for (int i = 0; i < n; i++) {
        if (fields[i].id != id)
            continue;
        if (field_normalise(cx->arena, &fields[i], cell, &value).code != ERR_NONE)
            refuse(m, "value_invalid", column);
        else if (value.len > 0)
            json_kv_str(o, str_cstr(cx->arena, str_fmt(cx->arena, "%lld", (long long)id)), value);
        else if (fields[i].is_required)
            refuse(m, "required", column);
    }
}

static void
read_cell(struct cx *cx, struct str word, struct str cell, int column, struct meaning *m)
{
    if (str_eq(word, STR("name"))) {
        m->name = str_first_code_points(cell, 120);
    } else if (str_eq(word, STR("phone")) && cell.len > 0) {
        struct str key = phone_key(cx->arena, cell);

        if (is_shortened(cell))
            refuse(m, "phone_shortened", column);
        else if (key.len > 0)
            m->key = key;
        else
            refuse(m, "phone_invalid", column);
    } else if (str_eq(word, STR("email")) && cell.len > 0) {
        m->email = str_first_code_points(cell, 254);
        if (contacts_check_email(cell).code != ERR_NONE)
            refuse(m, "email_invalid", column);
    } else if (str_eq(word, STR("notes"))) {
        m->notes = cell;
    }
}

static struct meaning
read_line(struct cx *cx, const struct json *mapping, const struct json *cells,
          const struct field_def *fields, int field_count)
{
    struct meaning m = { STR(""), STR(""), STR(""), STR(""), STR(""), STR(""), 0 };
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    for (size_t i = 0; i < json_len(mapping); i++) {
        struct str word = json_text(json_at(mapping, i));
        struct str cell = str_trim(json_text(json_at(cells, i)));

        if (cell.p == NULL)
            cell = STR("");
        if (str_starts(word, STR("field:")))
            read_field(cx, fields, field_count, word, cell, (int)i + 1, &o, &m);
        else
            read_cell(cx, word, cell, (int)i + 1, &m);
    }
    json_close(&o, '}');
    m.fields = buf_str(&buf);
    if (m.name.len == 0 && m.key.len == 0 && m.email.len == 0)
        refuse(&m, "required", 1);
    return m;
}

/* Columns of a batch, for one statement. */
struct columns {
    struct str *names, *keys, *emails, *notes, *fields, *whys;
    int64_t *lines, *columns;
};

static struct columns
columns_new(struct arena *a, size_t n)
{
    return (struct columns){
        .names = arena_array(a, struct str, n),
        .keys = arena_array(a, struct str, n),
        .emails = arena_array(a, struct str, n),
        .notes = arena_array(a, struct str, n),
        .fields = arena_array(a, struct str, n),
        .whys = arena_array(a, struct str, n),
        .lines = arena_array(a, int64_t, n),
        .columns = arena_array(a, int64_t, n),
    };
}

static struct err
try_step(struct cx *cx, struct import *import, bool *has_more)
{
    struct field_def fields[FIELDS_MAX];
    const struct json *mapping, *cells;
    struct columns c;
    struct db_rows rows;
    struct db_row tried;
    int field_count;
    size_t n;

    TRY(db_many(cx, &SQL_import_untried, &rows, P_ID(cx->account), P_I64(import->id),
                P_I64(IMPORT_BATCH)));
    n = (size_t)rows.count;
    if (n == 0) {
        TRY(db_exec(cx, &SQL_import_find_repeats, NULL, P_ID(cx->account), P_I64(import->id)));
        return set_state(cx, import->id, "tried", NULL);
    }
    TRY(fields_load(cx, fields, &field_count));
    TRY(json_parse(cx->arena, import->mapping, &mapping));
    c = columns_new(cx->arena, n);
    for (size_t i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);
        struct meaning m;

        TRY(json_parse(cx->arena, db_str(&row, 1), &cells));
        m = read_line(cx, mapping, cells, fields, field_count);
        c.lines[i] = db_i64(&row, 0);
        c.columns[i] = m.column;
        c.names[i] = m.name;
        c.keys[i] = m.key;
        c.emails[i] = m.email;
        c.notes[i] = m.notes;
        c.fields[i] = m.fields;
        c.whys[i] = m.why;
    }
    TRY(db_one(cx, &SQL_import_tried, &tried, P_ID(cx->account), P_I64(import->id),
               db_p_i64s(cx->arena, c.lines, n), db_p_strs(cx->arena, c.whys, n),
               db_p_i64s(cx->arena, c.columns, n), db_p_strs(cx->arena, c.names, n),
               db_p_strs(cx->arena, c.keys, n), db_p_strs(cx->arena, c.emails, n),
               db_p_strs(cx->arena, c.notes, n), db_p_strs(cx->arena, c.fields, n)));
    *has_more = true;
    return OK;
}

/* --- running and undoing ------------------------------------------------------------ */

static struct err
run_step(struct cx *cx, struct import *import, bool *has_more)
{
    struct db_row row;
    struct err e =
        db_one(cx, &SQL_import_run, &row, P_ID(cx->account), P_I64(import->id), P_I64(IMPORT_BATCH),
               P_I64(import->member_id), db_p_id(import->group_id), P_TIME(cx->now_us));

    /* One of them wrote to us in this very moment: the next look finds them. */
    if (e.code == ERR_CONFLICT)
        return FAIL(ERR_RETRY, e.slug);
    TRY(e);
    *has_more = db_i64(&row, 0) > 0;
    return *has_more ? OK : set_state(cx, import->id, "done", NULL);
}

static struct err
undo_step(struct cx *cx, struct import *import, bool *has_more)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_import_undo, &row, P_ID(cx->account), P_I64(import->id),
               P_I64(IMPORT_BATCH), P_I64(import->member_id), P_TIME(cx->now_us)));
    *has_more = db_i64(&row, 0) > 0;
    return *has_more ? OK : set_state(cx, import->id, "undone", NULL);
}

static const struct {
    const char *state;
    struct err (*step)(struct cx *cx, struct import *import, bool *has_more);
} stages[] = {
    { "reading", read_step },
    { "trying", try_step },
    { "running", run_step },
    { "undoing", undo_step },
};

struct err
import_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
            struct job_outcome *out)
{
    bool has_more = false, is_reading;
    struct import import;
    struct db_row row;

    (void)answer;
    TRY(db_one(cx, &SQL_import_lock, &row, P_ID(cx->account), P_I64(job->subject_id)));
    import = import_from_row(&row);
    is_reading = str_eq(import.state, STR("reading"));
    if (!is_reading)
        import_forget_rows(cx, &import);
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++)
        if (str_eq(import.state, str_of(stages[i].state)))
            TRY(stages[i].step(cx, &import, &has_more));
    /* Read to its end: once more, to forget the rows that it was read from. */
    if (has_more || (is_reading && import.is_unpacked)) {
        out->verdict = JOB_LATER;
        out->at_us = cx->now_us;
    }
    return OK;
}

const struct job_kind contact_jobs[] = {
    { .name = "contact.import", .queue = QUEUE_CHORES, .step = import_step },
    { 0 },
};
