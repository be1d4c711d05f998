#include "audit_query.h"

#include "base/clock.h"

#include "audit.sql.h"

enum { COL_SEQ = 14, COL_HASH, COL_NAME };

#define CURSOR_MAX_US INT64_C(4102444800000000) /* the year 2100 */

struct err
audit_query_times(struct audit_query *query, struct str from, struct str to)
{
    if (from.len > 0 && !clock_parse(from, &query->from_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "from");
    if (to.len > 0 && !clock_parse(to, &query->to_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "to");
    return OK;
}

struct err
audit_query_cursor(struct audit_query *query, struct str after)
{
    struct str us;

    if (after.len == 0)
        return OK;
    if (!str_cut(&after, '.', &us) || us.len == 0 || after.len == 0 ||
        !str_i64(us, &query->after_us) || !str_i64(after, &query->after_id) ||
        query->after_us <= 0 || query->after_us > CURSOR_MAX_US || query->after_id <= 0)
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return OK;
}

struct err
audit_query_check(const struct audit_query *query)
{
    if (query->subject_id != 0 && query->subject_kind.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "subject_kind");
    return OK;
}

/* By the filter that leaves least. */
static const struct db_stmt *
statement_of(const struct audit_query *query)
{
    if (query->subject_id != 0)
        return &SQL_audit_by_subject;
    if (query->actor_id != 0)
        return &SQL_audit_by_actor;
    if (query->action.len > 0)
        return &SQL_audit_by_action;
    return &SQL_audit_by_time;
}

static struct db_param
text_or_null(struct str s)
{
    return s.len == 0 ? P_NULL : P_STR(s);
}

struct err
audit_find(struct cx *cx, const struct audit_query *query, struct db_rows *rows)
{
    return db_many(cx, statement_of(query), rows, P_ID(cx->account), text_or_null(query->action),
                   db_p_id(query->actor_id), text_or_null(query->subject_kind),
                   db_p_id(query->subject_id), P_TIME(query->from_us), P_TIME(query->to_us),
                   P_TIME(query->after_us), db_p_id(query->after_id), P_I64(query->limit));
}

struct err
audit_get(struct cx *cx, int64_t id, struct audit_said *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_audit_get, &row, P_ID(cx->account), P_I64(id)));
    *out = (struct audit_said){ .subject_kind = db_str(&row, 0),
                                .subject_id = db_i64(&row, 1),
                                .detail = db_str(&row, 2) };
    return OK;
}

struct audit_found
audit_found_at(struct cx *cx, const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);
    struct audit_found found = {
        .row = audit_row_from(&row, 0),
        .seq = db_i64(&row, COL_SEQ),
        .actor_name = db_str(&row, COL_NAME),
    };
    struct audit_hash hash;

    if (audit_hash_from(cx, &row, COL_HASH, &hash))
        found.hash = crypto_hex(cx->arena, hash.v, sizeof hash.v);
    return found;
}

struct str
audit_cursor(struct arena *a, const struct audit_row *row)
{
    return str_fmt(a, "%lld.%lld", (long long)row->at_us, (long long)row->id);
}

static void
write_number(struct json_out *o, const char *key, struct audit_number n)
{
    json_key(o, key);
    if (n.is_null)
        json_put_null(o);
    else
        json_put_i64(o, n.v);
}

static struct str
or_null(struct str s)
{
    return s.len == 0 ? (struct str){ 0 } : s;
}

void
audit_write_row(struct json_out *o, const struct audit_found *found)
{
    const struct audit_row *row = &found->row;

    json_open(o, '{');
    json_kv_i64(o, "id", row->id);
    json_kv_time(o, "at", row->at_us);
    json_kv_str(o, "action", row->action);
    json_kv_str(o, "actor_kind", row->actor_kind);
    write_number(o, "actor_id", row->actor_id);
    json_kv_str(o, "actor_name", found->actor_name);
    write_number(o, "session_id", row->session_id);
    write_number(o, "token_id", row->token_id);
    json_kv_str(o, "address", row->address);
    write_number(o, "port", row->port);
    json_kv_str(o, "request_id", row->request_id);
    json_kv_str(o, "subject_kind", row->subject_kind);
    write_number(o, "subject_id", row->subject_id);
    json_key(o, "detail");
    if (row->detail.len == 0)
        json_put_null(o);
    else
        json_put_raw(o, row->detail);
    json_kv_id(o, "seq", found->seq);
    json_kv_str(o, "hash", or_null(found->hash));
    json_close(o, '}');
}
