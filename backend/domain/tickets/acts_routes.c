#include "tickets_private.h"

#include "base/clock.h"
#include "domain/auth/auth.h"

#include "tickets_acts.sql.h"

void
tickets_write_live(struct res *res, const struct ticket *live)
{
    struct json_out o;

    if (live->id.v == 0)
        return;
    o = res_more(res);
    json_kv_i64(&o, "ticket_id", live->id.v);
    json_kv_str(&o, "protocol", live->protocol);
}

static struct err
post_reopen(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket ticket, live = { 0 };
    struct ticket_id id;
    struct err e;

    TRY(req_path_id(req, "id", &id.v));
    e = tickets_reopen(cx, id, &live, &ticket);
    if (e.code != ERR_NONE)
        tickets_write_live(res, &live);
    TRY(e);
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
post_hand_back(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_hand_back(cx, id, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

struct snooze_body {
    struct str until;
};

static struct err
post_snooze(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "until", JSON_STR, true, offsetof(struct snooze_body, until), 40 },
        { 0 },
    };
    struct snooze_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;
    int64_t until_us;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    if (!clock_parse(body.until, &until_us))
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "until");
    TRY(tickets_snooze(cx, id, until_us > 0 ? until_us : 1, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
delete_snooze(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_snooze(cx, id, 0, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
get_openings(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_openings openings;
    struct ticket_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_openings(cx, id, &openings));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_time(&o, "next_at", openings.next_us);
    json_kv_time(&o, "later_day_at", openings.later_day_us);
    json_close(&o, '}');
    return res_json_end(res);
}

struct classify_body {
    const struct json *type_id, *reason_id;
};

/* Absent: stays (-1). null: none (0). */
static struct err
read_choice(const struct json *v, const char *field, int64_t *out)
{
    *out = v == NULL ? -1 : 0;
    if (json_kind(v) == JSON_ABSENT || json_kind(v) == JSON_NULL)
        return OK;
    if (json_kind(v) != JSON_NUMBER || !json_i64(v, out) || *out <= 0)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", field);
    return OK;
}

static struct err
post_classify(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "type_id", JSON_ANY, false, offsetof(struct classify_body, type_id), 0 },
        { "reason_id", JSON_ANY, false, offsetof(struct classify_body, reason_id), 0 },
        { 0 },
    };
    struct classify_body body = { 0 };
    int64_t type_id, reason_id;
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    TRY(read_choice(body.type_id, "type_id", &type_id));
    TRY(read_choice(body.reason_id, "reason_id", &reason_id));
    TRY(tickets_classify(cx, id, type_id, reason_id, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

struct assign_body {
    struct member_id member;
};

static struct err
post_assign(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "member_id", JSON_ID, true, offsetof(struct assign_body, member), 0 },
        { 0 },
    };
    struct assign_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    TRY(tickets_assign(cx, id, body.member, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

struct prioritize_body {
    struct str priority;
};

static struct err
post_prioritize(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "priority", JSON_STR, true, offsetof(struct prioritize_body, priority), 0 },
        { 0 },
    };
    struct prioritize_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;
    int priority = 0;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    while (ticket_priority_names[priority] != NULL &&
           !str_eq(body.priority, str_of(ticket_priority_names[priority])))
        priority++;
    if (ticket_priority_names[priority] == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "priority");
    TRY(tickets_prioritize(cx, id, (enum ticket_priority)priority, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
post_unread(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_unread(cx, id, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
post_peek(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_peek(cx, id, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

struct transcript_body {
    bool has_whispers;
};

static struct err
post_transcript(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "whispers", JSON_FLAG, true, offsetof(struct transcript_body, has_whispers), 0 },
        { 0 },
    };
    struct transcript_body body = { 0 };
    struct ticket_id id;
    struct ticket ticket;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    TRY(tickets_transcript(cx, id, body.has_whispers, &ticket));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "ticket");
    ticket_write_json(&o, &ticket);
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return res_json_end(res);
}

/* A favourite is somebody's, and a service nobody. */
static struct err
read_favourite(struct cx *cx, struct req *req, struct ticket_id *id)
{
    struct ticket ticket;

    if (cx->member.v == 0)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    TRY(req_path_id(req, "id", &id->v));
    return tickets_get(cx, *id, &ticket);
}

static struct err
put_favourite(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;

    TRY(read_favourite(cx, req, &id));
    db_queue(cx, &SQL_favourite_add, P_ID(cx->account), P_ID(cx->member), P_ID(id),
             P_TIME(cx->now_us));
    return res_empty(res, 204);
}

static struct err
delete_favourite(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id id;

    TRY(read_favourite(cx, req, &id));
    db_queue(cx, &SQL_favourite_remove, P_ID(cx->account), P_ID(cx->member), P_ID(id));
    return res_empty(res, 204);
}

static struct err
get_favourites(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_favourite_list, &rows, P_ID(cx->account), P_ID(cx->member)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_put_i64(&o, db_i64(&row, 0));
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route ticket_acts_routes[] = {
    { POST, "/api/v1/tickets/:id/reopen", "tickets.reopen", TX_WRITE, post_reopen, ACCESS_MEMBER,
      BODY_JSON, "ticket.reopened" },
    { POST, "/api/v1/tickets/:id/hand-back", "tickets.take_over", TX_WRITE, post_hand_back,
      ACCESS_MEMBER, BODY_JSON, "ticket.handed_back" },
    { POST, "/api/v1/tickets/:id/assign", "tickets.assign", TX_WRITE, post_assign, ACCESS_MEMBER,
      BODY_JSON, "ticket.assigned" },
    { POST, "/api/v1/tickets/:id/prioritize", "tickets.prioritize", TX_WRITE, post_prioritize,
      ACCESS_MEMBER, BODY_JSON, "ticket.prioritized" },
    { POST, "/api/v1/tickets/:id/snooze", "tickets.snooze", TX_WRITE, post_snooze, ACCESS_MEMBER,
      BODY_JSON, "ticket.snoozed" },
    { GET, "/api/v1/tickets/:id/openings", "tickets.snooze", TX_READ, get_openings, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { DELETE, "/api/v1/tickets/:id/snooze", "tickets.snooze", TX_WRITE, delete_snooze,
      ACCESS_MEMBER, BODY_NONE, "ticket.woken" },
    { POST, "/api/v1/tickets/:id/classify", "tickets.classify", TX_WRITE, post_classify,
      ACCESS_MEMBER, BODY_JSON, "ticket.classified" },
    { POST, "/api/v1/tickets/:id/unread", "tickets.view", TX_WRITE, post_unread, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { POST, "/api/v1/tickets/:id/peek", "tickets.peek", TX_WRITE, post_peek, ACCESS_MEMBER,
      BODY_JSON, "ticket.peeked" },
    { POST, "/api/v1/tickets/:id/transcript", "tickets.transcript", TX_WRITE, post_transcript,
      ACCESS_MEMBER, BODY_JSON, "ticket.exported" },
    { PUT, "/api/v1/tickets/:id/favourite", "tickets.view", TX_WRITE, put_favourite, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { DELETE, "/api/v1/tickets/:id/favourite", "tickets.view", TX_WRITE, delete_favourite,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { GET, "/api/v1/favourites", "tickets.view", TX_READ, get_favourites, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
