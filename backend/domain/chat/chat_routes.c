#include "chat_private.h"

#include "base/clock.h"
#include "domain/auth/auth.h"
#include "domain/events/events.h"

#include "chat.sql.h"

/* Colleagues talk by name: a service is nobody. */
static struct err
require_person(struct cx *cx)
{
    return cx->member.v == 0 ? FAIL(ERR_FORBIDDEN, "token_not_allowed") : OK;
}

static void
write_last(struct json_out *o, const struct chat_message *last)
{
    json_key(o, "last");
    if (last->seq == 0)
        json_put_null(o);
    else
        chat_message_write_json(o, last);
}

static void
chat_write_json(struct json_out *o, const void *value)
{
    const struct chat *c = value;
    bool is_group = c->group_name.p != NULL;

    json_open(o, '{');
    json_kv_i64(o, "id", c->id.v);
    json_kv_str(o, "kind", is_group ? STR("group") : STR("pair"));
    json_kv_str(o, "name", is_group ? c->group_name : c->other_name);
    json_kv_id(o, "member_id", c->other.v);
    json_kv_id(o, "photo_id", c->other_photo_id);
    json_kv_bool(o, "is_open", c->is_open);
    json_kv_i64(o, "member_count", is_group ? c->member_count : 2);
    json_kv_i64(o, "last_seq", c->last_seq);
    json_kv_i64(o, "read_seq", c->read_seq);
    json_kv_i64(o, "other_read_seq", c->other_read_seq);
    json_kv_time(o, "last_at", c->last_at_us);
    write_last(o, &c->last);
    json_close(o, '}');
}

/* "<µs>_<id>": where a page of the list ended. */
static bool
read_cursor(struct str text, int64_t *at_us, int64_t *id)
{
    struct str first;

    return str_cut(&text, '_', &first) && str_i64(first, at_us) && str_i64(text, id) &&
           *at_us > 0 && *id > 0;
}

static struct err
get_chats(struct cx *cx, struct req *req, struct res *res)
{
    struct str words = str_trim(req_query(req, "q")), after = req_query(req, "after");
    int64_t limit = 50, at_us = 0, before_id = 0;
    struct chat chat = { 0 };
    struct db_rows rows;
    struct json_out o;
    int n;

    TRY(req_query_i64(req, "limit", 1, 100, &limit));
    if (str_code_points(words) > 100)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    if (after.len > 0 && !read_cursor(after, &at_us, &before_id))
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    TRY(db_many(cx, &SQL_chat_list, &rows, P_ID(cx->account),
                words.len == 0 ? P_NULL : P_STR(words), P_TIME(at_us), db_p_id(before_id),
                P_I64(limit + 1)));
    n = rows.count > limit ? (int)limit : rows.count;
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, i);

        chat = chat_from_row(&row);
        chat.last = chat_message_from_row(&row, 12);
        chat_write_json(&o, &chat);
    }
    json_close(&o, ']');
    json_kv_str(&o, "next",
                rows.count > n ? str_fmt(cx->arena, "%lld_%lld", (long long)chat.last_at_us,
                                         (long long)chat.id.v)
                               : (struct str){ 0 });
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_chat(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = { { "member_id", JSON_ID, true, 0, 0 }, { 0 } };
    struct member_id other = { 0 };
    struct chat chat;

    TRY(require_person(cx));
    TRY(req_body(req, fields, &other.v));
    TRY(chat_open(cx, other, &chat));
    return res_json(res, 200, chat_write_json, &chat);
}

static struct err
get_chat(struct cx *cx, struct req *req, struct res *res)
{
    struct chat_id id;
    struct chat chat;

    TRY(req_path_id(req, "id", &id.v));
    TRY(chat_get(cx, id, &chat));
    return res_json(res, 200, chat_write_json, &chat);
}

