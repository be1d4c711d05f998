#include "audit_query.h"

#include "audit.sql.h"

static struct err
read_query(const struct req *req, struct audit_query *out)
{
    *out = (struct audit_query){
        .action = req_query(req, "action"),
        .subject_kind = req_query(req, "subject_kind"),
        .limit = 40,
    };
    TRY(req_query_i64(req, "actor", 1, INT64_MAX, &out->actor_id));
    TRY(req_query_i64(req, "subject_id", 1, INT64_MAX, &out->subject_id));
    TRY(req_query_i64(req, "limit", 1, AUDIT_PAGE_MAX, &out->limit));
    TRY(audit_query_times(out, req_query(req, "from"), req_query(req, "to")));
    TRY(audit_query_cursor(out, req_query(req, "after")));
    return audit_query_check(out);
}

static struct err
get_audit(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_query query;
    struct audit_found found;
    struct db_rows rows;
    struct json_out o;
    int shown;

    TRY(read_query(req, &query));
    query.limit++; /* one more tells whether there is a next page */
    TRY(audit_find(cx, &query, &rows));
    shown = rows.count < query.limit ? rows.count : (int)query.limit - 1;
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < shown; i++) {
        found = audit_found_at(cx, &rows, i);
        audit_write_row(&o, &found);
    }
    json_close(&o, ']');
    json_kv_str(&o, "next",
                shown < rows.count ? audit_cursor(cx->arena, &found.row) : (struct str){ 0 });
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_state(struct cx *cx, struct req *req, struct res *res)
{
    uint8_t key[CRYPTO_ATTEST_KEY_BYTES];
    struct db_row row;
    struct json_out o;

    (void)req;
    TRY(db_one(cx, &SQL_audit_state, &row, P_ID(cx->account)));
    crypto_attest_key(key);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "sealed_seq", db_i64(&row, 0));
    json_kv_time(&o, "sealed_until", db_time(&row, 1));
    json_kv_time(&o, "oldest_unsealed_at", db_time(&row, 2));
    json_kv_i64(&o, "verified_seq", db_i64(&row, 3));
    json_kv_time(&o, "verified_at", db_time(&row, 4));
    json_kv_str(&o, "fault", db_str(&row, 5));
    json_kv_id(&o, "fault_seq", db_i64(&row, 6));
    json_kv_i64(&o, "kept_years", db_i64(&row, 7));
    json_kv_str(&o, "public_key", crypto_hex(cx->arena, key, sizeof key));
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- how long it is kept --------------------------------------------------------------- */

enum { YEARS_LEAST = 1, YEARS_MOST = 10 };

struct retention_body {
    int64_t audit_years;
};

static const struct json_field retention_fields[] = {
    { "audit_years", JSON_I64, true, offsetof(struct retention_body, audit_years), 0 },
    { 0 },
};

/* What is older than fewer years goes with the next round of the chore: forget.c. */
static struct err
patch_retention(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct retention_body body = { 0 };
    struct db_row row;
    struct json_out o;

    TRY(req_body(req, retention_fields, &body));
    if (body.audit_years < YEARS_LEAST || body.audit_years > YEARS_MOST)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "audit_years");
    TRY(db_one(cx, &SQL_audit_years_lock, &row, P_ID(cx->account)));
    db_queue(cx, &SQL_audit_years_set, P_ID(cx->account), P_I64(body.audit_years));
    audit_number(&change, "audit_years", db_i64(&row, 0), body.audit_years);
    audit_changed(cx, "retention.edited", "account", cx->account.v, &change);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "audit_years", body.audit_years);
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- export -------------------------------------------------------------------------- */

struct export_body {
    struct str format, action, subject_kind, from, to, after;
    int64_t actor, subject_id;
};

static const struct json_field export_fields[] = {
    { "format", JSON_STR, true, offsetof(struct export_body, format) },
    { "action", JSON_STR, false, offsetof(struct export_body, action) },
    { "actor", JSON_ID, false, offsetof(struct export_body, actor) },
    { "subject_kind", JSON_STR, false, offsetof(struct export_body, subject_kind) },
    { "subject_id", JSON_ID, false, offsetof(struct export_body, subject_id) },
    { "from", JSON_STR, false, offsetof(struct export_body, from) },
    { "to", JSON_STR, false, offsetof(struct export_body, to) },
    { "after", JSON_STR, false, offsetof(struct export_body, after) },
    { 0 },
};

/* That it was exported, by which filters and how much. */
static void
leave_trail(struct cx *cx, const struct export_body *body, int rows)
{
    struct audit_change change = { 0 };
    const struct str none = { 0 };

    audit_text(&change, "action", none, body->action);
    audit_id(&change, "actor", 0, body->actor);
    audit_text(&change, "format", none, body->format);
    audit_text(&change, "from", none, body->from);
    audit_id(&change, "rows", 0, rows);
    audit_id(&change, "subject_id", 0, body->subject_id);
    audit_text(&change, "subject_kind", none, body->subject_kind);
    audit_text(&change, "to", none, body->to);
    audit_changed(cx, "audit.exported", "account", cx->account.v, &change);
}

static struct err
post_export(struct cx *cx, struct req *req, struct res *res)
{
    struct export_body body = { 0 };
    struct audit_query query;
    struct db_rows rows;
    struct buf file = { .arena = cx->arena };
    bool is_csv;

    TRY(req_body(req, export_fields, &body));
    is_csv = str_eq(body.format, STR("csv"));
    if (!is_csv && !str_eq(body.format, STR("jsonl")))
        return FAIL_FIELD(ERR_INVALID, "format_unknown", "format");
    query = (struct audit_query){ .action = body.action,
                                  .actor_id = body.actor,
                                  .subject_kind = body.subject_kind,
                                  .subject_id = body.subject_id,
                                  .limit = AUDIT_EXPORT_MAX };
    TRY(audit_query_times(&query, body.from, body.to));
    TRY(audit_query_cursor(&query, body.after));
    TRY(audit_query_check(&query));
    TRY(audit_find(cx, &query, &rows));
    if (is_csv)
        audit_write_csv(cx, &file, &rows);
    else
        TRY(audit_write_jsonl(cx, &file, &rows));
    leave_trail(cx, &body, rows.count);
    if (rows.count == AUDIT_EXPORT_MAX) {
        struct audit_found last = audit_found_at(cx, &rows, rows.count - 1);

        res_header(res, "Balcao-Next", audit_cursor(cx->arena, &last.row));
    }
    res_header(res, "Content-Disposition",
               is_csv ? STR("attachment; filename=\"audit.csv\"")
                      : STR("attachment; filename=\"audit.jsonl\""));
    return res_text(res, 200, is_csv ? "text/csv; charset=utf-8" : "application/x-ndjson",
                    buf_str(&file));
}

const struct route audit_routes[] = {
    { GET, "/api/v1/audit", "audit.view", TX_READ, get_audit, ACCESS_MEMBER, BODY_NONE, NULL },
    { GET, "/api/v1/audit/state", "audit.view", TX_READ, get_state, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/audit/export", "audit.export", TX_WRITE, post_export, ACCESS_MEMBER, BODY_JSON,
      "audit.exported" },
    { PATCH, "/api/v1/retention", "retention.manage", TX_WRITE, patch_retention, ACCESS_MEMBER,
      BODY_JSON, "retention.edited" },
    { 0 },
};
