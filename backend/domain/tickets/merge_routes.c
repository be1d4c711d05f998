#include "tickets_private.h"

#include "domain/auth/auth.h"

struct merge_body {
    struct ticket_id into;
};

static struct err
write_pair(struct res *res, const struct ticket_pair *pair)
{
    struct json_out o = res_json_begin(res, 200);

    json_open(&o, '{');
    json_key(&o, "source");
    ticket_write_json(&o, &pair->source);
    json_key(&o, "target");
    ticket_write_json(&o, &pair->target);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_merge(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "into_id", JSON_ID, true, offsetof(struct merge_body, into), 0 },
        { 0 },
    };
    struct merge_body body = { 0 };
    struct ticket_pair pair = { 0 };
    struct ticket_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    TRY(tickets_merge(cx, id, body.into, &pair));
    return write_pair(res, &pair);
}

static struct err
post_unmerge(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket live = { 0 };
    struct ticket_pair pair = { 0 };
    struct ticket_id id;
    struct err e;

    TRY(req_path_id(req, "id", &id.v));
    e = tickets_unmerge(cx, id, &live, &pair);
    if (e.code != ERR_NONE)
        tickets_write_live(res, &live);
    TRY(e);
    return write_pair(res, &pair);
}

static struct err
get_chapters(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket ticket;
    struct ticket_id id;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_chapters(cx, id, &rows));
    if (rows.count == 0)
        TRY(tickets_get(cx, id, &ticket)); /* nothing there, or no such ticket? */
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        ticket = tickets_at(&rows, i);
        ticket_write_json(&o, &ticket);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route ticket_merge_routes[] = {
    { POST, "/api/v1/tickets/:id/merge", "tickets.merge", TX_WRITE, post_merge, ACCESS_MEMBER,
      BODY_JSON, "ticket.merged" },
    { POST, "/api/v1/tickets/:id/unmerge", "tickets.merge", TX_WRITE, post_unmerge, ACCESS_MEMBER,
      BODY_JSON, "ticket.unmerged" },
    { GET, "/api/v1/tickets/:id/chapters", "tickets.view", TX_READ, get_chapters, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
