#include "tickets_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/events/events.h"

#include "tickets.sql.h"

enum { LIMIT_DEFAULT = 40, LIMIT_MAX = 100, TEXT_MAX = 2000 };

/* The end of the year 9999: further than any clock of ours, and within PostgreSQL's. */
#define CURSOR_MAX_US INT64_C(253402300799000000)

/* "<µs>.<id>" of the last row. */
static struct err
read_cursor(const struct req *req, struct ticket_place *out)
{
    struct str text = req_query(req, "after"), us;

    *out = (struct ticket_place){ 0 };
    if (text.len == 0)
        return OK;
    if (!str_cut(&text, '.', &us) || !str_i64(us, &out->us) || !str_i64(text, &out->id) ||
        out->us <= 0 || out->us > CURSOR_MAX_US || out->id <= 0)
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return OK;
}

/* `limit` rows are shown; one more was asked for and only tells that there are more. */
static struct err
write_page(struct cx *cx, struct res *res, const struct db_rows *rows, int64_t limit, bool by_due)
{
    int n = rows->count > limit ? (int)limit : rows->count;
    struct ticket ticket = { 0 };
    struct json_out o = res_json_begin(res, 200);

    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        ticket = tickets_at(rows, i);
        ticket_write_json(&o, &ticket);
    }
    json_close(&o, ']');
    json_key(&o, "next");
    if (rows->count > n)
        json_put_str(
            &o, str_fmt(cx->arena, "%lld.%lld",
                        (long long)(by_due ? ticket.sla_due_at_us : ticket.last_activity_at_us),
                        (long long)ticket.id.v));
    else
        json_put_null(&o);
    json_close(&o, '}');
    return OK;
}

static struct err
search(struct cx *cx, struct res *res, struct str q, const struct ticket_place *after,
       int64_t limit)
{
    struct db_rows rows;

    if (str_code_points(q) > 100)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    TRY(db_many(cx, &SQL_ticket_search, &rows, P_ID(cx->account), P_STR(q), P_TIME(after->us),
                db_p_id(after->id), P_I64(limit + 1)));
    return write_page(cx, res, &rows, limit, false);
}

static struct err
get_tickets(struct cx *cx, struct req *req, struct res *res)
{
    struct str q = str_trim(req_query(req, "q"));
    int64_t limit = LIMIT_DEFAULT;
    struct ticket_place after;
    struct ticket_filter f;
    struct db_rows rows;

    TRY(read_cursor(req, &after));
    TRY(req_query_i64(req, "limit", 1, LIMIT_MAX, &limit));
    TRY(tickets_filter_read(cx, req, &f));
    if (q.len > 0)
        return search(cx, res, q, &after, limit);

    TRY(tickets_list(cx, &f, &after, limit + 1, &rows));
    return write_page(cx, res, &rows, limit, f.promised);
}

static struct err
get_counts(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    struct json_out o;

    (void)req;
    TRY(db_one_(cx, cx->access->sees_account ? &SQL_ticket_counts : &SQL_ticket_counts_mine, &row,
                (const struct db_param[]){ P_ID(cx->account), P_ID(cx->member) }, 2));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "mine", db_i64(&row, 0));
    json_kv_i64(&o, "mine_unread", db_i64(&row, 1));
    json_kv_i64(&o, "serving", db_i64(&row, 2));
    json_kv_i64(&o, "waiting", db_i64(&row, 3));
    json_kv_i64(&o, "bot", db_i64(&row, 4));
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return OK;
}

static struct err
get_ticket(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_get(cx, id, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
post_take(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_take(cx, id, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

struct transfer_body {
    int64_t department_id, assignee_id;
    struct str note, message;
};

static const struct json_field transfer_fields[] = {
    { "department_id", JSON_ID, false, offsetof(struct transfer_body, department_id), 0 },
    { "assignee_id", JSON_ID, false, offsetof(struct transfer_body, assignee_id), 0 },
    { "note", JSON_STR, false, offsetof(struct transfer_body, note), TEXT_MAX },
    { "message", JSON_STR, false, offsetof(struct transfer_body, message), TEXT_MAX },
    { 0 },
};

static struct err
post_transfer(struct cx *cx, struct req *req, struct res *res)
{
    struct transfer_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, transfer_fields, &body));
    TRY(tickets_transfer(cx, id,
                         &(struct ticket_transfer){ .department = { body.department_id },
                                                    .assignee = { body.assignee_id },
                                                    .note = str_trim(body.note),
                                                    .message = str_trim(body.message) },
                         &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
get_goodbye(struct cx *cx, struct req *req, struct res *res)
{
    struct close_reason_id reason = { 0 };
    struct closing_words closing;
    struct ticket_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_query_i64(req, "reason_id", 1, INT64_MAX, &reason.v));
    TRY(tickets_goodbye(cx, id, reason, &closing));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "message", closing.text);
    json_kv_bool(&o, "is_forced", closing.is_forced);
    json_close(&o, '}');
    return res_json_end(res);
}

struct close_body {
    struct close_reason_id reason;
    struct str message;
};

static const struct json_field close_fields[] = {
    { "reason_id", JSON_ID, false, offsetof(struct close_body, reason), 0 },
    { "message", JSON_STR, false, offsetof(struct close_body, message), TEXT_MAX },
    { 0 },
};

static struct err
post_close(struct cx *cx, struct req *req, struct res *res)
{
    struct close_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, close_fields, &body));
    TRY(tickets_close(cx, id, body.reason, body.message, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

struct read_body {
    int64_t seq;
};

static const struct json_field read_fields[] = {
    { "seq", JSON_I64, true, offsetof(struct read_body, seq), 0 },
    { 0 },
};

static struct err
post_read(struct cx *cx, struct req *req, struct res *res)
{
    struct read_body body = { 0 };
    struct ticket_id id;
    bool was_unread;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, read_fields, &body));
    if (body.seq < 0 || body.seq > INT32_MAX)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "seq");
    TRY(tickets_read(cx, id, body.seq, &was_unread));
    if (was_unread)
        jobs_add(cx, "message.mark_read", jobs_lane("read", id.v, 0), id.v, STR(""), 0);
    return res_empty(res, 204);
}

/* Nothing there, or no such ticket? */
static struct err
require_read(struct cx *cx, struct ticket_id id, struct ticket_id chapter)
{
    struct ticket ticket;
    struct db_rows rows;

    TRY(tickets_get(cx, id, &ticket));
    if (chapter.v == 0)
        return OK;
    TRY(tickets_chapters(cx, id, &rows));
    for (int i = 0; i < rows.count; i++)
        if (tickets_at(&rows, i).id.v == chapter.v)
            return OK;
    return FAIL(ERR_NOT_FOUND, "not_found");
}

static struct err
get_messages(struct cx *cx, struct req *req, struct res *res)
{
    int64_t before = 0, after = -1, limit = LIMIT_DEFAULT;
    struct ticket_id id, chapter = { 0 };
    struct message_page page;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_query_i64(req, "before", 1, INT32_MAX, &before));
    TRY(req_query_i64(req, "after", 0, INT32_MAX, &after));
    TRY(req_query_i64(req, "limit", 1, LIMIT_MAX, &limit));
    TRY(req_query_i64(req, "chapter", 1, INT64_MAX, &chapter.v));
    if (chapter.v == 0)
        TRY(tickets_messages(cx, id, before, after, limit, &page));
    else
        TRY(tickets_chapter_messages(cx, id, chapter, before, after, limit, &page));
    if (page.n == 0)
        TRY(require_read(cx, id, chapter));

    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < page.n; i++)
        message_write_json(&o, &page.v[i]);
    json_close(&o, ']');
    json_kv_bool(&o, "has_older", page.has_older);
    json_kv_bool(&o, "has_newer", page.has_newer);
    json_close(&o, '}');
    return OK;
}

