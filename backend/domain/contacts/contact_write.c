/* The contact as screens see it, and what its edits share. */
#include "contacts_private.h"

#include "domain/events/events.h"

#include "contacts.sql.h"
#include "contacts_edit.sql.h"

enum contact_column {
    COL_ID,
    COL_NAME,
    COL_EMAIL,
    COL_NOTES,
    COL_CREATED_AT,
    COL_ACTIVE_AT,
    COL_CONSENT,
    COL_BLOCKED_AT,
    COL_BLOCKED_BY,
    COL_BLOCK_REASON,
    COL_BLOCKED_COUNT,
    COL_DELETED_AT,
    COL_DELETED_BY,
    COL_DELETE_REASON,
    COL_MERGED_INTO,
    COL_SAVED,
    COL_BIRTH_ON
};

static void
write_identities(struct json_out *o, const struct db_rows *rows)
{
    json_key(o, "identities");
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row identity = db_row_at(rows, i);

        json_open(o, '{');
        json_kv_i64(o, "id", db_i64(&identity, 0));
        json_kv_str(o, "kind", db_str(&identity, 1));
        json_kv_str(o, "address", db_str(&identity, 2));
        json_kv_bool(o, "is_verified", db_bool(&identity, 3));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_values(struct json_out *o, const struct db_rows *rows)
{
    json_key(o, "fields");
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row value = db_row_at(rows, i);

        json_open(o, '{');
        json_kv_i64(o, "field_id", db_i64(&value, 0));
        json_kv_str(o, "value", db_str(&value, 1));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_groups(struct json_out *o, const struct db_rows *rows)
{
    json_key(o, "group_ids");
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row group = db_row_at(rows, i);

        json_put_i64(o, db_i64(&group, 0));
    }
    json_close(o, ']');
}

/* Blocked and deleted are told whole, or as null. */
static void
write_marks(struct json_out *o, const struct db_row *row)
{
    json_key(o, "blocked");
    if (db_is_null(row, COL_BLOCKED_AT)) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        json_kv_time(o, "at", db_time(row, COL_BLOCKED_AT));
        json_kv_id(o, "by", db_i64(row, COL_BLOCKED_BY));
        json_kv_str(o, "reason", db_str(row, COL_BLOCK_REASON));
        json_kv_i64(o, "kept_messages", db_i64(row, COL_BLOCKED_COUNT));
        json_close(o, '}');
    }
    json_key(o, "deleted");
    if (db_is_null(row, COL_DELETED_AT)) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        json_kv_time(o, "at", db_time(row, COL_DELETED_AT));
        json_kv_id(o, "by", db_i64(row, COL_DELETED_BY));
        json_kv_str(o, "reason", db_str(row, COL_DELETE_REASON));
        json_kv_id(o, "merged_into", db_i64(row, COL_MERGED_INTO));
        json_close(o, '}');
    }
}

struct err
contact_answer(struct cx *cx, struct res *res, int status, struct contact_id id)
{
    struct db_rows identities, values, groups;
    struct db_row row;
    struct json_out o;

    db_ask(cx, &SQL_contact_identities_list, &identities, P_ID(cx->account), P_ID(id));
    db_ask(cx, &SQL_contact_values_list, &values, P_ID(cx->account), P_ID(id));
    db_ask(cx, &SQL_contact_groups_of, &groups, P_ID(cx->account), P_ID(id));
    TRY(db_one(cx, &SQL_contact_get, &row, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, status);
    json_open(&o, '{');
    json_kv_i64(&o, "id", db_i64(&row, COL_ID));
    json_kv_str(&o, "name", db_str(&row, COL_NAME));
    json_kv_str(&o, "email", db_str(&row, COL_EMAIL));
    json_kv_str(&o, "notes", db_str(&row, COL_NOTES));
    json_kv_time(&o, "created_at", db_time(&row, COL_CREATED_AT));
    json_kv_time(&o, "active_at", db_time(&row, COL_ACTIVE_AT));
    json_kv_str(&o, "consent", db_str(&row, COL_CONSENT));
    json_kv_bool(&o, "is_saved", db_bool(&row, COL_SAVED));
    json_kv_str(&o, "birth_on", db_str(&row, COL_BIRTH_ON));
    write_marks(&o, &row);
    write_identities(&o, &identities);
    write_values(&o, &values);
    write_groups(&o, &groups);
    json_close(&o, '}');
    return res_json_end(res);
}

void
contact_tell(struct cx *cx, struct contact_id id)
{
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_i64(&o, "contact_id", id.v);
    json_close(&o, '}');
    events_tell_members(cx, "contact.changed", buf_str(&buf));
}

struct err
contact_lock(struct cx *cx, struct contact_id id)
{
    struct db_row row;

    db_assert_tx(cx);
    return db_one(cx, &SQL_contact_lock, &row, P_ID(cx->account), P_ID(id));
}

struct err
contacts_require_all(struct cx *cx, struct json_ids ids)
{
    struct db_row row;

    if (ids.n == 0)
        return OK;
    TRY(db_one(cx, &SQL_contacts_seen, &row, P_ID(cx->account),
               db_p_i64s(cx->arena, ids.v, ids.n)));
    return db_i64(&row, 0) == (int64_t)ids.n
               ? OK
               : FAIL_FIELD(ERR_NOT_FOUND, "contact_unknown", "contact_ids");
}
