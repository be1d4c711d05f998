#include "chat_private.h"

#include "chat_groups.sql.h"

/* "{1,2}" of the database as a list of JSON. */
static void
write_ids(struct json_out *o, const char *key, struct str array)
{
    struct str ids = { array.p + 1, array.len - 2 }, id;
    int64_t v;

    json_key(o, key);
    json_open(o, '[');
    while (ids.len > 0 && str_cut(&ids, ',', &id))
        if (str_i64(id, &v))
            json_put_i64(o, v);
    json_close(o, ']');
}

static void
write_group(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_bool(o, "is_active", db_bool(row, 2));
    json_kv_time(o, "last_at", db_i64(row, 4) > 0 ? db_time(row, 3) : 0);
    write_ids(o, "member_ids", db_str(row, 5));
    write_ids(o, "department_ids", db_str(row, 6));
    json_kv_i64(o, "member_count", db_i64(row, 7));
    json_close(o, '}');
}

static struct err
get_groups(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_chat_group_list, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_group(&o, &row);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct group_body {
    struct str name;
    bool is_active;
    struct json_ids member_ids, department_ids;
};

static const struct json_field group_fields[] = {
    { "name", JSON_STR, true, offsetof(struct group_body, name), 60 },
    { "is_active", JSON_FLAG, false, offsetof(struct group_body, is_active), 0 },
    { "member_ids", JSON_IDS, false, offsetof(struct group_body, member_ids), 500 },
    { "department_ids", JSON_IDS, false, offsetof(struct group_body, department_ids), 100 },
    { 0 },
};

static struct err
answer_group(struct cx *cx, struct res *res, int status, struct chat_id id)
{
    struct db_rows rows;
    struct json_out o;

    TRY(db_many(cx, &SQL_chat_group_list, &rows, P_ID(cx->account)));
    o = res_json_begin(res, status);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        if (db_i64(&row, 0) == id.v)
            write_group(&o, &row);
    }
    return res_json_end(res);
}

static struct err
save(struct cx *cx, struct req *req, struct res *res, struct chat_id id)
{
    struct group_body body = { .is_active = true };
    struct chat_id saved;

    TRY(req_body(req, group_fields, &body));
    TRY(chat_save_group(cx,
                        &(struct internal_group){ .id = id,
                                                  .name = str_trim(body.name),
                                                  .is_active = body.is_active,
                                                  .members = body.member_ids,
                                                  .departments = body.department_ids },
                        &saved));
    return answer_group(cx, res, id.v == 0 ? 201 : 200, saved);
}

static struct err
post_group(struct cx *cx, struct req *req, struct res *res)
{
    return save(cx, req, res, (struct chat_id){ 0 });
}

static struct err
put_group(struct cx *cx, struct req *req, struct res *res)
{
    struct chat_id id;

    TRY(req_path_id(req, "id", &id.v));
    return save(cx, req, res, id);
}

/* Notices ---------------------------------------------------------------------------- */

enum { NOTICES_SHOWN = 50 };

static struct err
get_notices(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct db_row row;
    struct json_out o;
    struct chat_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(db_many(cx, &SQL_chat_group_notices, &rows, P_ID(cx->account), P_ID(id),
                P_I64(NOTICES_SHOWN)));
    if (rows.count == 0)
        TRY(db_one(cx, &SQL_chat_group_exists, &row, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        row = db_row_at(&rows, i);
        json_open(&o, '{');
        json_kv_i64(&o, "seq", db_i64(&row, 0));
        json_kv_id(&o, "author_id", db_i64(&row, 1));
        json_kv_str(&o, "text", db_str(&row, 2));
        json_kv_time(&o, "created_at", db_time(&row, 5));
        json_kv_i64(&o, "read_count", db_i64(&row, 6));
        json_key(&o, "unread_member_ids");
        json_put_raw(&o, db_str(&row, 7));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct notice_body {
    struct str client_key, text;
    int64_t ticket_id;
};

static const struct json_field notice_fields[] = {
    { "client_key", JSON_STR, true, offsetof(struct notice_body, client_key), 64 },
    { "text", JSON_STR, true, offsetof(struct notice_body, text), CHAT_TEXT_MAX },
    { "ticket_id", JSON_ID, false, offsetof(struct notice_body, ticket_id), 0 },
    { 0 },
};

static struct err
post_notice(struct cx *cx, struct req *req, struct res *res)
{
    struct notice_body body = { 0 };
    struct chat_link link = { 0 };
    struct chat_message message;
    struct ticket ticket;
    struct chat_id id;
    bool is_new;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, notice_fields, &body));
    if (body.client_key.len < 8)
        return FAIL_FIELD(ERR_INVALID, "too_short", "client_key");
    if (body.ticket_id != 0) {
        TRY(tickets_get(cx, (struct ticket_id){ body.ticket_id }, &ticket));
        link = (struct chat_link){ CHAT_LINK_TICKET, body.ticket_id };
    }
    TRY(chat_notice(cx, id, body.client_key, str_trim(body.text), link, &message, &is_new));
    return res_json(res, is_new ? 201 : 200, chat_message_write_json, &message);
}

const struct route internal_group_routes[] = {
    { GET, "/api/v1/internal-groups", "internal_groups.manage", TX_READ, get_groups, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/internal-groups", "internal_groups.manage", TX_WRITE, post_group,
      ACCESS_MEMBER, BODY_JSON, "internal_group.created" },
    { PUT, "/api/v1/internal-groups/:id", "internal_groups.manage", TX_WRITE, put_group,
      ACCESS_MEMBER, BODY_JSON, "internal_group.edited" },
    { GET, "/api/v1/internal-groups/:id/notices", "internal_groups.manage", TX_READ, get_notices,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/internal-groups/:id/notices", "internal_groups.manage", TX_WRITE, post_notice,
      ACCESS_MEMBER, BODY_JSON, "internal_group.notified" },
    { 0 },
};
