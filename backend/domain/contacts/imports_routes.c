#include "imports.h"

#include "contacts_private.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/sheets/sheets.h"
#include "fields.h"

#include "contacts_imports.sql.h"

static void
write_import(struct json_out *o, const struct import *m)
{
    json_kv_i64(o, "id", m->id);
    json_kv_str(o, "filename", m->filename);
    json_kv_str(o, "state", m->state);
    json_kv_str(o, "why", m->why);
    json_key(o, "header");
    json_put_raw(o, m->header);
    json_key(o, "mapping");
    json_put_raw(o, m->mapping);
    json_kv_id(o, "group_id", m->group_id);
    json_kv_i64(o, "read_bytes", m->read_bytes);
    json_kv_i64(o, "size_bytes", m->size_bytes);
    json_kv_i64(o, "line_count", m->line_count);
    json_kv_i64(o, "done_count", m->done_count);
    json_kv_i64(o, "new_count", m->new_count);
    json_kv_i64(o, "same_count", m->same_count);
    json_kv_i64(o, "wrong_count", m->wrong_count);
    json_kv_i64(o, "kept_count", m->kept_count);
    json_kv_i64(o, "member_id", m->member_id);
    json_kv_time(o, "created_at", m->created_at_us);
}

static struct err
get_imports(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_import_list, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct import import = import_from_row(&row);

        json_open(&o, '{');
        write_import(&o, &import);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* With its first lines, so that people see what a column holds. */
static struct err
answer_import(struct cx *cx, struct res *res, int status, int64_t id)
{
    struct db_rows samples;
    struct import import;
    struct json_out o;
    struct db_row row;

    db_ask(cx, &SQL_import_samples, &samples, P_ID(cx->account), P_I64(id));
    TRY(db_one(cx, &SQL_import_get, &row, P_ID(cx->account), P_I64(id)));
    import = import_from_row(&row);
    o = res_json_begin(res, status);
    json_open(&o, '{');
    write_import(&o, &import);
    json_key(&o, "samples");
    json_open(&o, '[');
    for (int i = 0; i < samples.count; i++) {
        struct db_row sample = db_row_at(&samples, i);

        json_put_raw(&o, db_str(&sample, 0));
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_import(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    return answer_import(cx, res, 200, id);
}

struct import_body {
    int64_t attachment_id, group_id;
    struct json_strs mapping;
};

static struct err
post_import(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "attachment_id", JSON_ID, true, offsetof(struct import_body, attachment_id), 0 },
        { 0 },
    };
    struct import_body body = { 0 };
    struct db_row file, row;
    bool found;

    TRY(req_body(req, fields, &body));
    TRY(db_opt(cx, &SQL_import_file, &found, &file, P_ID(cx->account), P_I64(body.attachment_id),
               P_ID(cx->member)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    if (db_i64(&file, 2) > IMPORT_BYTES_MAX)
        return FAIL_FIELD(ERR_TOO_LARGE, "file_too_large", "attachment_id");
    TRY(db_one(cx, &SQL_import_add, &row, P_ID(cx->account), P_STR(db_str(&file, 1)),
               P_STR(db_str(&file, 0)), P_I64(db_i64(&file, 2)), P_ID(cx->member),
               P_TIME(cx->now_us)));
    import_queue(cx, db_i64(&row, 0));
    audit_add(cx, "contact_import.uploaded", "contact_import", db_i64(&row, 0), STR(""));
    return answer_import(cx, res, 201, db_i64(&row, 0));
}

/* Held, in one of these states. */
static struct err
hold(struct cx *cx, struct req *req, const char *const *states, struct import *out)
{
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_import_lock, &row, P_ID(cx->account), P_I64(id)));
    *out = import_from_row(&row);
    for (; *states != NULL; states++)
        if (str_eq(out->state, str_of(*states)))
            return OK;
    return FAIL(ERR_CONFLICT, "import_elsewhere");
}

static struct err
check_word(const struct field_def *fields, int n, struct str word)
{
    static const char *const words[] = { "", "name", "phone", "email", "notes" };
    int64_t id;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(word, str_of(words[i])))
            return OK;
    if (str_starts(word, STR("field:")) && str_i64((struct str){ word.p + 6, word.len - 6 }, &id))
        for (int i = 0; i < n; i++)
            if (fields[i].id == id)
                return OK;
    return FAIL_FIELD(ERR_INVALID, "unknown_value", "mapping");
}

/* Each meaning once, and something to know people by. */
static struct err
check_mapping(struct cx *cx, const struct import *import, struct json_strs mapping)
{
    struct field_def fields[FIELDS_MAX];
    const struct json *header;
    bool has_anybody = false;
    int n;

    TRY(json_parse(cx->arena, import->header, &header));
    if (mapping.n != json_len(header))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "mapping");
    TRY(fields_load(cx, fields, &n));
    for (size_t i = 0; i < mapping.n; i++) {
        TRY(check_word(fields, n, mapping.v[i]));
        for (size_t j = 0; j < i; j++)
            if (mapping.v[i].len > 0 && str_eq(mapping.v[i], mapping.v[j]))
                return FAIL_FIELD(ERR_INVALID, "mapped_twice", "mapping");
        has_anybody =
            has_anybody || str_eq(mapping.v[i], STR("name")) || str_eq(mapping.v[i], STR("phone"));
    }
    return has_anybody ? OK : FAIL_FIELD(ERR_INVALID, "name_or_phone_needed", "mapping");
}