static struct err
get_unread(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_chat_unread, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "chat_id", db_i64(&row, 0));
        json_kv_i64(&o, "last_seq", db_i64(&row, 1));
        json_kv_i64(&o, "read_seq", db_i64(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_people(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_chat_people, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "member_id", db_i64(&row, 0));
        json_kv_str(&o, "name", db_str(&row, 1));
        json_kv_id(&o, "photo_id", db_i64(&row, 2));
        json_kv_id(&o, "chat_id", db_i64(&row, 3));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* The thread ------------------------------------------------------------------------ */

struct window {
    int64_t before, after, limit;
    bool goes_up;
};

/* Without either: the last ones. */
static struct err
read_window(const struct req *req, struct window *out)
{
    *out = (struct window){ .before = INT32_MAX, .limit = 50 };
    TRY(req_query_i64(req, "limit", 1, 100, &out->limit));
    TRY(req_query_i64(req, "before", 1, INT32_MAX, &out->before));
    out->goes_up = req_query(req, "after").p != NULL;
    return req_query_i64(req, "after", 0, INT32_MAX, &out->after);
}

static struct err
get_messages(struct cx *cx, struct req *req, struct res *res)
{
    struct window w;
    struct chat_id id;
    struct chat chat;
    struct db_rows rows;
    struct json_out o;
    int64_t first = 0, last = 0;
    int n;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_window(req, &w));
    TRY(db_many(cx, w.goes_up ? &SQL_chat_newer : &SQL_chat_older, &rows, P_ID(cx->account),
                P_ID(id), P_I64(w.goes_up ? w.after : w.before), P_I64(w.limit + 1)));
    if (rows.count == 0)
        TRY(chat_get(cx, id, &chat)); /* nothing said, or nothing there? */
    n = rows.count > w.limit ? (int)w.limit : rows.count;
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, w.goes_up ? i : n - 1 - i);
        struct chat_message message = chat_message_from_row(&row, 0);

        first = i == 0 ? message.seq : first;
        last = message.seq;
        chat_message_write_json(&o, &message);
    }
    json_close(&o, ']');
    json_kv_bool(&o, "has_older", w.goes_up ? first > 1 : rows.count > n);
    json_kv_bool(&o, "has_newer",
                 w.goes_up ? rows.count > n
                           : last > 0 && last + 1 < w.before && w.before != INT32_MAX);
    json_close(&o, '}');
    return res_json_end(res);
}

struct say_body {
    struct str client_key, text;
    int64_t attachment_id;
};

static const struct json_field say_fields[] = {
    { "client_key", JSON_STR, true, offsetof(struct say_body, client_key), 64 },
    { "text", JSON_STR, false, offsetof(struct say_body, text), CHAT_TEXT_MAX },
    { "attachment_id", JSON_ID, false, offsetof(struct say_body, attachment_id), 0 },
    { 0 },
};

static struct err
post_message(struct cx *cx, struct req *req, struct res *res)
{
    struct say_body body = { .text = STR("") };
    struct chat_message message;
    struct chat_id id;
    bool is_new;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, say_fields, &body));
    if (body.client_key.len < 8)
        return FAIL_FIELD(ERR_INVALID, "too_short", "client_key");
    TRY(chat_say(cx, id,
                 &(struct chat_post){ .client_key = body.client_key,
                                      .text = str_trim(body.text),
                                      .file_id = body.attachment_id },
                 &message, &is_new));
    return res_json(res, is_new ? 201 : 200, chat_message_write_json, &message);
}

static struct err
post_read(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = { { "seq", JSON_I64, true, 0, 0 }, { 0 } };
    struct chat_id id;
    int64_t seq = 0;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &seq));
    if (seq < 0 || seq > INT32_MAX)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "seq");
    TRY(chat_read(cx, id, seq));
    return res_empty(res, 204);
}

static struct err
post_typing(struct cx *cx, struct req *req, struct res *res)
{
    struct json_out o;
    struct chat_id id;
    struct chat chat;
    struct buf buf;

    TRY(req_path_id(req, "id", &id.v));
    TRY(chat_get(cx, id, &chat));
    if (chat.group_name.p != NULL)
        return FAIL(ERR_CONFLICT, "chat_is_notices");
    o = events_payload(cx, &buf);
    json_kv_i64(&o, "chat_id", id.v);
    json_kv_i64(&o, "member_id", cx->member.v);
    json_close(&o, '}');
    chat_tell(cx, "chat.typing", chat.hearers, buf_str(&buf));
    return res_empty(res, 204);
}

static struct err
get_readers(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;
    struct chat_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(db_many(cx, &SQL_chat_readers, &rows, P_ID(cx->account), P_ID(id)));
    if (rows.count == 0) /* whoever may ask is one of them */
        return FAIL(ERR_NOT_FOUND, "not_found");
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "member_id", db_i64(&row, 0));
        json_kv_str(&o, "name", db_str(&row, 1));
        json_kv_i64(&o, "read_seq", db_i64(&row, 2));
        json_kv_time(&o, "read_at", db_time(&row, 3));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* Files ------------------------------------------------------------------------------- */

static struct err
put_upload(struct cx *cx, struct req *req, struct res *res)
{
    struct attachment attachment;

    TRY(require_person(cx));
    TRY(messages_upload(cx,
                        &(struct upload){ .file = req->body_file,
                                          .content_length = req->content_length,
                                          .content_type = req->content_type,
                                          .filename = req_query(req, "filename"),
                                          .max_bytes = MESSAGES_UPLOAD_MAX },
                        &attachment));
    return res_json(res, 201, attachment_write_json, &attachment);
}