static struct err
get_contact_tickets(struct cx *cx, struct req *req, struct res *res)
{
    int64_t limit = LIMIT_DEFAULT;
    struct contact_id id;
    struct ticket_place after;
    struct db_rows rows;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_cursor(req, &after));
    TRY(req_query_i64(req, "limit", 1, LIMIT_MAX, &limit));
    TRY(db_many(cx, &SQL_ticket_list_contact, &rows, P_ID(cx->account), P_ID(id), db_p_id(after.id),
                P_I64(limit + 1)));
    if (rows.count == 0)
        TRY(contacts_require(cx, id)); /* nothing there, or nobody? */
    return write_page(cx, res, &rows, limit, false);
}

static struct err
get_readers(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_readers(cx, id, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "member_id", db_i64(&row, 0));
        json_kv_i64(&o, "invited_by", db_i64(&row, 1));
        json_kv_time(&o, "invited_at", db_time(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct reader_body {
    int64_t member_id;
};

static struct err
read_reader(struct req *req, struct ticket_id *id, struct member_id *reader)
{
    static const struct json_field fields[] = {
        { "member_id", JSON_ID, true, offsetof(struct reader_body, member_id), 0 },
        { 0 },
    };
    struct reader_body body = { 0 };

    TRY(req_path_id(req, "id", &id->v));
    TRY(req_body(req, fields, &body));
    reader->v = body.member_id;
    return OK;
}

static struct err
post_reader(struct cx *cx, struct req *req, struct res *res)
{
    struct member_id reader;
    struct ticket_id id;

    TRY(read_reader(req, &id, &reader));
    TRY(tickets_invite(cx, id, reader));
    return res_empty(res, 204);
}

static struct err
delete_reader(struct cx *cx, struct req *req, struct res *res)
{
    struct member_id reader;
    struct ticket_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "member", &reader.v));
    TRY(tickets_uninvite(cx, id, reader));
    return res_empty(res, 204);
}

const struct route tickets_routes[] = {
    { GET, "/api/v1/tickets", "tickets.view", TX_READ, get_tickets, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/tickets/counts", "tickets.view", TX_READ, get_counts, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/tickets/:id", "tickets.view", TX_READ, get_ticket, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/tickets/:id/take", "tickets.pick", TX_WRITE, post_take, ACCESS_MEMBER,
      BODY_JSON, "ticket.taken" },
    { POST, "/api/v1/tickets/:id/transfer", "tickets.transfer", TX_WRITE, post_transfer,
      ACCESS_MEMBER, BODY_JSON, "ticket.transferred" },
    { GET, "/api/v1/tickets/:id/closing", "tickets.close", TX_READ, get_goodbye, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/tickets/:id/close", "tickets.close", TX_WRITE, post_close, ACCESS_MEMBER,
      BODY_JSON, "ticket.closed" },
    { POST, "/api/v1/tickets/:id/read", "tickets.view", TX_WRITE, post_read, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { GET, "/api/v1/tickets/:id/messages", "tickets.view", TX_READ, get_messages, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { GET, "/api/v1/tickets/:id/readers", "tickets.view", TX_READ, get_readers, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/tickets/:id/readers", "tickets.invite", TX_WRITE, post_reader, ACCESS_MEMBER,
      BODY_JSON, "ticket.invited" },
    { DELETE, "/api/v1/tickets/:id/readers/:member", "tickets.invite", TX_WRITE, delete_reader,
      ACCESS_MEMBER, BODY_NONE, "ticket.uninvited" },
    { GET, "/api/v1/contacts/:id/tickets", "tickets.view", TX_READ, get_contact_tickets,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
