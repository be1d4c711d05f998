#include "recall.h"

static void
write_recall(struct json_out *o, const void *value)
{
    const struct recall *r = value;

    json_open(o, '{');
    json_kv_id(o, "flow_id", r->flow_id);
    json_key(o, "test");
    json_put_raw(o, r->test);
    json_key(o, "difference");
    if (r->place == 0) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        json_kv_i64(o, "place", r->place);
        json_kv_str(o, "then", r->then.len > 0 ? r->then : (struct str){ 0 });
        json_kv_str(o, "again", r->again.len > 0 ? r->again : (struct str){ 0 });
        json_close(o, '}');
    }
    json_close(o, '}');
}

/* Looking at it makes nothing: a test is made by keeping it with the draft. */
static struct err
get_test(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket_id ticket;
    struct recall found;
    int64_t run;

    TRY(req_path_id(req, "id", &ticket.v));
    TRY(req_path_id(req, "run", &run));
    TRY(recall(cx, ticket, run, &found));
    return res_json(res, 200, write_recall, &found);
}

const struct route recall_routes[] = {
    { GET, "/api/v1/tickets/:id/runs/:run/test", "flows.edit", TX_READ, get_test, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
