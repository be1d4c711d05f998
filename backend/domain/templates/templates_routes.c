#include "templates_private.h"

#include "domain/audit/audit.h"

enum { PAGE = 100, PAGE_MAX = 500, WORDS_MAX = 100, STATUS_MAX = 40 };

void
template_write_json(struct json_out *o, const void *value)
{
    const struct template *t = value;
    struct str channels = t->channels, ref, kind;

    json_open(o, '{');
    json_kv_i64(o, "id", t->id.v);
    json_kv_str(o, "name", t->name);
    json_kv_str(o, "language", t->language);
    json_kv_str(o, "category", t->category);
    json_kv_str(o, "status", t->status);
    json_kv_str(o, "quality", t->quality);
    json_key(o, "channel_ids");
    json_open(o, '[');
    while (str_cut(&channels, ' ', &ref)) {
        int64_t id;

        if (str_cut(&ref, ':', &kind) && str_i64(ref, &id))
            json_put_i64(o, id);
    }
    json_close(o, ']');
    json_key(o, "shape");
    json_put_raw(o, t->shape_text);
    json_kv_str(o, "unfit", str_of(t->unfit));
    json_kv_i64(o, "flow_count", t->flow_count);
    json_kv_time(o, "changed_at", t->changed_at_us);
    json_kv_time(o, "gone_at", t->gone_at_us);
    json_close(o, '}');
}

static void
write_book(struct json_out *o, const void *value)
{
    const struct template_book *book = value;

    json_open(o, '{');
    json_kv_str(o, "waba_id", book->waba_id);
    json_kv_time(o, "wanted_at", book->wanted_at_us);
    json_kv_time(o, "read_at", book->read_at_us);
    json_kv_time(o, "failed_at", book->failed_at_us);
    json_kv_str(o, "why", book->why);
    json_close(o, '}');
}

static struct err
read_filter(const struct req *req, struct template_filter *out, int64_t *limit)
{
    *out = (struct template_filter){ .status = req_query(req, "status"),
                                     .words = str_trim(req_query(req, "q")) };
    *limit = PAGE;
    TRY(req_query_i64(req, "channel_id", 1, INT64_MAX, &out->channel.v));
    TRY(req_query_i64(req, "after", 1, INT64_MAX, &out->after));
    TRY(req_query_i64(req, "limit", 1, PAGE_MAX, limit));
    if (str_code_points(out->words) > WORDS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    if (out->status.len > STATUS_MAX)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "status");
    if (out->status.len == 0)
        out->status.p = NULL;
    if (out->words.len == 0)
        out->words.p = NULL;
    return OK;
}

static struct err
get_templates(struct cx *cx, struct req *req, struct res *res)
{
    struct template_filter filter;
    struct template_book *books;
    struct template_list list;
    struct json_out o;
    int64_t limit;
    size_t n;

    TRY(read_filter(req, &filter, &limit));
    TRY(templates_list(cx, &filter, limit, &list));
    TRY(templates_books(cx, filter.channel, &books, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < list.n; i++)
        template_write_json(&o, &list.v[i]);
    json_close(&o, ']');
    json_key(&o, "next");
    json_put_id(&o, list.has_more ? list.v[list.n - 1].id.v : 0);
    json_key(&o, "books");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++)
        write_book(&o, &books[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_template(struct cx *cx, struct req *req, struct res *res)
{
    struct template template;
    struct template_id id;
    struct db_rows users;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(templates_get(cx, id, &template));
    TRY(templates_users(cx, id, &users));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "template");
    template_write_json(&o, &template);
    json_key(&o, "flows");
    json_open(&o, '[');
    for (int i = 0; i < users.count; i++) {
        struct db_row row = db_row_at(&users, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_str(&o, "key", db_str(&row, 1));
        json_kv_str(&o, "name", db_str(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* The network is asked by a job: whoever waits looks at the book. */
static struct err
post_refresh(struct cx *cx, struct req *req, struct res *res)
{
    struct template_book book;
    struct channel_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(templates_want(cx, id, &book));
    audit_add(cx, "template.refreshed", "channel", id.v, STR(""));
    return res_json(res, 202, write_book, &book);
}

const struct route templates_routes[] = {
    { GET, "/api/v1/templates", "templates.view", TX_READ, get_templates, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/templates/:id", "templates.view", TX_READ, get_template, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/channels/:id/templates", "templates.manage", TX_WRITE, post_refresh,
      ACCESS_MEMBER, BODY_JSON, "template.refreshed" },
    { 0 },
};