static struct err
get_file(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    int64_t id;
    bool found;

    TRY(req_path_id(req, "id", &id));
    TRY(auth_member_enter(cx, req, res, req_query(req, "account"), "chat.use"));
    TRY(db_opt(cx, &SQL_chat_file_serve, &found, &row, P_ID(cx->account), P_I64(id)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    return messages_serve(cx, res,
                          &(struct served_file){ .state = db_str(&row, 0),
                                                 .mime = db_str(&row, 1),
                                                 .filename = db_str(&row, 2),
                                                 .path = db_str(&row, 3) });
}

/* Export ------------------------------------------------------------------------------ */

struct export_body {
    int64_t member_a, member_b, after;
    struct str from, until, format, reason;
};

static const struct json_field export_fields[] = {
    { "member_a", JSON_ID, true, offsetof(struct export_body, member_a), 0 },
    { "member_b", JSON_ID, true, offsetof(struct export_body, member_b), 0 },
    { "from", JSON_STR, true, offsetof(struct export_body, from), 40 },
    { "until", JSON_STR, true, offsetof(struct export_body, until), 40 },
    { "format", JSON_STR, true, offsetof(struct export_body, format), 10 },
    { "reason", JSON_STR, true, offsetof(struct export_body, reason), 300 },
    { "after", JSON_ID, false, offsetof(struct export_body, after), 0 },
    { 0 },
};

enum { REASON_MIN = 10 };

static struct err
read_export(const struct req *req, struct chat_export *out)
{
    struct export_body body = { 0 };

    TRY(req_body(req, export_fields, &body));
    out->a.v = body.member_a;
    out->b.v = body.member_b;
    out->after = body.after;
    out->is_json = str_eq(body.format, STR("jsonl"));
    if (!out->is_json && !str_eq(body.format, STR("text")))
        return FAIL_FIELD(ERR_INVALID, "format_unknown", "format");
    if (!clock_parse(body.from, &out->from_us))
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "from");
    if (!clock_parse(body.until, &out->until_us) || out->until_us <= out->from_us)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "until");
    if (body.after > INT32_MAX)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "after");
    out->reason = str_trim(body.reason);
    return str_code_points(out->reason) < REASON_MIN
               ? FAIL_FIELD(ERR_INVALID, "too_short", "reason")
               : OK;
}

static struct err
post_export(struct cx *cx, struct req *req, struct res *res)
{
    struct buf file = { .arena = cx->arena };
    struct chat_export wish = { 0 };
    int64_t next;

    TRY(read_export(req, &wish));
    TRY(chat_write_export(cx, &wish, &file, &next));
    if (next != 0)
        res_header(res, "Balcao-Next", str_fmt(cx->arena, "%lld", (long long)next));
    res_header(res, "Content-Disposition",
               wish.is_json ? STR("attachment; filename=\"chat.jsonl\"")
                            : STR("attachment; filename=\"chat.txt\""));
    return res_text(res, 200, wish.is_json ? "application/x-ndjson" : "text/plain; charset=utf-8",
                    buf_str(&file));
}

const struct route chat_routes[] = {
    { GET, "/api/v1/chats", "chat.use", TX_READ, get_chats, ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/chats", "chat.use", TX_WRITE, post_chat, ACCESS_MEMBER, BODY_JSON,
      "chat.opened" },
    { GET, "/api/v1/chats/people", "chat.use", TX_READ, get_people, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/chats/unread", "chat.use", TX_READ, get_unread, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/chats/uploads", "chat.use", TX_WRITE, put_upload, ACCESS_MEMBER, BODY_FILE,
      NULL },
    { POST, "/api/v1/chats/export", "chat.export", TX_WRITE, post_export, ACCESS_MEMBER, BODY_JSON,
      "chat.exported" },
    { GET, "/api/v1/chats/:id", "chat.use", TX_READ, get_chat, ACCESS_MEMBER, BODY_NONE, NULL },
    { GET, "/api/v1/chats/:id/messages", "chat.use", TX_READ, get_messages, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/chats/:id/messages", "chat.use", TX_WRITE, post_message, ACCESS_MEMBER,
      BODY_JSON, "chat.said" },
    { POST, "/api/v1/chats/:id/read", "chat.use", TX_WRITE, post_read, ACCESS_MEMBER, BODY_JSON,
      NULL },
    { POST, "/api/v1/chats/:id/typing", "chat.use", TX_WRITE, post_typing, ACCESS_MEMBER, BODY_JSON,
      NULL },
    { GET, "/api/v1/chats/:id/readers", "chat.use", TX_READ, get_readers, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/media/chats/:id", NULL, TX_READ, get_file, ACCESS_PUBLIC },
    { 0 },
};