static struct err
post_try(struct cx *cx, struct req *req, struct res *res)
{
    static const char *const states[] = { "mapping", "tried", NULL };
    static const struct json_field fields[] = {
        { "mapping", JSON_STRS, true, offsetof(struct import_body, mapping), CSV_CELLS_MAX },
        { "group_id", JSON_ID, false, offsetof(struct import_body, group_id), 0 },
        { 0 },
    };
    struct import_body body = { 0 };
    struct import import;
    struct db_row row;
    bool found = true;

    TRY(req_body(req, fields, &body));
    TRY(hold(cx, req, states, &import));
    TRY(check_mapping(cx, &import, body.mapping));
    if (body.group_id != 0)
        TRY(db_opt(cx, &SQL_import_group, &found, &row, P_ID(cx->account), P_I64(body.group_id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "group_unknown", "group_id");
    TRY(db_exec(cx, &SQL_import_map, NULL, P_ID(cx->account), P_I64(import.id),
                db_p_strs(cx->arena, body.mapping.v, body.mapping.n), db_p_id(body.group_id)));
    import_queue(cx, import.id);
    audit_add(cx, "contact_import.tried", "contact_import", import.id, STR(""));
    return answer_import(cx, res, 200, import.id);
}

static struct err
move_on(struct cx *cx, struct req *req, struct res *res, const char *const *from, const char *to,
        const char *action)
{
    struct audit_change change = { 0 };
    struct import import;

    TRY(hold(cx, req, from, &import));
    TRY(import_start(cx, import.id, to));
    audit_number(&change, "lines", 0, import.line_count);
    audit_changed(cx, action, "contact_import", import.id, &change);
    return answer_import(cx, res, 200, import.id);
}

static struct err
post_run(struct cx *cx, struct req *req, struct res *res)
{
    static const char *const states[] = { "tried", NULL };

    return move_on(cx, req, res, states, "running", "contact_import.started");
}

/* What is done stays done, and can be undone. */
static struct err
post_cancel(struct cx *cx, struct req *req, struct res *res)
{
    static const char *const states[] = {
        "reading", "mapping", "trying", "tried", "running", NULL
    };

    return move_on(cx, req, res, states, "canceled", "contact_import.canceled");
}

static struct err
post_undo(struct cx *cx, struct req *req, struct res *res)
{
    static const char *const states[] = { "done", "canceled", NULL };

    return move_on(cx, req, res, states, "undoing", "contact_import.undone");
}

static void
add_cells(struct cx *cx, struct buf *out, struct str cells)
{
    const struct json *list;

    if (json_parse(cx->arena, cells, &list).code != ERR_NONE)
        return;
    for (size_t i = 0; i < json_len(list); i++)
        csv_put(out, json_text(json_at(list, i)), i + 1 == json_len(list) ? '\n' : ';');
}

/* The lines that were wrong as a file: why in front, the cells behind, to be mended and sent again. */
static struct err
get_errors(struct cx *cx, struct req *req, struct res *res)
{
    struct buf out = { .arena = cx->arena };
    struct import import;
    struct db_rows rows;
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_import_get, &row, P_ID(cx->account), P_I64(id)));
    import = import_from_row(&row);
    TRY(db_many(cx, &SQL_import_wrong, &rows, P_ID(cx->account), P_I64(id)));
    buf_add(&out, STR("\xEF\xBB\xBF\"line\";\"column\";\"reason\";"));
    add_cells(cx, &out, import.header);
    for (int i = 0; i < rows.count; i++) {
        struct db_row line = db_row_at(&rows, i);

        buf_fmt(&out, "%lld;%lld;", (long long)db_i64(&line, 0), (long long)db_i64(&line, 1));
        csv_put(&out, db_str(&line, 2), ';');
        add_cells(cx, &out, db_str(&line, 3));
    }
    res_header(
        res, "Content-Disposition",
        str_fmt(cx->arena, "attachment; filename=\"import-%lld-errors.csv\"", (long long)id));
    return res_text(res, 200, "text/csv; charset=utf-8", buf_str(&out));
}

const struct route imports_routes[] = {
    { GET, "/api/v1/contact-imports", "contacts.import", TX_READ, get_imports, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contact-imports", "contacts.import", TX_WRITE, post_import, ACCESS_MEMBER,
      BODY_JSON, "contact_import.uploaded" },
    { GET, "/api/v1/contact-imports/:id", "contacts.import", TX_READ, get_import, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contact-imports/:id/try", "contacts.import", TX_WRITE, post_try, ACCESS_MEMBER,
      BODY_JSON, "contact_import.tried" },
    { POST, "/api/v1/contact-imports/:id/run", "contacts.import", TX_WRITE, post_run, ACCESS_MEMBER,
      BODY_NONE, "contact_import.started" },
    { POST, "/api/v1/contact-imports/:id/cancel", "contacts.import", TX_WRITE, post_cancel,
      ACCESS_MEMBER, BODY_NONE, "contact_import.canceled" },
    { POST, "/api/v1/contact-imports/:id/undo", "contacts.import", TX_WRITE, post_undo,
      ACCESS_MEMBER, BODY_NONE, "contact_import.undone" },
    { GET, "/api/v1/contact-imports/:id/errors", "contacts.import", TX_READ, get_errors,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
