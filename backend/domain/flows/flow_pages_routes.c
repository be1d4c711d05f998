#include "flow_pages.h"

static void
write_person(struct json_out *o, const struct flow_pages *pages, size_t i, int64_t since_us)
{
    json_kv_i64(o, "member_id", pages->v[i].member.v);
    json_kv_time(o, "since", since_us);
    json_kv_bool(o, "is_here", i == pages->here);
}

static int64_t
first_to_ask(const struct flow_pages *pages)
{
    const struct flow_page *first = NULL;

    for (size_t i = 0; i < pages->n; i++)
        if (pages->v[i].asked_at_us != 0 &&
            (first == NULL || pages->v[i].asked_at_us < first->asked_at_us))
            first = &pages->v[i];
    return first == NULL ? 0 : first->member.v;
}

static void
pages_write_json(struct json_out *o, const void *value)
{
    const struct flow_pages *pages = value;
    size_t holder = 0;

    json_open(o, '{');
    json_key(o, "pages");
    json_open(o, '[');
    for (size_t i = 0; i < pages->n; i++) {
        json_open(o, '{');
        write_person(o, pages, i, pages->v[i].opened_at_us);
        json_close(o, '}');
    }
    json_close(o, ']');
    json_key(o, "pencil");
    while (holder < pages->n && pages->v[holder].pencil_at_us == 0)
        holder++;
    if (holder == pages->n) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        write_person(o, pages, holder, pages->v[holder].pencil_at_us);
        json_kv_id(o, "asked_by", first_to_ask(pages));
        json_close(o, '}');
    }
    json_close(o, '}');
}

struct place {
    struct flow_id flow;
    int64_t page;
};

static struct err
read_place(const struct req *req, struct place *out)
{
    TRY(req_path_id(req, "id", &out->flow.v));
    return req_path_id(req, "page", &out->page);
}

static struct err
put_page(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_pages pages;
    struct place at;

    TRY(read_place(req, &at));
    TRY(flow_pages_read(cx, at.flow, at.page, &pages));
    return res_json(res, 200, pages_write_json, &pages);
}

static struct err
delete_page(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_pages pages;
    struct place at;

    TRY(read_place(req, &at));
    TRY(flow_pages_close(cx, at.flow, at.page, &pages));
    return res_empty(res, 204);
}

struct pencil_body {
    bool asks;
};

static const struct json_field pencil_fields[] = {
    { "asks", JSON_FLAG, true, offsetof(struct pencil_body, asks), 0 },
    { 0 },
};

static struct err
put_pencil(struct cx *cx, struct req *req, struct res *res)
{
    struct pencil_body body = { 0 };
    struct flow_pages pages;
    struct place at;

    TRY(read_place(req, &at));
    TRY(req_body(req, pencil_fields, &body));
    TRY(flow_pages_write(cx, at.flow, at.page, body.asks, &pages));
    return res_json(res, 200, pages_write_json, &pages);
}

const struct route flow_pages_routes[] = {
    { PUT, "/api/v1/flows/:id/pages/:page", "flows.view", TX_WRITE, put_page, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { DELETE, "/api/v1/flows/:id/pages/:page", "flows.view", TX_WRITE, delete_page, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { PUT, "/api/v1/flows/:id/pages/:page/pencil", "flows.edit", TX_WRITE, put_pencil,
      ACCESS_MEMBER, BODY_JSON, NULL },
    { 0 },
};
